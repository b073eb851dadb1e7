"""Which component and which affected version does the issue name?

A link at least as sure as ``rules.fill_at`` is filled in with its reasons; a less sure one becomes a
question with up to three candidates; nothing is ever guessed. On a further hop, what the tier before
found and named goes ahead of what the first words of the case name: the user sees the dashboard, the
diagnosis names the gateway. Ids in our catalog are "PLAT/component/10010", because Jira counts components
and versions separately. Pure.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from escalation.knowledge.state import KnowledgeState
from escalation.knowledge.words import Origin
from escalation.linking.entries import CatalogEntry, EntryKind, Link
from escalation.tools.jira.vocabulary import LABELS
from escalation.translation.draft import Choice, Field, Question
from escalation.translation.given import Given
from escalation.translation.lines import line
from escalation.translation.plain import flat
from escalation.translation.times import utc

MOST_CHOICES: Final = 3
KINDS: Final[dict[str, EntryKind]] = {
    "components": EntryKind.COMPONENT,
    "versions": EntryKind.VERSION,
}
_PROMPTS: Final[dict[str, str]] = {
    "components": "Which component is it?",
    "versions": "Which version is affected?",
}


def entry_id(project: str, kind: EntryKind, number: str) -> str:
    """This will return the id under which our catalog knows a component or version."""
    return f"{project}/{kind.value}/{number}"


def references(state: KnowledgeState, given: Given) -> tuple[tuple[Field, ...], tuple[Question, ...]]:
    """This will decide components and affected versions: the fields, and what is left to ask."""
    texts = _texts(state, given)
    fields: list[Field] = []
    questions: list[Question] = []
    for name, kind in KINDS.items():
        links = _found_since(_links(given, kind), state, given)
        if name in given.answers:
            fields.extend(_answered(name, links, given, texts))
        elif links and links[0].score >= given.rules.fill_at:
            fields.append(_filled(name, links[0], given, texts))
        else:
            questions.extend(_asked(name, links, given))
    return tuple(fields), tuple(questions)


def _links(given: Given, kind: EntryKind) -> tuple[Link, ...]:
    """The links of a kind; of another project's components none can be set."""
    project = flat(given.rules.defaults.get("project", ""))
    found = given.links.get(kind, ())
    return tuple(each for each in found if not project or each.entry_id.startswith(f"{project}/"))


def _found_since(links: tuple[Link, ...], state: KnowledgeState, given: Given) -> tuple[Link, ...]:
    """The links, with one in front that what is new on this hop names; as sure as the one it displaces."""
    inherited = {item.id for _, item in state.items() if item.origin is Origin.INHERITED}
    if not inherited or not links:
        return links
    new = {item: text for item, text in _texts(state, given).items() if item not in inherited}
    for link in links:
        if _items_naming(link.name, given.entries.get(link.entry_id), new):
            because = ("named in what was found since", *link.because)
            first = replace(link, score=links[0].score, because=because)
            return (first, *(each for each in links if each.entry_id != link.entry_id))
    return links


def _asked(name: str, links: tuple[Link, ...], given: Given) -> tuple[Question, ...]:
    choices = tuple(
        Choice(
            value=each.entry_id,
            label=flat(each.name),
            score=each.score,
            because=_because(replace(each, because=(each.surest,)), given.entries.get(each.entry_id)),
        )
        for each in links[:MOST_CHOICES]
        if each.score >= given.rules.ask_at
    )
    return (Question(field=name, prompt=_PROMPTS[name], choices=choices),) if choices else ()


def _filled(name: str, link: Link, given: Given, texts: Mapping[str, str]) -> Field:
    entry = given.entries.get(link.entry_id)
    because = _because(link, entry)
    if name == "versions":
        because = f"suspected, unproven; {because}" if because else "suspected, unproven"
    return Field(
        name=name,
        label=LABELS[name],
        value=[_value(link.entry_id)],
        shown=flat(link.name),
        items=_items_naming(link.name, entry, texts),
        because=because,
        score=link.score,
        entry=link.entry_id,
    )


def _answered(
    name: str, links: tuple[Link, ...], given: Given, texts: Mapping[str, str]
) -> tuple[Field, ...]:
    answer = flat(given.answers[name])
    if not answer:
        return ()
    entry = given.entries.get(answer)
    linked = next((each.name for each in links if each.entry_id == answer), "")
    shown = flat(entry.name if entry else linked or answer)
    return (
        Field(
            name=name,
            label=LABELS[name],
            value=[_value(answer)],
            shown=shown,
            items=_items_naming(shown, entry, texts),
            because="chosen by the technician",
            entry=entry.id if entry else "",
        ),
    )


def _value(chosen: str) -> dict[str, Any]:
    """An id where it is one of our catalog; what a person typed is a name."""
    number = chosen.rpartition("/")[2]
    if "/" in chosen and number.isascii() and number.isdigit():
        return {"id": number}
    return {"name": chosen}


def _because(link: Link, entry: CatalogEntry | None) -> str:
    reasons = [flat(each) for each in link.because]
    released = entry.released_at if entry else None
    if released and not any(each.startswith("released") for each in reasons):
        reasons.append(f"released {utc(released)}")
    return "; ".join(each for each in reasons if each)


def _texts(state: KnowledgeState, given: Given) -> dict[str, str]:
    today = given.now.date()
    return {item.id: line(item, today=today).casefold() for _, item in state.items()}


def _items_naming(name: str, entry: CatalogEntry | None, texts: Mapping[str, str]) -> tuple[str, ...]:
    """The items in which the entry stands by name, alias or host."""
    more = (*entry.aliases, *entry.hosts) if entry else ()
    names = [flat(each).casefold() for each in (name, *more)]
    # Shorter than three characters it stands in any text by accident.
    known = [each for each in names if len(each) >= 3]
    return tuple(item for item, text in texts.items() if any(each in text for each in known))
