"""Which items of a state cannot both be true, and which say the same twice?

Contradictions are shown, never resolved: only the technician knows which one is right.
"""

import re
from collections.abc import Iterator
from itertools import combinations

from escalation.guard.findings import Finding
from escalation.guard.reported import reported_otherwise
from escalation.knowledge.state import Fact, Hypothesis, Item, KnowledgeState, Remediation, headline
from escalation.knowledge.words import Outcome, Part, Standing

_NEGATION = re.compile(
    r"\b(?:not|no|never|cannot|isn't|doesn't|don't|can't|won't|wasn't|nicht|kein\w*|"
    r"nie|ne|pas|jamais|aucune?|nunca|sin)\b|n't\b"
)
_SMALL_WORDS = re.compile(
    r"\b(?:the|a|an|is|are|was|were|be|been|does|do|did|can|der|die|das|ist|le|la|"
    r"est|el|es)\b"
)
_PAIRS_MAX = 60  # facts compared with each other; a longer list is a log, not a list of facts


def contradictions(state: KnowledgeState) -> Iterator[Finding]:
    """This will go through the pairs of items that deny or repeat each other."""
    yield from _facts(state.facts)
    yield from reported_otherwise(state)
    yield from _believed_and_ruled_out(state)
    yield from _steps(state.remediation)
    for part in Part:
        yield from _repeated(part, state.part(part))


def _facts(facts: tuple[Fact, ...]) -> Iterator[Finding]:
    known = [fact for fact in facts if fact.standing in (Standing.CONFIRMED, Standing.RULED_OUT)]
    for first, second in combinations(known[:_PAIRS_MAX], 2):
        (core, denied), (other, other_denied) = _meaning(first.statement), _meaning(second.statement)
        if core and core == other:
            false_first = denied != (first.standing is Standing.RULED_OUT)
            false_second = other_denied != (second.standing is Standing.RULED_OUT)
            if false_first != false_second:
                yield Finding(
                    code="facts_disagree",
                    part=Part.FACTS,
                    item_id=second.id,
                    message=f"This and “{_short(first.statement)}” say the opposite. Which one holds?",
                )


def _believed_and_ruled_out(state: KnowledgeState) -> Iterator[Finding]:
    ruled_out = {_meaning(fact.statement) for fact in state.facts if fact.standing is Standing.RULED_OUT}
    for belief in state.hypothesis:
        if _meaning(belief.statement) in ruled_out and belief.statement.strip():
            yield _ruled_out(belief)


def _ruled_out(belief: Hypothesis) -> Finding:
    message = "The facts rule this out. Drop it, or say what speaks for it all the same."
    return Finding(code="belief_ruled_out", part=Part.HYPOTHESIS, item_id=belief.id, message=message)


def _steps(steps: tuple[Remediation, ...]) -> Iterator[Finding]:
    outcomes: dict[frozenset[str], Remediation] = {}
    for step in (step for step in steps if step.outcome is not Outcome.UNKNOWN):
        core, _ = _meaning(step.step)
        earlier = outcomes.setdefault(core, step)
        if core and earlier.outcome is not step.outcome:
            yield Finding(
                code="outcomes_disagree",
                part=Part.REMEDIATION,
                item_id=step.id,
                message="The same step stands here with another outcome. If it was done twice, add when.",
            )


def _repeated(part: Part, items: tuple[Item, ...]) -> Iterator[Finding]:
    seen: set[str] = set()
    for item in items:
        said = " ".join(headline(part, item).casefold().split())
        if said and said in seen and part is not Part.REMEDIATION:
            yield Finding(
                code="said_twice",
                part=part,
                item_id=item.id,
                message="This stands here twice. One of the two can go.",
            )
        seen.add(said)


def _meaning(statement: str) -> tuple[frozenset[str], bool]:
    """The words of a statement without its negations, and whether it is denied."""
    plain = statement.casefold().replace("’", "'")
    denials = len(_NEGATION.findall(plain))
    core = _SMALL_WORDS.sub(" ", _NEGATION.sub(" ", plain))
    return frozenset(re.findall(r"\w+", core)), denials % 2 == 1


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 60 else f"{plain[:59]}…"
