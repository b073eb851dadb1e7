"""What is late, why, since when, and who can mend it? In words, for people.

Nothing that a handoff says is told here: whoever may see a connection may read about it, and the page of each
handoff says the rest to those who may see that.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, QuerySet

from escalation.models import Breaker, Connection, Delivery, Drift, Inbox, Route, Tick

PATIENCE = timedelta(minutes=15)  # as the audit's, which then says it on each timeline
# A schedule is late when it missed three turns, and never before a minute: workers restart.
TURNS, AT_LEAST_S = 3, 60.0
RUNS_IT = "whoever runs Baton’s workers and scheduler"
NEVER = "No schedule has ever begun: nothing is sent to a tool or read from one."
PRESSES = "whoever sent them, by “Try again” on the handoff’s page"
# What stands still while a schedule does not begin.
SCHEDULES = {
    "relay": "Sending what is owed to the tools",
    "draft": "Asking the language model",
    "apply_waiting": "Reading what the tools have told us",
    "poll": "Asking the tools for changes",
    "audit": "Looking for what is stuck",
    "mail": "Sending notices",
    "webhooks": "Telling the company’s own programs",
    "measure": "Counting the figures",
    "silence": "Watching the promised updates",
    "sync_catalogs": "Reading the tools’ catalogs",
    "retention": "Letting go of what has been kept long enough",
    "weekly": "Mailing leads their week",
    "discarded": "Deleting old discarded drafts",
    "ratings": "Reading how satisfied users were",
    "past": "Reading what the tools hold from before",
    "drift": "Checking that the tools still have our fields, and Baton its rights",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Late:
    """One thing that does not go as it should."""

    what: str
    why: str
    since: datetime | None  # None: never yet
    who: str  # can mend it


def late(
    *, connections: "QuerySet[Connection]", schedules: Mapping[str, float], now: datetime
) -> tuple[Late, ...]:
    """This will name what is late: the schedules (name to interval in seconds), then tool by tool."""
    rows = list(connections.order_by("name"))
    owners = _owners()
    about = {each.pk: (each.name, owners.get(each.pk, "an owner of the connection")) for each in rows}
    return (
        *_schedules(schedules, now=now),
        *_calls(rows, about),
        *_deliveries(about, now=now),
        *_messages(about, now=now),
        *_drifts(about),
        *_rights(rows, about),
    )


About = Mapping[UUID, tuple[str, str]]  # a connection to its name and who answers for it


def _owners() -> dict[UUID, str]:
    """Who answers for the routes of a connection."""
    names: dict[UUID, set[str]] = {}
    for route in Route.objects.exclude(owner=None).select_related("owner"):
        assert route.owner is not None  # noqa: S101  # filtered above
        for connection in (route.source_id, route.target_id):
            names.setdefault(connection, set()).add(route.owner.get_full_name() or route.owner.get_username())
    return {connection: ", ".join(sorted(each)) for connection, each in names.items()}


def _schedules(schedules: Mapping[str, float], *, now: datetime) -> Iterator[Late]:
    begun = dict(Tick.objects.values_list("name", "begun_at"))
    if schedules and not begun:
        yield Late(what="Everything in the background", why=NEVER, since=None, who=RUNS_IT)
    for name, every in schedules.items():
        # One that has not begun yet while others have is new: its first turn comes.
        at = begun.get(name, now)
        if (now - at).total_seconds() > max(TURNS * every, AT_LEAST_S):
            why = f"It should begin every {_span(every)}, and has not since."
            yield Late(what=SCHEDULES.get(name, name), why=why, since=at, who=RUNS_IT)


def _span(seconds: float) -> str:
    if seconds >= 7200:
        return f"{seconds / 3600:.0f} hours"
    return f"{seconds / 60:.0f} minutes" if seconds >= 120 else f"{seconds:.0f} seconds"


def _calls(rows: list[Connection], about: About) -> Iterator[Late]:
    pauses = {each.pk: each for each in Breaker.objects.pausing()}
    for each in rows:
        name, who = about[each.pk]
        if pause := pauses.get(each.pk):
            yield Late(what=f"Calls to {name} pause", why=pause.words, since=pause.paused_at, who=who)
        elif each.trouble:
            yield Late(what=f"{name} gives trouble", why=each.trouble, since=each.trouble_at, who=who)


def _deliveries(about: About, *, now: datetime) -> Iterator[Late]:
    rows = Delivery.objects.filter(connection__in=list(about))
    for pk, count, since in _grouped(rows.filter(status=Delivery.Status.STUCK), "created_at"):
        what = f"{_many(count, 'delivery', 'deliveries')} to {about[pk][0]} cannot go on"
        yield Late(what=what, why="The page of each handoff says why.", since=since, who=PRESSES)
    moving = rows.filter(
        status__in=[Delivery.Status.OWED, Delivery.Status.UNDER_WAY],
        created_at__lt=now - PATIENCE,
        not_before__lt=now - PATIENCE,
    )
    for pk, count, since in _grouped(moving, "created_at"):
        name, who = about[pk]
        what = f"{_many(count, 'delivery', 'deliveries')} to {name} not there yet"
        yield Late(what=what, why="Kept here, and tried again and again.", since=since, who=who)


def _messages(about: About, *, now: datetime) -> Iterator[Late]:
    rows = Inbox.objects.filter(connection__in=list(about))
    waiting = rows.filter(status=Inbox.Status.WAITING, received_at__lt=now - PATIENCE)
    for pk, count, since in _grouped(waiting, "received_at"):
        what = f"{_many(count, 'message', 'messages')} from {about[pk][0]} not read yet"
        yield Late(what=what, why="They are kept, and no worker has come to them.", since=since, who=RUNS_IT)
    for pk, count, since in _grouped(rows.filter(status=Inbox.Status.BROKEN), "received_at"):
        name, who = about[pk]
        what = f"{_many(count, 'message', 'messages')} from {name} could not be read"
        yield Late(
            what=what,
            why="They are kept as they came, for as long as raw messages are.",
            since=since,
            who=who,
        )


def _drifts(about: About) -> Iterator[Late]:
    rows = Drift.objects.filter(over_at=None, connection__in=list(about))
    for pk, count, since in _grouped(rows, "since"):
        name, who = about[pk]
        what = f"{_many(count, 'thing', 'things')} in {name} no longer as our translation needs them"
        yield Late(
            what=what, why="The page of each route says what, and what mends it.", since=since, who=who
        )


def _rights(rows: list[Connection], about: About) -> Iterator[Late]:
    for each in rows:
        if each.lacks:
            name, who = about[each.pk]
            what = f"Baton lacks {_many(len(each.lacks), 'thing', 'things')} in {name}"
            yield Late(what=what, why=str(each.lacks[0][0]), since=each.lacks_since, who=who)


def _grouped(rows: "QuerySet[Any]", since: str) -> list[tuple[UUID, int, datetime]]:
    found = rows.values_list("connection").annotate(Count("pk"), Min(since)).order_by("connection__name")
    return list(found)


def _many(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"
