"""Were users whose ticket was handed on as content as the others, of the same days and kind of ticket?

Ratings are counted by day as measures are: triggers note which days moved, and those are counted anew. A
ticket counts as escalated when a handoff was sent for it, whoever sent it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery, Sum

from escalation.models import Connection, Handoff, Rating, RatingDue, RatingPass, RatingTally
from escalation.tools.registry import TOOLS

A_BATCH = 200
_TAKE = """
DELETE FROM escalation_ratingdue WHERE id IN (
    SELECT id FROM escalation_ratingdue ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED
) RETURNING connection_id, day
"""
_LOCK = "SELECT pg_try_advisory_xact_lock(7264002)"
_FORGET = """
DELETE FROM escalation_ratingtally
WHERE (connection_id, day) IN (SELECT * FROM unnest(%s::uuid[], %s::date[]))
"""
_COUNT = """
INSERT INTO escalation_ratingtally (connection_id, day, category, escalated, good, bad)
SELECT r.connection_id, d.day, r.category, EXISTS (
           SELECT FROM escalation_handoff h JOIN escalation_route w ON w.id = h.route_id
           WHERE h.source_reference = r.ticket AND h.source_reference <> ''
             AND w.source_id = r.connection_id AND h.confirmed_at IS NOT NULL
       ) AS escalated,
       count(*) FILTER (WHERE r.score = 'good'), count(*) FILTER (WHERE r.score <> 'good')
FROM (SELECT DISTINCT * FROM unnest(%s::uuid[], %s::date[]) AS u (source, day)) d
JOIN escalation_rating r ON r.connection_id = d.source
 AND r.rated_at >= d.day::timestamp AT TIME ZONE 'UTC'
 AND r.rated_at < (d.day + 1)::timestamp AT TIME ZONE 'UTC'
GROUP BY r.connection_id, d.day, r.category, escalated
"""
# A category in which one side has fewer than this says nothing.
ENOUGH: Final = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """What users said: how many, and how many of them were content."""

    good: int
    bad: int

    @property
    def n(self) -> int:
        """How many said something."""
        return self.good + self.bad

    @property
    def share(self) -> float | None:
        """Those content, of those who said something, 0..1."""
        return self.good / self.n if self.n else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Compared:
    """One kind of ticket: escalated beside the others."""

    category: str
    escalated: Said
    others: Said

    @property
    def comparable(self) -> bool:
        """Whether both sides hold enough to be set beside each other."""
        return min(self.escalated.n, self.others.n) >= ENOUGH


@dataclass(frozen=True, kw_only=True, slots=True)
class Satisfaction:
    """All kinds of ticket of a period, and the two sides over those kinds that can be compared."""

    kinds: tuple[Compared, ...]
    escalated: float | None
    others: float | None  # weighted as the escalated ones are, so that the mix of kinds makes no difference
    n: int  # escalated tickets of the comparable kinds

    @property
    def gap(self) -> float | None:
        """How much less content the escalated are, 0..1; negative when they are more."""
        return None if self.escalated is None or self.others is None else self.others - self.escalated


def compare(kinds: Iterable[Compared]) -> Satisfaction:
    """This will set both sides beside each other, kind by kind."""
    known = tuple(sorted(kinds, key=lambda each: (-each.escalated.n, each.category)))
    alike = [each for each in known if each.comparable]
    n = sum(each.escalated.n for each in alike)
    return Satisfaction(
        kinds=known,
        escalated=sum(each.escalated.good for each in alike) / n if n else None,
        others=sum((each.others.share or 0) * each.escalated.n for each in alike) / n if n else None,
        n=n,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """How far the ratings of one source are read, in words for whoever looks at the figures."""

    source: str
    read_at: datetime | None
    asks: str  # how its tool asks users; "" while nobody has answered, or where it does not
    trouble: str


def readings(*, sources: Iterable[UUID]) -> tuple[Reading, ...]:
    """This will say of each source how far what its users said is read."""
    rows = Connection.objects.filter(pk__in=tuple(sources)).select_related("rating_pass").order_by("name")
    return tuple(_reading(row) for row in rows)


def _reading(row: Connection) -> Reading:
    known = TOOLS.get(row.tool)
    if known is None or known.ratings is None:
        return Reading(source=row.name, read_at=None, asks="", trouble="its tool asks users nothing.")
    done: RatingPass | None = getattr(row, "rating_pass", None)
    if done is None:
        return Reading(source=row.name, read_at=None, asks="", trouble="")
    return Reading(source=row.name, read_at=done.read_at, asks=done.way, trouble=done.trouble)


def satisfaction(*, sources: Iterable[UUID], since: datetime, before: datetime) -> Satisfaction:
    """This will read what users of these sources said in that time, both midnight UTC."""
    rows = RatingTally.objects.filter(
        connection__in=tuple(sources), day__gte=since.date(), day__lt=before.date()
    )
    found: dict[str, dict[bool, Said]] = {}
    counted = rows.order_by().values_list("category", "escalated").annotate(Sum("good"), Sum("bad"))
    for category, escalated, good, bad in counted:
        found.setdefault(category, {})[escalated] = Said(good=good, bad=bad)
    nobody = Said(good=0, bad=0)
    return compare(
        Compared(category=each, escalated=both.get(True, nobody), others=both.get(False, nobody))
        for each, both in found.items()
    )


def ratings(
    *, sources: Iterable[UUID], since: datetime, before: datetime, category: str, escalated: bool
) -> "QuerySet[Rating]":
    """This will return the ratings behind one number, the newest first, ``handoff`` being the ticket's."""
    sent = Handoff.objects.filter(
        source_reference=OuterRef("ticket"), route__source=OuterRef("connection"), confirmed_at__isnull=False
    ).exclude(source_reference="")
    rows = Rating.objects.filter(
        connection__in=tuple(sources), category=category, rated_at__gte=since, rated_at__lt=before
    )
    newest = sent.order_by("-confirmed_at")
    return (
        rows.annotate(
            escalated=Exists(sent),
            handoff=Subquery(newest.values("pk")[:1]),
            route=Subquery(newest.values("route")[:1]),
            summary=Subquery(newest.values("summary")[:1]),
        )
        .filter(escalated=escalated)
        .order_by("-rated_at", "pk")
    )


def catch_up(*, most: int = A_BATCH) -> int:
    """This will count the days that moved; returns how many notes it took, 0 also while another does it."""
    return _count(most) if RatingDue.objects.exists() else 0


@transaction.atomic
def _count(most: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)
        if not cursor.fetchall()[0][0]:
            return 0
        cursor.execute(_TAKE, [most])
        noted: list[tuple[UUID, date]] = cursor.fetchall()
        if noted:
            sources, days = [str(each[0]) for each in set(noted)], [str(each[1]) for each in set(noted)]
            cursor.execute(_FORGET, (sources, days))
            cursor.execute(_COUNT, (sources, days))
    return len(noted)
