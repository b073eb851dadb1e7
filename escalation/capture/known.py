"""Is this problem with that team already, and has one like it been solved before?

By the source ticket, and by the receiver's own history: what the link index holds to be the same issue.
What that team did with such cases is counted in ``habit``.
Only what the author may see anyway is shown, and nothing is decided here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from uuid import UUID

from escalation.capture.draft import state_of
from escalation.capture.habit import Habit, habit
from escalation.catalog.index import index_at_hand
from escalation.catalog.spoken import technical_text
from escalation.lifecycle.words import OPEN, Status
from escalation.models import Handoff
from escalation.timeline.solution import Solution, solutions

# The chance of being the same issue from which it is worth a look: joining is a person's decision, but
# a box that is mostly wrong is read by nobody.
SAME = 0.5
ALIKE = 0.2
MOST = 3
LOOKED_AT = 30  # of the past: enough to tell a habit from chance


@dataclass(frozen=True, kw_only=True, slots=True)
class Running:
    """A handoff that the receiving team has now, and why it is shown."""

    handoff: Handoff
    because: str

    @property
    def can_be_joined(self) -> bool:
        """Whether there is a record yet that a note can be written on."""
        return bool(self.handoff.remote_id)


@dataclass(frozen=True, kw_only=True, slots=True)
class Solved:
    """A handoff that ended well, and what is known of why."""

    handoff: Handoff
    solution: Solution


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """What is known about the problem of a draft beyond the draft."""

    running: tuple[Running, ...] = ()
    solved: tuple[Solved, ...] = ()
    habit: Habit | None = None  # None where such cases mostly stay, or there are too few
    alike: Mapping[UUID, float] = field(default_factory=dict)  # handoffs by the chance to be the same


def known(*, handoff: Handoff) -> Known:
    """This will look for the same problem, running and solved, on the draft's route."""
    likely = _likely(handoff)
    return Known(
        running=_running(handoff, likely),
        solved=_solved(handoff, likely),
        habit=habit(handoff=handoff, like=likely),
        alike={pk: score for pk, (score, _) in likely.items()},
    )


def _likely(handoff: Handoff) -> dict[UUID, tuple[float, str]]:
    """Handoffs by the chance that they are the same issue, best first, with the reason in words."""
    text = technical_text(state_of(handoff).stated())
    if not text.strip():
        return {}
    indexed = index_at_hand(connection_id=handoff.route.target_id)
    if indexed is None:
        return {}
    alike = indexed.index.similar(text, limit=LOOKED_AT, at=handoff.created_at)
    found = ((_handoff_id(each.example_id), each) for each in alike if each.score >= ALIKE)
    return {
        pk: (each.score, "; ".join(each.because)) for pk, each in found if pk is not None and pk != handoff.pk
    }


def _handoff_id(reference: str) -> UUID | None:
    # A history that was loaded from the tool goes by the tool's own ids.
    try:
        return UUID(reference)
    except ValueError:
        return None


def _running(handoff: Handoff, likely: dict[UUID, tuple[float, str]]) -> tuple[Running, ...]:
    rows = (
        Handoff.objects.visible_to(handoff.author)
        .filter(route_id=handoff.route_id, status__in=OPEN)
        .exclude(pk=handoff.pk)
        .select_related("route__receiver", "author")
    )
    found: dict[UUID, Running] = {}
    if handoff.source_reference:
        for row in rows.filter(source_reference=handoff.source_reference).order_by("-confirmed_at")[:MOST]:
            found[row.pk] = Running(handoff=row, because="from this very ticket")
    same = [each for each, (score, _) in likely.items() if score >= SAME]
    for row in _in_order(rows.in_bulk(same), same):
        found.setdefault(row.pk, Running(handoff=row, because=likely[row.pk][1]))
    return tuple(found.values())[:MOST]


def _in_order(rows: dict[UUID, Handoff], order: list[UUID]) -> Iterator[Handoff]:
    return (rows[each] for each in order if each in rows)


def _solved(handoff: Handoff, likely: dict[UUID, tuple[float, str]]) -> tuple[Solved, ...]:
    seen = Handoff.objects.visible_to(handoff.author).filter(route_id=handoff.route_id)
    rows = seen.filter(status=Status.RESOLVED).in_bulk(list(likely))
    known_why = solutions(list(rows))
    found = (Solved(handoff=rows[each], solution=known_why[each]) for each in likely if each in known_why)
    return tuple(islice(found, MOST))
