"""What would the receiver ask back first?

Per part, the gap that most often costs a question. Which parts a receiver needs at all is the template's
business and is handed in.
"""

from collections.abc import Iterator

from escalation.guard.findings import Finding
from escalation.knowledge.state import (
    Availability,
    Business,
    Diagnostic,
    Fact,
    Hypothesis,
    Item,
    KnowledgeState,
    Remediation,
    headline,
)
from escalation.knowledge.words import Confidence, Level, Origin, Outcome, Part, Standing

_MISSING: dict[Part, str] = {
    Part.FACTS: "The receiving team works from what is already proven. What have you checked?",
    Part.DIAGNOSTICS: "An exact error, code or log line often saves them the first hour. Is there one?",
    Part.REMEDIATION: "Say what was tried, so that nobody tries it twice. “Nothing yet” helps, too.",
    Part.HYPOTHESIS: "What do you think it is? A guess is welcome and is marked as one.",
    Part.BUSINESS: "Who is affected, and by when does it matter? The receivers set their order by it.",
    Part.AVAILABILITY: "When and how can the user be reached to test?",
}


def missing_parts(state: KnowledgeState, needs: tuple[Part, ...]) -> Iterator[Finding]:
    """This will name the needed parts in which nothing is stated, and a missing summary or ask."""
    if not state.summary.strip():
        yield Finding(
            code="no_summary", message="One line on top says what it is about. How would you put it?"
        )
    if not state.ask.strip():
        yield Finding(code="no_ask", message="What do you need back from them? One sentence is enough.")
    for part in needs:
        if not any(headline(part, item).strip() for item in state.part(part)):
            yield Finding(code=f"no_{part}", part=part, message=_MISSING[part])


def gaps(state: KnowledgeState) -> Iterator[Finding]:
    """This will go through every stated item and name what the receiver would ask about it."""
    yield from _unverified(state.facts)
    for part, item in state.items():
        if item.origin is Origin.FOUND:
            continue  # nobody has stated it yet
        found = _gap(item) if headline(part, item).strip() else ("blank_item", "This line is still empty.")
        if found:
            code, message = found
            yield Finding(code=code, part=part, item_id=item.id, message=message)


def _unverified(facts: tuple[Fact, ...]) -> Iterator[Finding]:
    """One hint for all facts, on the first: a hint on each would only be noise."""
    checked = [fact for fact in facts if fact.standing in (Standing.CONFIRMED, Standing.RULED_OUT)]
    if checked and not any(fact.how_verified.strip() or fact.evidence for fact in checked):
        message = (
            "How was this checked? It helps them trust it. What nobody checked can be marked as reported."
        )
        yield Finding(code="not_verified", part=Part.FACTS, item_id=checked[0].id, message=message)


def _gap(item: Item) -> tuple[str, str] | None:
    found: tuple[str, str] | None = None
    match item:
        case Diagnostic(observation="", error_code=""):
            found = "no_observation", "What did this check show?"
        case Remediation(outcome=Outcome.UNKNOWN):
            found = "no_outcome", "What changed after this step? “No change” is worth knowing."
        case Hypothesis(because="", confidence=Confidence.HIGH | Confidence.MEDIUM) if not item.evidence:
            found = "no_reason", "What makes you think so? One clue lets them test it."
        case Business():
            found = _business(item)
        case Availability(windows=(), channel=None, handle=""):
            found = "not_reachable", "A time and a channel would let them test with the user."
        case _:
            pass
    return found


def _business(business: Business) -> tuple[str, str] | None:
    if business.deadline and business.deadline.at is None:
        return "deadline_unclear", f"Which day and time is “{business.deadline.words}”?"
    if business.impact is None and business.urgency is None and business.deadline is None:
        return "no_weight", "How serious is it, and by when? Impact, urgency or a deadline tells them."
    if (
        business.impact is Level.HIGH
        and business.affected_count == 1
        and not business.priority_reason.strip()
    ):
        return "impact_unexplained", "High impact for one person: a reason helps them see why."
    return None
