"""Which of the lines that were found need to be read first, and which only say again or say less?

A long ticket suggests thirty lines, and whoever has to read thirty lines to say yes types two instead. The
most telling ones stand open, as many as are read in about half a minute; the others wait in the same part
behind one press, and nothing is dropped. What is said again goes there first, then what tells the receiver
least.
"""

import re
from dataclasses import fields

from escalation.knowledge.state import (
    Availability,
    Business,
    Diagnostic,
    Fact,
    Item,
    KnowledgeState,
    Moment,
    Remediation,
    headline,
)
from escalation.knowledge.words import Origin, Outcome, Part, Role, Standing

MOST_WORDS = 92  # read in about half a minute
SAID_AGAIN = 0.6  # of a line's telling words, that stand in one better line
FEWEST_TELLING = 3  # "both fine" says nothing without the lines around it
_WORD = re.compile(r"\w[\w.:/@'-]*")
_SMALL = frozenset(
    """
    the and for with this that was were are had has have not but you she her his him they them its from into
    since when then there here also just now out can all any too very did does been will would what which who
    """.split()  # noqa: SIM905  # a table is read in columns
)


Found = tuple[Part, Item]


def later(state: KnowledgeState) -> tuple[str, ...]:
    """This will return the ids of the suggestions that may wait, in the order of the form."""
    found = [(part, item) for part, item in state.items() if item.origin is Origin.FOUND]
    told, left, first = [_telling(state.summary), _telling(state.ask)], MOST_WORDS, set[str]()
    for part, item in _best_of_each_part_first(found):
        text = _text(part, item)
        telling, length = _telling(text), len(_WORD.findall(text))
        if length > left or len(telling) < FEWEST_TELLING or _said_again(telling, told):
            continue
        first.add(item.id)
        told.append(telling)
        left -= length
    return tuple(item.id for _, item in found if item.id not in first)


def _best_of_each_part_first(found: list[Found]) -> list[Found]:
    first: list[Found] = []
    rest: list[Found] = []
    for each in sorted(found, key=lambda each: -_worth(each[1])):
        (rest if any(each[0] is part for part, _ in first) else first).append(each)
    return [*first, *rest]


def _worth(item: Item) -> int:
    """What a line tells the receiver; what the technician wrote counts before what the user said."""
    by_technician = any(each.author_role is Role.TECHNICIAN for each in item.evidence)
    return 2 * _holds(item) + by_technician


def _holds(item: Item) -> int:
    match item:
        case Fact():
            return 2 * (item.standing in (Standing.CONFIRMED, Standing.RULED_OUT))
        case Diagnostic():
            return 2 * bool(item.error_code) + bool(item.observation)
        case Remediation():
            return item.outcome is not Outcome.UNKNOWN
        case Business():
            return bool(item.impact) + bool(item.deadline) + (item.affected_count is not None)
        case Availability():
            return 2 * bool(item.windows) + bool(item.channel)
        case _:
            return 0


def _text(part: Part, item: Item) -> str:
    """The line with its small fields, as it is read."""
    said = [headline(part, item)]
    for field in fields(item):
        value = getattr(item, field.name)
        text = value.words if isinstance(value, Moment) else value
        if type(text) is str and field.name not in {"id", "origin"} and text not in said[0]:
            said.append(text)
    return " ".join(said)


def _telling(text: str) -> frozenset[str]:
    words = (word.strip(".:/@'-").casefold() for word in _WORD.findall(text))
    return frozenset(word for word in words if len(word) > 2 and word not in _SMALL)


def _said_again(telling: frozenset[str], told: list[frozenset[str]]) -> bool:
    return any(len(telling & other) >= SAID_AGAIN * len(telling) for other in told)
