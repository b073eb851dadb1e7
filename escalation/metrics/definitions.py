"""What does each figure mean, exactly?

Pure definitions over the lines of one handoff's timeline. ``metrics.measuring`` says the same in SQL and
a property test holds the two together, so that a number on a page can be traced to lines.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median

from escalation.metrics.calendar import WorkingDay, business_seconds
from escalation.metrics.event_log import ping_pong
from escalation.metrics.spans import Span, spans

RETURNED = frozenset({"bounced"})
ASKED_BACK = frozenset({"asked"})
TAKEN_UP = frozenset({"accepted", "diagnosing", "resolved"})
CLOCKED = ("delivered", "seen", "accepted", "diagnosing", "resolved")  # the clocks run between these
# Where a change of state moves the handoff, the line says the move and not the state.
FROM_THE_RECEIVER = frozenset(
    {"note", "state", "assigned", "accepted", "waiting", "went_on", "resolved", "reopened", "bounced"}
)
TO_THE_USER = frozenset({"told", "replied"})
CORRECTED = frozenset({"amended"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """What a definition looks at in one entry."""

    sequence: int
    kind: str
    happened_at: datetime
    recorded_at: datetime
    side: str = ""  # "receiver" or "source" where a tool told us, "" where a person used Baton
    sayable: bool = False  # it came with a line for the user
    group: str = ""  # to whom a tool assigned the record
    words: str = ""  # the tool's own word for a state
    unasked: bool = False  # a question that, as the receiver says, the form never asked
    stated: int | None = None  # of the confirmed: lines that were sent, and those of them with empty words
    junk: int | None = None
    past: bool = False  # of the confirmed and of a correction: sent past what the page said against it


@dataclass(frozen=True, kw_only=True, slots=True)
class Course:
    """One confirmed handoff: its lines, and what its row and its route add."""

    events: tuple[Event, ...]
    until: datetime  # when we look; what is still open runs until then
    active_s: int = 0  # work in the form; 0 where the page did not count
    promise_s: int = 3600  # how soon the route owes a word after the last
    day: WorkingDay = field(default_factory=WorkingDay)  # the receiving team's
    guess: str = ""  # the verdict on the hypothesis: "right", "partly", "wrong"
    level_one_could: bool = False  # the receiver's tick, said with a verdict
    verdict: bool = False  # the receiver said what it was
    steps: int = 0  # checks and tries that the confirmed state lists
    redone: int = 0  # of which the receiver did that many again
    parts: int | None = None  # of the six, how many say something; None where no state was kept
    undisclosed: int = 0  # confirmed items in no field and in no loss


@dataclass(frozen=True, kw_only=True, slots=True)
class Measures:
    """What one handoff comes to: seconds, shares, yes or no; None where there is nothing to measure."""

    effort: float | None
    to_delivered: float | None
    to_seen: float | None
    to_accepted: float | None
    to_engaged: float | None
    to_resolved: float | None
    to_seen_business: float | None
    to_accepted_business: float | None
    to_engaged_business: float | None
    to_resolved_business: float | None
    rebuild: float | None
    diagnosing: float | None
    user_seen: float | None  # how much of each clock passed while it waited for the user
    user_accepted: float | None
    user_engaged: float | None
    user_resolved: float | None
    user_rebuild: float | None  # these two clocks leave the time on hold out: it is what they left out
    user_diagnosing: float | None
    lag: float | None
    told_lag: float | None
    silence: float | None
    open_s: float
    waiting_s: float
    on_user_s: float
    promised_s: float
    returned: bool
    asked: bool
    tossed: bool
    first_time_right: bool | None
    redone: bool | None
    listed_steps: int | None
    redone_steps: int | None
    guess_right: bool | None
    level_one_could: bool | None
    overridden: bool | None
    stated: int | None
    junk: int | None
    parts: int | None
    undisclosed: int


def measure(course: Course) -> Measures:
    """This will measure one handoff."""
    lines = tuple(sorted(course.events, key=lambda each: each.sequence))
    course_spans = spans(lines, until=course.until)
    delivered, seen, accepted, diagnosing, resolved = (_first(lines, {kind}) for kind in CLOCKED)
    understood = min((at for at in (diagnosing, _first(lines, ASKED_BACK)) if at), default=None)
    returned, asked = _any(lines, RETURNED), _any(lines, ASKED_BACK)
    opened = tuple(each for each in course_spans if each.open)
    sent, taken_up = _confirmed(lines), _any(lines, TAKEN_UP)
    return Measures(
        effort=course.active_s or None,
        to_delivered=_seconds(_sent(lines, delivered), delivered),
        to_seen=_seconds(delivered, seen),
        to_accepted=_seconds(delivered, accepted),
        to_engaged=_seconds(delivered, diagnosing),
        to_resolved=_seconds(delivered, resolved),
        to_seen_business=_business(delivered, seen, course.day),
        to_accepted_business=_business(delivered, accepted, course.day),
        to_engaged_business=_business(delivered, diagnosing, course.day),
        to_resolved_business=_business(delivered, resolved, course.day),
        rebuild=_worked(course_spans, seen, understood),
        diagnosing=_worked(course_spans, diagnosing, resolved),
        user_seen=_for_user(course_spans, delivered, seen),
        user_accepted=_for_user(course_spans, delivered, accepted),
        user_engaged=_for_user(course_spans, delivered, diagnosing),
        user_resolved=_for_user(course_spans, delivered, resolved),
        user_rebuild=_for_user(course_spans, seen, understood),
        user_diagnosing=_for_user(course_spans, diagnosing, resolved),
        lag=_middle(_since(line.happened_at, line.recorded_at) for line in _news(lines)),
        told_lag=_middle(_until_told(lines)),
        silence=max((each.seconds for each in opened), default=None),
        open_s=sum(each.seconds for each in opened),
        waiting_s=sum(each.seconds for each in opened if each.waiting),
        on_user_s=sum(each.seconds for each in opened if each.on_user),
        promised_s=sum(min(each.seconds, course.promise_s) for each in opened),
        returned=returned,
        asked=asked,
        tossed=ping_pong(line.group for line in lines if line.kind == "assigned" and line.group),
        first_time_right=_first_time_right(lines),
        redone=course.redone > 0 if taken_up else None,
        listed_steps=course.steps if taken_up else None,
        redone_steps=min(course.redone, course.steps) if taken_up else None,
        guess_right=course.guess == "right" if course.guess else None,
        level_one_could=course.level_one_could if course.verdict else None,
        overridden=_overridden(lines, sent),
        stated=sent.stated if sent else None,
        junk=sent.junk if sent else None,
        parts=course.parts,
        undisclosed=course.undisclosed,
    )


def _first(lines: tuple[Event, ...], kinds: Iterable[str]) -> datetime | None:
    wanted = frozenset(kinds)
    return min((line.happened_at for line in lines if line.kind in wanted), default=None)


def _sent(lines: tuple[Event, ...], delivered: datetime | None) -> datetime | None:
    """What was called back and sent again counts from the last confirming before the proof."""
    confirmed = tuple(line.happened_at for line in lines if line.kind == "confirmed")
    before = tuple(at for at in confirmed if delivered is not None and at <= delivered)
    return max(before, default=min(confirmed, default=None))


def _first_time_right(lines: tuple[Event, ...]) -> bool | None:
    if not _any(lines, RETURNED | ASKED_BACK | TAKEN_UP):
        return None
    asked = any(each.kind in ASKED_BACK and not each.unasked for each in lines)
    return not (asked or _any(lines, RETURNED))


def _confirmed(lines: tuple[Event, ...]) -> Event | None:
    """The last confirming: what was called back before it was another text."""
    return max(
        (line for line in lines if line.kind == "confirmed"), key=lambda line: line.sequence, default=None
    )


def _overridden(lines: tuple[Event, ...], sent: Event | None) -> bool | None:
    """What a correction sent past an objection left the building too."""
    if sent is None:
        return None
    corrected = (line for line in lines if line.kind in CORRECTED and line.sequence > sent.sequence)
    return sent.past or any(line.past for line in corrected)


def _any(lines: tuple[Event, ...], kinds: frozenset[str]) -> bool:
    return any(line.kind in kinds for line in lines)


def _since(start: datetime, end: datetime) -> float:
    # The clocks of two tools disagree by seconds: what seems to end before it began took no time.
    return max(0.0, (end - start).total_seconds())


def _seconds(start: datetime | None, end: datetime | None) -> float | None:
    return None if start is None or end is None else _since(start, end)


def _business(start: datetime | None, end: datetime | None, day: WorkingDay) -> float | None:
    return None if start is None or end is None else business_seconds(start=start, end=end, day=day)


def _worked(course: tuple[Span, ...], start: datetime | None, end: datetime | None) -> float | None:
    """The time between the two in which nobody waited for the user, a vendor or an approval."""
    if start is None or end is None:
        return None
    return sum(each.seconds for each in course if start <= each.at < end and not each.waiting)


def _for_user(course: tuple[Span, ...], start: datetime | None, end: datetime | None) -> float | None:
    """The time between the two in which it waited for the user; each span counts where it began."""
    if start is None or end is None:
        return None
    return sum(each.seconds for each in course if start <= each.at < end and each.on_user)


def _news(lines: tuple[Event, ...]) -> tuple[Event, ...]:
    return tuple(line for line in lines if line.kind in FROM_THE_RECEIVER and line.side == "receiver")


def _until_told(lines: tuple[Event, ...]) -> Iterable[float]:
    for line in _news(lines):
        later = _first(tuple(each for each in lines if each.sequence > line.sequence), TO_THE_USER)
        if line.sayable and later is not None:
            yield _since(line.recorded_at, later)


def _middle(values: Iterable[float]) -> float | None:
    known = tuple(values)
    return median(known) if known else None
