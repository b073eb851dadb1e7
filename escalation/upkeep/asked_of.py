"""What would the sender of a past handoff have been asked under another template? Pure."""

from escalation.knowledge.state import KnowledgeState, headline
from escalation.knowledge.words import PART_TITLES
from escalation.translation.asking import Asking
from escalation.upkeep.difference import Difference

LACKS = "Needed and not there"
FIELD = "Field of the receiver's"


def asked_differences(state: KnowledgeState, old: Asking, new: Asking) -> tuple[Difference, ...]:
    """This will name what would newly be asked for, and what no longer."""
    return (
        *_moved(LACKS, _lacking(state, old), _lacking(state, new)),
        *_moved(FIELD, _fields(old), _fields(new)),
    )


def _lacking(state: KnowledgeState, asking: Asking) -> tuple[str, ...]:
    return tuple(
        PART_TITLES[part]
        for part in asking.needs
        if not any(headline(part, item).strip() for item in state.part(part))
    )


def _fields(asking: Asking) -> tuple[str, ...]:
    return tuple(f"{each.label}, needed" if each.needed else each.label for each in asking.fields)


def _moved(label: str, before: tuple[str, ...], after: tuple[str, ...]) -> list[Difference]:
    gone = [Difference(label=label, before=each, after="") for each in before if each not in after]
    return gone + [Difference(label=label, before="", after=each) for each in after if each not in before]
