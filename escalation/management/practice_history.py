"""What happened at the practice company in the last sixty days? Drawn from a fixed seed, as plain values.

The story it tells: until a better template came, receivers needed long to understand what they were
handed, asked back often and returned much. Everything is over by now, so that no list of open work shows it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final

from escalation.knowledge.state import Business, Diagnostic, Fact, Hypothesis, KnowledgeState, Remediation
from escalation.knowledge.words import Confidence, Level, Outcome
from escalation.lifecycle.reasons import REASON_TITLES, BounceReason
from escalation.translation.meaning import Meaning
from escalation.translation.sayable import sayable_state

SEED: Final = 20261123
HANDOFFS: Final = 400
DAYS: Final = 60
TURN: Final = 27  # days ago: the better template
SATURDAY: Final = 5
GROUPS: Final = ("Network", "Application Support", "Database")

# What was wrong, what the check showed, what was believed, who was hit.
CASES: Final = (
    (
        "Invoices do not print in Osaka",
        "Print queue",
        "Job stays at “spooling”",
        "Driver update",
        "Accounting",
    ),
    (
        "Order search answers with an error",
        "Browser console",
        "HTTP 503",
        "New release of the search",
        "Sales",
    ),
    ("VPN drops every ten minutes", "Client log", "Error 809", "Changed firewall rule", "Home office"),
    ("Payroll export is empty", "Export job log", "0 rows written", "Renamed cost centre", "Payroll"),
    ("Sign-in loops for new starters", "Browser trace", "AADSTS50105", "Missing group assignment", "HR"),
    ("Shared drive shows read-only", "Access test", "Access denied 0x80070005", "Quota reached", "Design"),
    ("Scanner sends no mail", "Mail queue", "550 relay denied", "Changed mail relay", "Reception"),
    ("Report server times out", "Query log", "Timeout after 30 s", "Lost index", "Controlling"),
)


CATEGORIES: Final = {
    "Invoices do not print in Osaka": "printing",
    "Order search answers with an error": "application",
    "VPN drops every ten minutes": "network",
    "Payroll export is empty": "application",
    "Sign-in loops for new starters": "access",
    "Shared drive shows read-only": "access",
    "Scanner sends no mail": "printing",
    "Report server times out": "application",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class PastLine:
    """One line of a past timeline; ``role`` says whose name stands at it: "author", "receiver" or ""."""

    kind: str
    at: datetime
    recorded_at: datetime
    role: str = ""
    text: str = ""
    sayable: str = ""
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Past:
    """One handoff that is over."""

    number: int
    person: int  # which of the desk's and which of the receiver's people
    confirmed_at: datetime
    active_seconds: int
    state: KnowledgeState
    lines: tuple[PastLine, ...]
    guess: str
    category: str
    content: bool  # what the user said in the end

    @property
    def returned(self) -> bool:
        """Whether it ended by going back."""
        return self.lines[-1].kind == "bounced"


def history(*, now: datetime) -> Iterator[Past]:
    """This will draw the handoffs, the oldest first; the same day always gives the same ones."""
    random = Random(SEED)  # noqa: S311 - a story, not a secret
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    ages = sorted((random.uniform(2, DAYS) for _ in range(HANDOFFS)), reverse=True)
    for number, age in enumerate(ages, start=1):
        yield _handoff(number, today - timedelta(days=int(age)), better=age < TURN, random=random)


def _handoff(number: int, day: datetime, *, better: bool, random: Random) -> Past:
    while day.weekday() >= SATURDAY:
        day -= timedelta(days=1)
    confirmed = day + timedelta(minutes=random.triangular(13 * 60, 16.5 * 60))
    state = _state(random, better=better)
    lines = tuple(_lines(confirmed, better=better, whole=bool(state.business), random=random))
    guess = random.choices(("right", "partly", "wrong", ""), (5, 2, 2, 3))[0]
    return Past(
        number=number,
        person=random.randrange(2),
        confirmed_at=confirmed,
        active_seconds=round(random.lognormvariate(5.0 if better else 5.35, 0.35)),
        state=state,
        lines=lines,
        guess="" if lines[-1].kind == "bounced" or not state.hypothesis else guess,
        category=CATEGORIES[state.summary],
        # Longer on the way and less told: escalated users are a little less content, less so by now.
        content=random.random() < (0.84 if better else 0.7),
    )


def _state(random: Random, *, better: bool) -> KnowledgeState:
    """The better template asks for what the first often left out."""
    guessed, weighed = (random.random() < (0.92 if better else 0.7) for _ in range(2))
    wrong, check, showed, believed, hit = random.choice(CASES)
    level = random.choice((Level.HIGH, Level.MEDIUM, Level.MEDIUM, Level.LOW))
    return KnowledgeState(
        summary=wrong,
        ask=f"Find why and make it work again: {wrong[0].lower()}{wrong[1:]}",
        facts=(Fact(id="f1", statement="Account is active"), Fact(id="f2", statement="Others are hit too")),
        diagnostics=(Diagnostic(id="d1", check=check, observation=showed),),
        remediation=(Remediation(id="r1", step="Started it again", outcome=Outcome.NO_CHANGE),),
        hypothesis=(Hypothesis(id="h1", statement=believed, confidence=Confidence.MEDIUM),)
        if guessed
        else (),
        business=(
            Business(
                id="b1", affected=hit, affected_count=random.randrange(3, 90), impact=level, urgency=level
            ),
        )
        if weighed
        else (),
    )


# Why something came back, and the question that the form lacked, for each thing that was wrong.
RETURNED: Final = (
    (BounceReason.MISSING_INFORMATION, "availability", "When can the user be called, and on which number?"),
    (BounceReason.MISSING_INFORMATION, "business", "How many cannot work, and until when does it matter?"),
    (BounceReason.WRONG_TEAM, "", ""),
    (BounceReason.NOT_REPRODUCIBLE, "diagnostics", "On which site and which device does it happen?"),
    (BounceReason.KNOWN_ALREADY, "", ""),
    (BounceReason.LEVEL_ONE_CAN, "", ""),
)
ASKED: Final = (
    ("facts", "Which address, exactly?", "Which address does the user open, exactly?"),
    ("facts", "Since when, to the hour?", "When did it work for the last time?"),
    ("diagnostics", "What does the log say?", "What does the log say at the moment of the error?"),
    ("hypothesis", "Was anything changed there lately?", ""),
    ("availability", "Can the user test in the evening?", "Can the user test outside of office hours?"),
)


def _why(confirmed: datetime) -> tuple[str, dict[str, Any]]:
    """The words and details of a return; drawn apart, so that nothing else of the story moves."""
    reason, part, words = Random(f"returned {confirmed.timestamp()}").choice(RETURNED)  # noqa: S311
    details = {"reason": reason.value, "prevented_by": part, "prevented_words": words}
    return f"{REASON_TITLES[reason]}.", {name: value for name, value in details.items() if value}


def _what(confirmed: datetime) -> tuple[str, dict[str, Any]]:
    part, asked, words = Random(f"asked {confirmed.timestamp()}").choice(ASKED)  # noqa: S311
    return asked, {"part": part} | ({"prevented_by": part, "prevented_words": words} if words else {})


def _lines(confirmed: datetime, *, better: bool, whole: bool, random: Random) -> Iterator[PastLine]:
    at = confirmed

    def later(minutes: float) -> datetime:
        nonlocal at
        at += timedelta(minutes=minutes * random.lognormvariate(0, 0.45))
        return at

    yield _ours("started", confirmed - timedelta(minutes=random.uniform(3, 9)), "author")
    yield PastLine(
        kind="confirmed",
        at=confirmed,
        recorded_at=confirmed,
        role="author",
        details={
            "stated": 9,
            "junk": int(random.random() < (0.1 if better else 0.3)),
            "lane": "urgent" if random.random() < 0.06 else "standard",
        },
    )
    yield _theirs("delivered", later(0.02), random)
    group = random.choice(GROUPS)
    yield _theirs("assigned", later(3), random, words=group)
    yield _ours("seen", later(16), "receiver")
    if random.random() < (0.07 if better else 0.18):
        text, details = _why(confirmed)
        yield _ours("bounced", later(18), "receiver", text=text, details=details)
        return
    yield _ours("accepted", later(6), "receiver")
    if random.random() < (0.1 if better else 0.24):
        text, details = _what(confirmed)
        yield _ours("asked", later(12), "receiver", text=text, details=details)
        yield _ours("answered", later(25), "author", text="See the added line.")
    if random.random() < (0.06 if better else 0.13):
        yield _theirs("assigned", later(20), random, words=random.choice(GROUPS))
        yield _theirs("assigned", later(20), random, words=group)
    yield _ours("diagnosing", later(14 if better else 41), "receiver")
    yield from _work(later, random)
    yield _theirs("resolved", later(70 if whole else 95), random, say=Meaning.RESOLVED)
    yield _ours("told", later(9), "author")


def _work(later: Any, random: Random) -> Iterator[PastLine]:
    yield _theirs(
        "note", later(25), random, words="Found the cause, preparing the change.", say=Meaning.CAUSE_FOUND
    )
    if random.random() < 0.7:
        yield _ours("told", later(7), "author")
    if random.random() < 0.25:
        yield _theirs("waiting", later(12), random, words="Awaiting caller")
        yield _theirs("went_on", later(90), random, words="In Progress")


def _ours(
    kind: str, at: datetime, role: str, *, text: str = "", details: dict[str, Any] | None = None
) -> PastLine:
    return PastLine(kind=kind, at=at, recorded_at=at, role=role, text=text, details=details or {})


def _theirs(
    kind: str, at: datetime, random: Random, *, words: str = "", say: Meaning | None = None
) -> PastLine:
    return PastLine(
        kind=kind,
        at=at,
        recorded_at=at + timedelta(seconds=random.uniform(0.4, 6)),
        text=words,
        sayable=sayable_state(say).line if say else "",
        details={"side": "receiver", "words": words},
    )
