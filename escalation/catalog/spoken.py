"""Which words of a handoff say what is broken, and which were sent without anybody saying what it was?"""

from collections.abc import Collection, Iterator
from uuid import UUID

from escalation.knowledge.codec import from_json
from escalation.knowledge.state import Diagnostic, Evidence, Fact, Hypothesis, KnowledgeState
from escalation.knowledge.words import Part
from escalation.models import Snapshot

TECHNICAL = (Part.FACTS, Part.DIAGNOSTICS, Part.HYPOTHESIS)
HEARD = 200  # handoffs: reading them is a part of building an index


def technical_text(state: KnowledgeState) -> str:
    """This will return the words that say what is broken: no names, no availability, no business."""
    return "\n".join(words for words, _ in technical_lines(state))


def technical_lines(state: KnowledgeState) -> Iterator[tuple[str, tuple[Evidence, ...]]]:
    """Those words line by line, each with the evidence of its item."""
    if state.summary:
        yield state.summary, ()
    for part in TECHNICAL:
        for item in state.part(part):
            words: tuple[str, ...] = ()
            match item:
                case Fact():
                    words = (item.statement, item.how_verified)
                case Diagnostic():
                    words = (item.check, item.observation, item.error_code)
                case Hypothesis():
                    words = (item.statement, item.because)
                case _:
                    pass
            yield from ((each, item.evidence) for each in words if each)


def sent_unanswered(*, connection_id: UUID, answered: Collection[str]) -> list[str]:
    """This will return the technical words of the newest handoffs sent there, oldest first.

    ``answered`` are the references of lessons: what a person said about those is learned already.
    """
    sent = Snapshot.objects.filter(handoff__route__target_id=connection_id).order_by("-confirmed_at", "-pk")
    rows = sent.values_list("handoff_id", "state")[:HEARD]
    texts = [technical_text(from_json(state)) for pk, state in rows if str(pk) not in answered]
    return [text for text in reversed(texts) if text]
