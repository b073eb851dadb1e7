"""What must a tool offer so that Baton can be seen inside its tickets?

The tool opens our page in a frame and signs who is looking; a person of the tool is then known here by the
e-mail address that the tool vouches for. Values and a protocol only.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from escalation.transport.door import Door


class BadKey(Exception):
    """What was entered is no public key that the tool could sign with; the text says what is wrong."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Viewer:
    """Somebody of the tool, as the tool itself knows them."""

    name: str
    email: str  # "" where the tool does not vouch for it
    works_there: bool  # an agent or an administrator who may log in, not somebody who asks for help


class Embedded(Protocol):
    """A tool that shows our page beside a ticket."""

    def public_key(self, text: str, /) -> str:
        """This will return the key as it is kept; raises ``BadKey``."""

    def package(self, *, name: str, page: str, contact: str) -> bytes:
        """This will make the app (a zip file) that an administrator installs; ``page`` opens in its frame.

        ``contact`` is the e-mail address to ask about it.
        """

    def viewer_id(self, token: str, *, key: str, site: str, now: datetime) -> str:
        """This will return who the signed request says is looking; raises ``updates.BadSignature``."""

    def viewer(self, door: Door, viewer_id: str) -> Viewer:
        """This will ask the tool about that person; raises the errors of transport."""

    def ticket_address(self, site: str, reference: str) -> str:
        """This will return the address of a ticket's page, or "" where that is no reference of one."""
