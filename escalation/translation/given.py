"""What does a translation work from, besides the state?

Everything a tool's ``translate`` may look at is handed in here, so that the same input always gives
the same bytes: the links that were found, the answers a person gave, the rules of the route.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from escalation.linking.entries import CatalogEntry, EntryKind, Link
from escalation.translation.rules import Rules


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """The context of one translation."""

    rules: Rules
    now: datetime
    links: Mapping[EntryKind, tuple[Link, ...]] = field(default_factory=dict)  # best first
    entries: Mapping[str, CatalogEntry] = field(
        default_factory=dict
    )  # by id: linked entries and their relations
    answers: Mapping[str, str] = field(
        default_factory=dict
    )  # field name -> value a person chose ("" = leave empty)
    key: str = ""  # the delivery's idempotency key, so that the record can be found again
    people: Mapping[str, str] = field(default_factory=dict)  # e-mail -> the tool's id of that user
    sender: str = ""  # the sending team's name
    receiver: str = ""  # the receiving team's name
