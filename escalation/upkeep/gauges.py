"""What can whoever watches Baton read off its rows? Numbers alone; what they mean in words, ``late`` says.

Ages are in seconds. A gauge says nothing of a connection for which there is nothing to measure: one that was
never polled has no age.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, QuerySet

from escalation.models import Breaker, Connection, Delivery, Drift, Inbox, Message, Tick

MOVING = (Delivery.Status.OWED, Delivery.Status.UNDER_WAY)
UNREAD = (Inbox.Status.WAITING, Inbox.Status.PARKED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Gauge:
    """One measure with its samples: the values of the labels, in their order, and the number."""

    name: str
    about: str
    labels: tuple[str, ...]
    samples: tuple[tuple[tuple[str, ...], float], ...]


def gauges(*, now: datetime) -> tuple[Gauge, ...]:
    """This will measure what waits, what pauses and when each schedule last began; a dozen small queries."""
    connections = list(Connection.objects.order_by("name"))
    names = {each.pk: each.name for each in connections}
    return (
        *_rows(names, now=now),
        *_tools(connections, names, now=now),
        *_programs(now=now),
        Gauge(
            name="baton_schedule_age_seconds",
            about="Since the schedule last began",
            labels=("schedule",),
            samples=tuple(
                ((each.name,), (now - each.begun_at).total_seconds())
                for each in Tick.objects.order_by("name")
            ),
        ),
    )


def _rows(names: dict[UUID, str], *, now: datetime) -> Iterator[Gauge]:
    owed = Delivery.objects.filter(status__in=(*MOVING, Delivery.Status.STUCK))
    yield _counted("baton_deliveries", "Deliveries that have not arrived", owed, names)
    moving = Delivery.objects.filter(status__in=MOVING)
    about = "Age of the oldest delivery that is owed or under way"
    yield _oldest("baton_delivery_oldest_seconds", about, moving, "created_at", names, now=now)
    kept = Inbox.objects.filter(status__in=(*UNREAD, Inbox.Status.BROKEN))
    yield _counted("baton_messages", "Webhooks that were stored and not applied", kept, names)
    waiting = Inbox.objects.filter(status=Inbox.Status.WAITING)
    about = "Age of the oldest webhook that waits to be read"
    yield _oldest("baton_message_oldest_seconds", about, waiting, "received_at", names, now=now)


def _tools(connections: list[Connection], names: dict[UUID, str], *, now: datetime) -> Iterator[Gauge]:
    pausing = set(Breaker.objects.pausing().values_list("pk", flat=True))
    drifts = dict(
        Drift.objects.filter(over_at=None).values_list("connection").annotate(Count("pk")).order_by()
    )
    yield _per_connection(
        "baton_calls_paused",
        "1 while calls to the tool pause",
        {pk: float(pk in pausing) for pk in names},
        names,
    )
    yield _per_connection(
        "baton_drifts", "What the tool no longer has", {pk: float(drifts.get(pk, 0)) for pk in names}, names
    )
    for name, about, column in (
        ("baton_poll_age_seconds", "Since the tool was last asked for changes", "polled_at"),
        ("baton_webhook_age_seconds", "Since the tool last sent a webhook", "heard_at"),
    ):
        seen = {each.pk: getattr(each, column) for each in connections if getattr(each, column)}
        yield _per_connection(name, about, {pk: (now - at).total_seconds() for pk, at in seen.items()}, names)


def _programs(*, now: datetime) -> Iterator[Gauge]:
    """The company's own programs, those of one team and name together: a sample must not come twice."""
    labels = ("team", "subscriber")
    rows = Message.objects.filter(subscriber__stopped_at=None).order_by()
    who = ("subscriber__team__name", "subscriber__name")
    untaken = rows.exclude(status=Message.Status.DONE).values_list(*who, "status").annotate(Count("pk"))
    yield Gauge(
        name="baton_outgoing_messages",
        about="Outgoing webhooks that were not taken: on their way, or given up",
        labels=(*labels, "status"),
        samples=tuple(((team, name, status), float(count)) for team, name, status, count in untaken),
    )
    oldest = rows.filter(status=Message.Status.OWED).values_list(*who).annotate(Min("made_at"))
    yield Gauge(
        name="baton_outgoing_oldest_seconds",
        about="Age of the oldest outgoing webhook that is on its way",
        labels=labels,
        samples=tuple(((team, name), (now - since).total_seconds()) for team, name, since in oldest),
    )


def _per_connection(name: str, about: str, values: dict[UUID, float], names: dict[UUID, str]) -> Gauge:
    samples = tuple(((names[pk],), value) for pk, value in values.items())
    return Gauge(name=name, about=about, labels=("connection",), samples=samples)


def _counted(name: str, about: str, rows: "QuerySet[Any]", names: dict[UUID, str]) -> Gauge:
    found = rows.values_list("connection", "status").annotate(Count("pk")).order_by("connection", "status")
    samples = tuple(((names[pk], status), float(count)) for pk, status, count in found if pk in names)
    return Gauge(name=name, about=about, labels=("connection", "status"), samples=samples)


def _oldest(  # noqa: PLR0913  # what a gauge is made of
    name: str, about: str, rows: "QuerySet[Any]", column: str, names: dict[UUID, str], *, now: datetime
) -> Gauge:
    found = rows.values_list("connection").annotate(Min(column)).order_by("connection")
    ages = {pk: (now - since).total_seconds() for pk, since in found if pk in names}
    return _per_connection(name, about, ages, names)
