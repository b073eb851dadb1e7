"""How did a tool's records go before Baton came? What is read of them, so that each measure has a before."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from escalation.transport.door import Door


@dataclass(frozen=True, kw_only=True, slots=True)
class Past:
    """One record that was resolved without us."""

    remote_id: str
    number: str
    text: str  # title and description
    opened_at: datetime
    resolved_at: datetime
    reassignments: int
    holders: tuple[str, ...] = ()  # who had it, in turn; () where the tool does not say
    filed: tuple[str, ...] = ()  # ids of catalog entries it was filed under in the end
    category: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class PastPage:
    """Records of the past, with the cursor to go on from; "" at the end."""

    records: tuple[Past, ...]
    cursor: str
    holders_known: bool = True


class History(Protocol):
    """A tool that can say how its records went before we came."""

    def past(self, door: Door, *, cursor: str, since: datetime, now: datetime) -> PastPage:
        """This will return the next page of what was opened since then and is resolved, without ours."""
