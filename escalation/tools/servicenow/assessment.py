"""What does the incident's first work note say?

The case as one paragraph, for whoever only skims the activity stream; the description holds the same in
full. Pure.
"""

from collections.abc import Iterator

from escalation.knowledge.state import Hypothesis, KnowledgeState
from escalation.linking.entries import EntryKind
from escalation.tools.servicenow.vocabulary import LIMITS
from escalation.translation.given import Given
from escalation.translation.lines import OUTCOMES, is_proven, line
from escalation.translation.plain import cut, flat
from escalation.translation.sections import Text
from escalation.translation.times import utc


def work_note(state: KnowledgeState, given: Given) -> Text:
    """This will return the first internal note, "" when there is nothing to assess."""
    said = [sentence for sentence in _sentences(state, given) if sentence]
    text = " ".join(said)
    return Text(text=cut(text, LIMITS["work_notes"]), cut=len(text) > LIMITS["work_notes"])


def _sentences(state: KnowledgeState, given: Given) -> Iterator[str]:
    today = given.now.date()
    yield _listed("Pre-validated", [line(each, today=today) for each in state.facts if is_proven(each)])
    for each in state.diagnostics:
        code, check = flat(each.error_code), flat(each.check).rstrip(".")
        if code:
            yield _sentence(f"User reports error code {code}" + (f" when: {check}" if check else ""))
    tried = [f"{flat(each.step)} ({OUTCOMES[each.outcome]})" for each in state.remediation if flat(each.step)]
    yield _listed("Tried", tried)
    for belief in state.hypothesis:
        yield _assessment(belief)
    yield _change(given)
    yield _listed("User available", [line(each, today=today) for each in state.availability])
    if flat(state.ask):
        yield _sentence(f"Ask: {flat(state.ask)}")


def _assessment(belief: Hypothesis) -> str:
    statement = flat(belief.statement).rstrip(".")
    return _sentence(f"Level One assessment: {statement} (unproven)") if statement else ""


def _change(given: Given) -> str:
    """The change that is linked surely enough to be filled in; where it is a question it is not named."""
    best = next(iter(given.links.get(EntryKind.CHANGE, ())), None)
    sure = best.entry_id if best and best.score >= given.rules.fill_at else ""
    entry = given.entries.get(given.answers.get("caused_by", sure))
    if entry is None:
        return ""
    at = entry.starts_at or entry.ends_at  # as the field beside it says
    return _sentence(f"Related change: {flat(entry.name)}" + (f", implemented {utc(at)}" if at else ""))


def _listed(title: str, said: list[str]) -> str:
    kept = [flat(each).rstrip(".") for each in said if flat(each)]
    return _sentence(f"{title}: {'; '.join(kept)}") if kept else ""


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?", "。")) else f"{text}."
