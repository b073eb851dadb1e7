"""What came back or was asked back on a route, what was at fault, and what would have saved most time?

The time of a question runs until its answer, that of a return from sending to coming back, by the clock on
the wall.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from escalation.knowledge.codec import from_json
from escalation.lifecycle.reasons import REASON_TITLES
from escalation.models import Entry, Handoff, Measurement, Route, Ruling, Snapshot
from escalation.tools.registry import TOOLS
from escalation.translation import codec
from escalation.translation.asking import template_from
from escalation.upkeep.fault import Attribution, Known, Setback, attribute

Kind = Entry.Kind
Fault = Ruling.Fault
MOST = 300  # the newest handoffs with a setback; more would not change the order
# What an owner of the route can mend by a change of template or rules.
MENDABLE = (Fault.NEVER_ASKED, Fault.MAPPING_MISSED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """One setback with its fault."""

    handoff: Handoff
    sequence: int
    kind: str
    at: datetime
    setback: Setback
    known: Known
    attribution: Attribution  # with the fault that a person said, where one did
    ruled_by: str = ""
    took: timedelta = timedelta()

    @property
    def came(self) -> str:
        """What came, in words: the question, or the reason of the return and what was written with it."""
        title = next((words for code, words in REASON_TITLES.items() if code == self.setback.reason), "")
        said = ". ".join(each for each in (title, self.setback.text) if each)
        return (f"Returned: {said}" if said else "Returned") if self.kind == Kind.BOUNCED else said


@dataclass(frozen=True, kw_only=True, slots=True)
class Loss:
    """All setbacks with one fault in one place."""

    fault: Ruling.Fault
    place: str
    found: tuple[Found, ...]  # the newest first

    @property
    def key(self) -> str:
        """By which a page names it."""
        return f"{self.fault}|{self.place}"

    @property
    def took(self) -> timedelta:
        """All their time."""
        return sum((each.took for each in self.found), timedelta())

    @property
    def category(self) -> str:
        """The category they share; "" where they are of several or none."""
        shared = {each.handoff.category for each in self.found}
        return shared.pop() if len(shared) == 1 else ""


def setbacks(*, route: Route, since: datetime, now: datetime) -> tuple[Found, ...]:
    """This will return what happened to the handoffs confirmed since then, the newest handoff first."""
    measured = Measurement.objects.filter(route=route, confirmed_at__gte=since)
    ids = (
        measured.filter(Q(returned=True) | Q(asked=True))
        .order_by("-confirmed_at")
        .values_list("pk", flat=True)
    )
    rows = Snapshot.objects.filter(handoff__in=list(ids[:MOST])).select_related("handoff", "template")
    snapshots = {each.handoff_id: each for each in rows.order_by("-confirmed_at")}
    lines = _lines(snapshots)
    rulings = {
        (each.handoff_id, each.sequence): each
        for each in Ruling.objects.filter(handoff__in=snapshots).select_related("by")
    }
    return tuple(
        _ruled(found, rulings.get((handoff_id, found.sequence)))
        for handoff_id, snapshot in snapshots.items()
        for found in _of(snapshot, lines[handoff_id], now=now)
    )


def losses(found: Iterable[Found]) -> tuple[Loss, ...]:
    """This will put together what has one fault in one place, the most time first."""
    places: dict[tuple[Fault, str], list[Found]] = defaultdict(list)
    for each in found:
        places[each.attribution.fault, each.attribution.place.casefold()].append(each)
    together = (
        Loss(fault=fault, place=all_of[0].attribution.place, found=tuple(all_of))
        for (fault, _), all_of in places.items()
    )
    return tuple(sorted(together, key=lambda each: (-each.took, each.key)))


def _lines(handoffs: Iterable[UUID]) -> Mapping[UUID, list[Entry]]:
    kinds = (Kind.CONFIRMED, Kind.ASKED, Kind.ANSWERED, Kind.BOUNCED, Kind.REASON, Kind.RESOLVED)
    by_handoff: dict[UUID, list[Entry]] = defaultdict(list)
    for entry in Entry.objects.filter(handoff__in=list(handoffs), kind__in=kinds).order_by(
        "handoff", "sequence"
    ):
        by_handoff[entry.handoff_id].append(entry)
    return by_handoff


def _of(snapshot: Snapshot, lines: list[Entry], *, now: datetime) -> Iterator[Found]:
    handoff = snapshot.handoff
    translation = codec.from_json(snapshot.translation)
    kind = TOOLS.get(translation.draft.tool)
    known = Known(
        state=from_json(snapshot.state),
        asking=template_from(snapshot.template.body if snapshot.template else {}).in_category(
            handoff.category
        ),
        translation=translation,
        answers=handoff.answers,
        extras=handoff.extras,
        placed_by=kind.placed_by if kind else (),
        named_by=kind.named_by if kind else (),
    )
    sent_at = snapshot.confirmed_at
    for place, line in enumerate(lines):
        if line.kind == Kind.CONFIRMED:
            sent_at = line.happened_at
        if line.kind not in {Kind.ASKED, Kind.BOUNCED}:
            continue
        after = _answer(line, lines[place + 1 :]) if line.kind == Kind.ASKED else line
        until = after.happened_at if after else now
        begun = line.happened_at if line.kind == Kind.ASKED else sent_at
        setback = _setback(_reasoned(line, lines[place + 1 :]), after)
        yield Found(
            handoff=handoff,
            sequence=line.sequence,
            kind=line.kind,
            at=line.happened_at,
            setback=setback,
            known=known,
            attribution=attribute(setback, known),
            took=max(until - begun, timedelta()),
        )


def _answer(asked: Entry, later: list[Entry]) -> Entry | None:
    """Its own answer; of a line that names no question, the next one; else the end of the handoff."""
    number = asked.details.get("question")
    for line in later:
        if line.kind == Kind.ANSWERED and (number is None or line.details.get("question") == number):
            return line
        if line.kind in {Kind.BOUNCED, Kind.RESOLVED}:
            return line
    return None


def _reasoned(line: Entry, later: list[Entry]) -> Entry:
    """Where the reason of a return is said: a tool knows none, and somebody may have added it."""
    if line.kind != Kind.BOUNCED or line.details.get("reason"):
        return line
    nearest = next((each for each in later if each.kind in {Kind.BOUNCED, Kind.REASON}), line)
    return nearest if nearest.kind == Kind.REASON else line


def _setback(line: Entry, after: Entry | None) -> Setback:
    said = line.details
    return Setback(
        reason=said.get("reason") or (_reason_in(line.text) if line.kind == Kind.BOUNCED else ""),
        part=said.get("part", ""),
        item_id=said.get("item", ""),
        asked=said.get("prevented_by", ""),
        words=said.get("prevented_words", ""),
        text=_own_words(line),
        answer=after.text if after is not None and after.kind == Kind.ANSWERED else "",
    )


def _own_words(line: Entry) -> str:
    for title in REASON_TITLES.values():
        if line.text.startswith(title):
            return line.text.removeprefix(title).lstrip(". ")
    return line.text


def _reason_in(text: str) -> str:
    return next((code.value for code, title in REASON_TITLES.items() if text.startswith(title)), "")


def _ruled(found: Found, ruling: Ruling | None) -> Found:
    if ruling is None:
        return found
    said_by = ruling.by.get_full_name() or ruling.by.get_username() if ruling.by else "somebody"
    fault = Fault(ruling.fault)
    because = f"{said_by} says so."
    return replace(
        found,
        attribution=replace(found.attribution, fault=fault, because=because),
        ruled_by=said_by,
    )
