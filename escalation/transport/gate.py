"""Who says whether a connection may be called right now, and hears how each call went?

The session asks before a call and tells after it. What a gate knows is kept where every worker sees it;
transport only names what it needs of it.
"""

from collections.abc import Mapping
from typing import Protocol

from escalation.transport.errors import TransportError


class Gate(Protocol):
    """What stands between a session and its tool."""

    def begin(self, *, well: bool) -> None:
        """This will begin another use of the session; ``well``: nothing has failed, as was just read."""

    def enter(self) -> None:
        """This will raise ``Paused`` while the tool is left alone."""

    def failed(self, error: TransportError) -> None:
        """This will hear of a call that came to nothing."""

    def answered(self, headers: Mapping[str, str]) -> None:
        """This will hear of a call that the tool answered; ``headers`` has lower-case names."""


class OpenGate:
    """A gate that lets everything pass and remembers nothing."""

    def begin(self, *, well: bool) -> None:
        """This will change nothing."""

    def enter(self) -> None:
        """This will always let the call pass."""

    def failed(self, error: TransportError) -> None:
        """This will forget it."""

    def answered(self, headers: Mapping[str, str]) -> None:
        """This will forget it."""
