"""What does a connection lack, and how is a tool made to call us? What keeps a connection well."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from escalation.transport.door import Door


@dataclass(frozen=True, kw_only=True, slots=True)
class Lack:
    """One thing a connection check found missing, in words an owner can act on."""

    what: str
    fix: str


class Upkeep(Protocol):
    """What an owner needs to keep a connection healthy."""

    def check(self, door: Door) -> tuple[Lack, ...]:
        """This will try what the connection needs and name each lack; () when all is well."""

    def listen(self, door: Door, *, url: str, secret: str) -> str:
        """This will have the tool call ``url`` on changes and return the signing secret in force."""


class Hearing(Protocol):
    """A tool that can say for which events it calls us."""

    def unheard(self, door: Door, *, url: str) -> tuple[Lack, ...]:
        """This will name what the tool does not call ``url`` for, although it calls it; () where all is well.

        What cannot be seen is not named, and neither is an address that was never registered.
        Raises ``TransportError``.
        """


class Rights(Protocol):
    """A tool that can say what our user may do in it."""

    def missing(self, door: Door, *, defaults: Mapping[str, str]) -> tuple[Lack, ...]:
        """This will name each right that is missing where the rules' defaults place a record.

        Raises ``TransportError``.
        """
