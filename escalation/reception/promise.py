"""By when does the receiver promise the next word?

Said as people say it, in the receiver's own zone: "16:30", "in 2 hours", "Friday". A day without an hour
means its close of business, because a promise is a latest moment.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from escalation.extraction.times import CLOSING, Span, resolve
from escalation.lifecycle.promise import Promise, PromiseSource, after_word
from escalation.lifecycle.words import OPEN, Status
from escalation.models import Entry, Handoff
from escalation.reception.hold import with_receiver
from escalation.reception.who import Actor, name_of, user_of
from escalation.timeline.record import Line, record

FARTHEST = timedelta(days=90)
LONGEST_WORDS = 80


class NoTime(Exception):
    """The words name no time that can be promised; the text says what can."""


@transaction.atomic
def promise(*, handoff: Handoff, words: str, by: Actor, now: datetime) -> Handoff:
    """This will promise the next update; raises ``NoTime`` or ``NotAllowedNow``.

    The same promise again changes nothing.
    """
    locked = with_receiver(handoff)
    due = due_at(words, zone=locked.route.receiver.zone, now=now)
    standing = (locked.update_due_at, locked.promised_by)
    if standing == (due, PromiseSource.RECEIVER):
        return locked
    locked.update_due_at, locked.promised_by = due, PromiseSource.RECEIVER
    locked.save(update_fields=["update_due_at", "promised_by"])
    line = Line(
        kind=Entry.Kind.PROMISED,
        happened_at=now,
        by=user_of(by),
        who=name_of(by),
        text=" ".join(words.split()),
        details={"due": due.isoformat()},
    )
    record(handoff=locked, line=line, now=now)
    return locked


def due_at(words: str, *, zone: str, now: datetime) -> datetime:
    """This will return the latest moment that the words promise (aware); raises ``NoTime``."""
    said = " ".join(words.split())[:LONGEST_WORDS]
    span = resolve(said, said_at=now, zone=zone) or resolve(f"in {said}", said_at=now, zone=zone)
    if span is None:
        raise NoTime(
            "Say when in a way a clock understands: “16:30”, “in 2 hours”, “tomorrow 10:00”, “Friday”."
        )
    due = _latest(span, zone)
    if due <= now:
        raise NoTime("That time has passed. Say the day too, as in “tomorrow 9:00”.")
    if due - now > FARTHEST:
        raise NoTime(f"A next word is promised within {FARTHEST.days} days.")
    return due


def keep_promise(handoff: Handoff, *, now: datetime) -> None:
    """This will write down, on a locked row, what is promised once the receiver has acted."""
    kept = after_word(
        Promise(due_at=handoff.update_due_at, source=PromiseSource(handoff.promised_by)),
        said=None,
        within=timedelta(minutes=handoff.route.update_within_minutes),
        still_open=Status(handoff.status) in OPEN,
        now=now,
    )
    handoff.update_due_at, handoff.promised_by = kept.due_at, kept.source
    handoff.save(update_fields=["update_due_at", "promised_by"])


def _latest(span: Span, zone: str) -> datetime:
    start, end = span.start.astimezone(ZoneInfo(zone)), span.end.astimezone(ZoneInfo(zone))
    if end - start < timedelta(hours=23):  # a day has 23 hours once a year
        return end
    last = (end - timedelta(minutes=1)).date()
    return datetime.combine(last, CLOSING, tzinfo=ZoneInfo(zone))
