"""What can a connection's test not know without writing, and what does trying leave behind?"""

from dataclasses import dataclass
from typing import Protocol

from escalation.transport.door import Door

TITLE = "Connection check by Baton"


@dataclass(frozen=True, kw_only=True, slots=True)
class Tried:
    """What a trial found missing, each with what mends it, and what stands in the tool because of it."""

    lacks: tuple[tuple[str, str], ...] = ()
    left: str = ""  # a sentence; "" where nothing is left
    unsure: bool = False  # no answer came: it may have been written or not


class Writes(Protocol):
    """A tool in which writing can be tried on a record that is taken away again."""

    def untried(self) -> tuple[str, ...]:
        """This will name what reading does not show, each as a question that begins with "whether"."""

    def announced(self) -> str:
        """This will say what a trial writes, to whoever is about to press."""

    def try_writing(self, door: Door, *, key: str) -> Tried:
        """This will write as a delivery does and take it away; raises ``TransportError`` before it wrote."""
