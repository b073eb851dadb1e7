"""What deserves a second look before the technician sends?

Advice only: nothing here forbids sending. Whether a secret may leave is decided where the receiver is
known.
"""

from collections.abc import Iterator
from dataclasses import fields

from escalation.guard.completeness import gaps, missing_parts
from escalation.guard.contradictions import contradictions
from escalation.guard.findings import Finding, Severity
from escalation.guard.phrases import empty_phrases
from escalation.guard.secrets import secrets
from escalation.knowledge.state import Item, KnowledgeState, Moment, headline
from escalation.knowledge.words import Origin, Part

__all__ = ["Finding", "Severity", "advise", "lines_of", "private"]

_NO_TEXT = frozenset({"id", "origin"})


def advise(state: KnowledgeState, *, needs: tuple[Part, ...] = ()) -> tuple[Finding, ...]:
    """This will return what is worth a second look: secrets first, then in the order of the form.

    ``needs`` are the parts that the receiver's template asks for. The same state gives the same advice.
    """
    return (
        *private(state),
        *missing_parts(state, needs),
        *_empty(state),
        *gaps(state),
        *contradictions(state),
    )


def lines_of(state: KnowledgeState) -> tuple[int, int]:
    """This will return how many lines leave, title and ask among them, and how many say nothing."""
    empty = {(each.part, each.item_id, "" if each.item_id else each.message) for each in _empty(state)}
    return 2 + sum(1 for _ in state.items()), len(empty)


def private(state: KnowledgeState) -> tuple[Finding, ...]:
    """This will return what must not leave unmasked: each place in the state that holds a secret."""
    return tuple(_secrets(state))


def _secrets(state: KnowledgeState) -> Iterator[Finding]:
    for name, text in (("summary", state.summary), ("ask", state.ask)):
        for kind in _kinds(text):
            yield _secret(kind, place=f"The {name}")
    for part, item in state.items():
        for kind in _kinds(*_texts(item)):
            yield _secret(kind, place="This item", part=part, item_id=item.id)


def _secret(kind: str, *, place: str, part: Part | None = None, item_id: str | None = None) -> Finding:
    message = f"{place} seems to hold something private: {kind}. Take it out before it leaves."
    return Finding(code="secret", part=part, item_id=item_id, message=message, severity=Severity.SECRET)


def _kinds(*texts: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(secret.kind for text in texts for secret in secrets(text)))


def _texts(item: Item) -> Iterator[str]:
    for field in fields(item):
        value = getattr(item, field.name)
        if type(value) is str and field.name not in _NO_TEXT:
            yield value
        if isinstance(value, Moment):
            yield value.words
    for evidence in item.evidence:
        yield evidence.quote


def _empty(state: KnowledgeState) -> Iterator[Finding]:
    for name, text in (("summary", state.summary), ("ask", state.ask)):
        yield from _phrases(text, place=name)
    for part, item in state.items():
        if item.origin is not Origin.FOUND:
            yield from _phrases(headline(part, item), place="line", part=part, item_id=item.id)


def _phrases(
    text: str, *, place: str, part: Part | None = None, item_id: str | None = None
) -> Iterator[Finding]:
    for span in empty_phrases(text)[:1]:  # one hint a line is help, three are nagging
        said = text[span.start : span.end].strip()
        message = f"“{said}” leaves the {place} open. What exactly, where, or since when?"
        yield Finding(code="empty_phrase", part=part, item_id=item_id, message=message)
