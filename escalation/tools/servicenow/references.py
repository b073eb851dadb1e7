"""Which configuration item, service, group and change does the incident name?

A link at least as sure as ``rules.fill_at`` is filled in with its reasons; a less sure one becomes a
question with up to three candidates; nothing is ever guessed. A group that the rules choose for what was
linked goes first, then one that owns the filled-in configuration item, then one found in the text. Pure.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from escalation.knowledge.state import KnowledgeState
from escalation.linking.entries import CatalogEntry, EntryKind, Link
from escalation.tools.servicenow.vocabulary import LABELS
from escalation.translation.chosen import chosen
from escalation.translation.draft import Choice, Field, Question
from escalation.translation.given import Given
from escalation.translation.lines import line
from escalation.translation.plain import flat

MOST_CHOICES: Final = 3
_PROMPTS: Final[dict[str, str]] = {
    "cmdb_ci": "Which configuration item is it?",
    "business_service": "Which service is hit?",
    "assignment_group": "Which group should get it?",
    "caused_by": "Which change is the suspected cause?",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """What came of one reference field: a field, a question, or neither."""

    field: Field | None = None
    question: Question | None = None


def references(state: KnowledgeState, given: Given) -> tuple[Found, ...]:
    """This will decide the four reference fields, in the order of the form."""
    texts = _texts(state, given)
    ci = _decide("cmdb_ci", _links(given, EntryKind.CONFIGURATION_ITEM), given, texts)
    around = _around(ci.field, given)
    services = _preferring(around, given, EntryKind.BUSINESS_SERVICE)
    groups = _preferring(around, given, EntryKind.ASSIGNMENT_GROUP)
    service = _decide("business_service", services, given, texts)
    return (
        service,
        ci,
        _ruled_group((ci.field, service.field), given) or _decide("assignment_group", groups, given, texts),
        _decide("caused_by", _links(given, EntryKind.CHANGE), given, texts),
    )


def _links(given: Given, kind: EntryKind) -> tuple[Link, ...]:
    return given.links.get(kind, ())


def _around(ci: Field | None, given: Given) -> tuple[CatalogEntry, Field] | None:
    entry = given.entries.get(str(ci.value)) if ci else None
    return (entry, ci) if entry is not None and ci is not None else None


def _preferring(around: tuple[CatalogEntry, Field] | None, given: Given, kind: EntryKind) -> tuple[Link, ...]:
    """The links of a kind, with what belongs to the filled-in configuration item in front."""
    found = _links(given, kind)
    if around is None:
        return found
    ci, field = around
    owned = tuple(
        Link(
            entry_id=entry.id,
            kind=kind,
            name=entry.name,
            score=field.score if field.score is not None else 1.0,
            because=(f"it belongs to {flat(ci.name)}",),
        )
        for entry in (given.entries.get(each) for each in ci.related)
        if entry is not None and entry.kind is kind
    )
    known = {each.entry_id for each in owned}
    return owned + tuple(each for each in found if each.entry_id not in known)


def _ruled_group(linked: tuple[Field | None, ...], given: Given) -> Found | None:
    """The group that the rules choose for the item or service that was linked; an answer beats it."""
    name = "assignment_group"
    word, value = chosen(given.rules, name, said=" ".join(each.shown for each in linked if each))
    if not value or name in given.answers:
        return None
    entry = given.entries.get(value)
    shown = flat(entry.name) if entry else value
    because = f"the route's rule for “{word}”"
    return Found(field=Field(name=name, label=LABELS[name], value=value, shown=shown, because=because))


def _decide(name: str, links: tuple[Link, ...], given: Given, texts: Mapping[str, str]) -> Found:
    if name in given.answers:
        return Found(field=_answered(name, links, given, texts))
    best = links[0] if links else None
    if best is not None and best.score >= given.rules.fill_at:
        return Found(field=_filled(name, best, given, texts))
    choices = tuple(_choice(each) for each in links[:MOST_CHOICES] if each.score >= given.rules.ask_at)
    if not choices:
        return Found()
    return Found(question=Question(field=name, prompt=_PROMPTS[name], choices=choices))


def _choice(link: Link) -> Choice:
    return Choice(value=link.entry_id, label=flat(link.name), score=link.score, because=flat(link.surest))


def _filled(name: str, link: Link, given: Given, texts: Mapping[str, str]) -> Field:
    because = _because(link)
    if name == "caused_by":
        because = f"suspected, unproven; {because}" if because else "suspected, unproven"
    return Field(
        name=name,
        label=LABELS[name],
        value=link.entry_id,
        shown=flat(link.name),
        items=_items_naming(given.entries.get(link.entry_id), texts),
        because=because,
        score=link.score,
    )


def _answered(name: str, links: tuple[Link, ...], given: Given, texts: Mapping[str, str]) -> Field | None:
    value = flat(given.answers[name])
    if not value:
        return None
    entry = given.entries.get(value)
    shown = next((each.name for each in links if each.entry_id == value), entry.name if entry else value)
    return Field(
        name=name,
        label=LABELS[name],
        value=value,
        shown=flat(shown),
        items=_items_naming(entry, texts),
        because="chosen by the technician",
    )


def _because(link: Link) -> str:
    return "; ".join(each for each in map(flat, link.because) if each)


def _texts(state: KnowledgeState, given: Given) -> dict[str, str]:
    today = given.now.date()
    return {item.id: line(item, today=today).casefold() for _, item in state.items()}


def _items_naming(entry: CatalogEntry | None, texts: Mapping[str, str]) -> tuple[str, ...]:
    """The items in which the entry stands by name, alias or host."""
    if entry is None:
        return ()
    names = tuple(_names(entry))
    return tuple(item for item, text in texts.items() if any(each in text for each in names))


def _names(entry: CatalogEntry) -> Iterator[str]:
    for each in (entry.name, *entry.aliases, *entry.hosts):
        name = flat(each).casefold()
        if len(name) >= 3:  # shorter than that it stands in any text by accident
            yield name
