"""Which of the company's own programs do not take what they are told? In words, for the page that says what
is late.

Nothing that a message says is told here, and nothing that a program answered but its status.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q, QuerySet

from escalation.models import Message, Subscriber
from escalation.upkeep.late import PATIENCE, Late

SAID_FOR = timedelta(days=7)  # what ended by itself, or was given up, is said for so long
WHO = "an owner of {}, on the page of the outgoing webhooks"


def untaken(*, subscribers: "QuerySet[Subscriber]", now: datetime) -> tuple[Late, ...]:
    """This will name the programs that wait for what they should have, lost some of it, or ended it."""
    waits = Q(messages__status=Message.Status.OWED, messages__made_at__lt=now - PATIENCE)
    lost = Q(messages__status=Message.Status.GIVEN_UP, messages__made_at__gt=now - SAID_FOR)
    rows = subscribers.filter(Q(stopped_at=None) | Q(stopped_at__gt=now - SAID_FOR)).annotate(
        waiting=Count("messages", filter=waits),
        waiting_since=Min("messages__made_at", filter=waits),
        lost=Count("messages", filter=lost),
        lost_since=Min("messages__made_at", filter=lost),
    )
    return tuple(each for row in rows.select_related("team").order_by("name", "pk") for each in _said(row))


def _said(row: Subscriber) -> Iterator[Late]:
    who, name = WHO.format(row.team), f"“{row.name}”"
    waiting, lost = int(getattr(row, "waiting", 0)), int(getattr(row, "lost", 0))
    if row.stopped_at is not None:
        # Whoever presses “Stop” knows; whoever is turned away by the program does not.
        if row.ended_itself:
            why = f"{row.stopped_because} What it was owed is not sent."
            yield Late(what=f"{name} is told nothing more", why=why, since=row.stopped_at, who=who)
        return
    if waiting:
        what = f"{name} has not taken {_many(waiting)}"
        times = "once" if row.failures == 1 else f"{row.failures} times in a row"
        why = f"It did not answer as it should, {times}; it is tried again, for a day and a half."
        if not row.failures:
            why = "They are kept, and no worker has come to them."
        yield Late(what=what, why=why, since=getattr(row, "waiting_since", None), who=who)
    if lost:
        what = f"{name} was not told of {_many(lost)}"
        why = "It took none of ten tries. Mended, each can be sent again."
        yield Late(what=what, why=why, since=getattr(row, "lost_since", None), who=who)


def _many(count: int) -> str:
    return "1 message" if count == 1 else f"{count} messages"
