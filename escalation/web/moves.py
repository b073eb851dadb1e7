"""What does a press on one of the form's own buttons change?

With script off every change of a line is such a press: add, remove, up, down, accept, drop, undo. A
press is "verb:part:item"; it works on the state that was just posted, so nothing typed is lost.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Any

from escalation.guard.redaction import redact_state
from escalation.knowledge.state import Item, KnowledgeState, headline
from escalation.knowledge.words import Origin, Part
from escalation.web.posted import whole_number
from escalation.web.row import sealed, unsealed


@dataclass(frozen=True, kw_only=True, slots=True)
class Done:
    """What a press led to."""

    state: KnowledgeState
    part: Part | None = None  # where the page goes on
    words: str = ""
    undo: str = ""  # the press that takes it back


def carry_out(state: KnowledgeState, do: str, *, folded: Collection[str] = ()) -> Done:
    """This will do what the press says; an unknown one, or one for a line that is gone, changes nothing.

    A whole part is accepted without the lines that are ``folded`` away: nobody has seen them.
    """
    verb, _, rest = do.partition(":")
    name, _, item_id = rest.partition(":")
    if verb == "restore":
        return _restore(state, rest)
    if do == MASK_HEAD:
        return _mask_head(state)
    if verb == "accept_all" and name in set(Part):
        seen = tuple(each.id for each in state.part(Part(name)) if each.id not in folded)
        return _accept_these(state, Part(name), seen)
    if verb not in VERBS or name not in set(Part):
        return Done(state=state)
    return VERBS[verb](state, Part(name), item_id)


def _with(state: KnowledgeState, part: Part, items: tuple[Item, ...]) -> KnowledgeState:
    changed: dict[str, Any] = {part.value: items}
    return replace(state, **changed)


def _remove(state: KnowledgeState, part: Part, item_id: str) -> Done:
    item = state.find(item_id)
    if item is None:
        return Done(state=state, part=part)
    items = state.part(part)
    place = next((index for index, each in enumerate(items) if each.id == item_id), len(items))
    left = _with(state, part, tuple(each for each in items if each.id != item_id))
    undo = f"restore:{place}:{sealed(part, item)}"
    return Done(state=left, part=part, words=f"Removed “{headline(part, item)[:60]}”.", undo=undo)


def _restore(state: KnowledgeState, rest: str) -> Done:
    place, _, text = rest.partition(":")
    found = unsealed(text)
    if found is None or state.find(found[1].id) is not None:
        return Done(state=state)
    part, item = found
    items = list(state.part(part))
    at = whole_number(place)
    items.insert(len(items) if at is None else at, item)
    return Done(state=_with(state, part, tuple(items)), part=part)


def _accept(state: KnowledgeState, part: Part, item_id: str) -> Done:
    return _accept_these(state, part, (item_id,))


def _accept_these(state: KnowledgeState, part: Part, wanted: tuple[str, ...]) -> Done:
    waiting = [each.id for each in state.part(part) if each.id in wanted and each.origin is Origin.FOUND]
    items = tuple(_confirmed(each) if each.id in waiting else each for each in state.part(part))
    # Beyond that the way back would not fit into an address.
    undo = f"unaccept:{part}:{','.join(waiting)}" if 0 < len(waiting) <= MOST_UNDONE else ""
    words = f"Accepted {len(waiting)}." if waiting else ""
    return Done(state=_with(state, part, items), part=part, words=words, undo=undo)


def _unaccept(state: KnowledgeState, part: Part, item_ids: str) -> Done:
    wanted = item_ids.split(",")
    items = tuple(
        replace(each, origin=Origin.FOUND) if each.id in wanted and each.origin is Origin.CONFIRMED else each
        for each in state.part(part)
    )
    return Done(state=_with(state, part, items), part=part)


def _confirmed(item: Item) -> Item:
    return replace(item, origin=Origin.CONFIRMED) if item.origin is Origin.FOUND else item


def _mask(state: KnowledgeState, part: Part, item_id: str) -> Done:
    item = state.find(item_id)
    if item is None or item not in state.part(part):
        return Done(state=state, part=part)
    # No undo: it would carry the secret along in an address.
    clean, _ = redact_state(_with(KnowledgeState(), part, (item,)))
    masked = {item_id: clean.part(part)[0]}
    items = tuple(masked.get(each.id, each) for each in state.part(part))
    return Done(state=_with(state, part, items), part=part, words="Masked.")


def _mask_head(state: KnowledgeState) -> Done:
    clean, _ = redact_state(KnowledgeState(summary=state.summary, ask=state.ask))
    return Done(state=replace(state, summary=clean.summary, ask=clean.ask), words="Masked.")


def _swap(offset: int) -> Callable[[KnowledgeState, Part, str], Done]:
    def swap(state: KnowledgeState, part: Part, item_id: str) -> Done:
        items = list(state.part(part))
        place = next((index for index, each in enumerate(items) if each.id == item_id), None)
        if place is not None and 0 <= place + offset < len(items):
            items[place], items[place + offset] = items[place + offset], items[place]
        return Done(state=_with(state, part, tuple(items)), part=part)

    return swap


def _stay(state: KnowledgeState, part: Part, _item_id: str) -> Done:
    # Every part ends with an empty line, so saving is all it takes to get one more.
    return Done(state=state, part=part)


MOST_UNDONE = 40
MASK_HEAD = "mask:head:"  # the summary and the ask are no items
VERBS: dict[str, Callable[[KnowledgeState, Part, str], Done]] = {
    "add": _stay,
    "remove": _remove,
    "drop": _remove,
    "accept": _accept,
    "unaccept": _unaccept,
    "mask": _mask,
    "up": _swap(-1),
    "down": _swap(1),
}
