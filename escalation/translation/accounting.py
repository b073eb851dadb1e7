"""What of a state did not make it into a draft, said item by item?

Called with the finished fields: whatever item is then neither in a field nor named gets its loss here,
so that nothing vanishes, whichever way it got lost.
"""

from collections.abc import Iterator, Mapping, Sequence

from escalation.knowledge.state import KnowledgeState
from escalation.knowledge.words import PART_TITLES
from escalation.translation.draft import Field, Loss
from escalation.translation.plain import flat
from escalation.translation.sections import Text


def cut_fields(fields: Sequence[Field], *, limits: Mapping[str, int]) -> Iterator[Loss]:
    """This will name every field that was cut."""
    for each in fields:
        if each.cut:
            limit = f" at {limits[each.name]} characters" if each.name in limits else ""
            yield Loss(what=f"{each.label} is cut{limit}.", field=each.name)


def shortened_items(state: KnowledgeState, text: Text, *, field: Field) -> Iterator[Loss]:
    """This will name every item whose line was shortened or left out of a text that was full."""
    where = field.label.lower()
    for part, item in state.items():
        if item.id in text.dropped:
            what = f"{PART_TITLES[part]}: a line or its evidence is left out; the {where} is full."
        elif item.id in text.shortened:
            what = f"{PART_TITLES[part]}: a line is shortened; the {where} is full."
        else:
            continue
        yield Loss(what=what, part=part, item_id=item.id, field=field.name)


def unplaced(
    state: KnowledgeState, fields: Sequence[Field], losses: Sequence[Loss], *, record: str
) -> Iterator[Loss]:
    """This will name every item and file that is in no field and in no loss yet."""
    known = {item for each in fields for item in each.items} | {each.item_id for each in losses}
    for part, item in state.items():
        if item.id not in known:
            what = f"{PART_TITLES[part]}: an item is in no field of the {record.lower()}."
            yield Loss(what=what, part=part, item_id=item.id)
    for file in state.files:
        if file.id not in known:
            what = f"The file {flat(file.name)} is not named in the text, for want of room."
            yield Loss(what=what)
