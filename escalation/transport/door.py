"""Through what does a tool's code reach its tenant?

A door is a guarded session with the tenant's address: the only thing a tool's ``calls`` need. The
session holds the credentials; the tool's code never sees them. This module imports no HTTP library,
so that pure code may name a door.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """A tool's answer that was neither an error nor a web page."""

    status: int
    headers: Mapping[str, str]  # names in lower case
    json: Any  # None where the tool answers with nothing


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """What an address that was told something answered, whatever it was."""

    status: int
    headers: Mapping[str, str]  # names in lower case
    body: bytes


class Session(Protocol):
    """What a tool's code may ask of the session behind a door."""

    def ask(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        body: Any = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """This will send one request with a JSON body; raises the errors of ``transport.errors``."""

    def put_file(self, url: str, *, file: "Upload", params: Mapping[str, str] | None = None) -> Answer:
        """This will POST one file; raises the errors of ``transport.errors``."""

    def get_file(self, url: str) -> bytes:
        """This will read bytes of any kind, of at most 10 MB; raises the errors of ``transport.errors``."""

    def tell(self, url: str, *, body: bytes, headers: Mapping[str, str]) -> Said:
        """This will POST these very bytes once; raises the errors of ``transport.errors`` for no answer."""

    def begin(self, *, well: bool) -> None:
        """This will begin another use of a kept session; ``well``: it was just read that nothing fails."""

    def close(self) -> None:
        """This will close what is open to the tenant; a later call opens it again."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Upload:
    """One file on its way out."""

    name: str
    content_type: str
    body: bytes
    part: str = ""  # the name of the form's part; "" sends the bare bytes
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Door:
    """One tenant, reachable."""

    session: Session
    base_url: str  # as "https://acme.service-now.com", without a slash at the end
    settings: Mapping[str, str] = field(default_factory=dict)  # the tool's own, as a project key
    our_user: str = ""  # the integration user's name in the tool
