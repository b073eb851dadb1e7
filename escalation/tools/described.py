"""What does a tool say of its own record? By it a change is seen before a technician trips (the contract)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from escalation.translation.asking import ExtraField
from escalation.translation.draft import Question
from escalation.transport.door import Door


@dataclass(frozen=True, kw_only=True, slots=True)
class RemoteField:
    """One field of the record as the tool's own description has it now."""

    name: str
    label: str
    required: bool = False
    choices: Mapping[str, str] | None = None  # value -> label; None where anything may be written
    ask: ExtraField | Question | None = None  # of a required one: how a person is asked for it


class Schema(Protocol):
    """A tool that can say which fields its record has, so that drift is seen before a technician trips."""

    def fields(self, door: Door, *, defaults: Mapping[str, str]) -> tuple[RemoteField, ...]:
        """This will read the fields of the record that ``translate`` makes under the rules' defaults.

        Raises ``TransportError``.
        """

    def filled(self) -> Mapping[str, bool]:
        """This will name the fields ``translate`` may fill, and whether it always does."""

    def sent(self) -> Mapping[str, frozenset[str]]:
        """This will name the values ``translate`` sends by itself, by field, where a tool has choices."""
