"""Through what does a tool's code reach its tenant?

A door is a guarded session with the tenant's address: the only thing a tool's ``calls`` need. The
session holds the credentials; the tool's code never sees them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from escalation.transport.session import GuardedSession


@dataclass(frozen=True, kw_only=True, slots=True)
class Door:
    """One tenant, reachable."""

    session: GuardedSession
    base_url: str  # as "https://acme.service-now.com", without a slash at the end
    settings: Mapping[str, str] = field(default_factory=dict)  # the tool's own, as a project key
    our_user: str = ""  # the integration user's name in the tool
