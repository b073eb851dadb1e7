"""When is the next word due, and who says so?

An open handoff always has a promise (FEATURES U23). What the receiver entered stands until it is kept or
broken; a time in an update's own words takes its place; else the team's default runs from the last word.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class PromiseSource(StrEnum):
    """Whose promise it is."""

    TEAM = "team"
    RECEIVER = "receiver"
    UPDATE = "update"


PROMISE_TITLES: dict[PromiseSource, str] = {
    PromiseSource.TEAM: "the team's default",
    PromiseSource.RECEIVER: "promised by the receiver",
    PromiseSource.UPDATE: "from the update's own words",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Promise:
    """The moment (aware) by which the next word is due; None where none is owed."""

    due_at: datetime | None
    source: PromiseSource = PromiseSource.TEAM


def after_word(
    standing: Promise, *, said: datetime | None, within: timedelta, still_open: bool, now: datetime
) -> Promise:
    """This will return what is promised once the receiver has spoken at ``now``.

    ``said`` is a time that the word itself named; one that has passed already promises nothing.
    """
    if not still_open:
        return Promise(due_at=None)
    if said is not None and said > now:
        return Promise(due_at=said, source=PromiseSource.UPDATE)
    due = standing.due_at
    if standing.source is PromiseSource.RECEIVER and due is not None and due > now:
        return standing
    return Promise(due_at=now + within)
