"""Which two items cannot both be true?

Two statements about the same thing, one saying it works and one saying it does not. Both stay: who
reads them decides. A statement about the past contradicts nothing about the present.
"""

import re
from collections.abc import Sequence
from itertools import combinations

from escalation.knowledge.state import Item, headline
from escalation.knowledge.words import Part

Contradiction = tuple[str, str, str]  # the ids of the two items, and a sentence that shows both

LIMIT = 10
COMPARED = 60  # facts; more are a pasted file, and comparing pairs grows with the square
_NEGATIVE = re.compile(
    r"\b(?:not|no|never|cannot|can['’]?t|won['’]?t|\w+n['’]t|fails?|failed|failing|locked|disabled|"
    r"expired|inactive|unsupported|down|offline|broken|unreachable|"
    r"nicht|kein\w*|pas|plus|niet|geen)\b|ません|できない",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:was|were|had|worked|used to|until|before|previously|yesterday|last|on (?:mon|tues|wednes|"
    r"thurs|fri|satur|sun)day|gestern|war|hier|était|ayer|antes)\b",
    re.IGNORECASE,
)
_STATE = (
    "active locked unlocked enabled disabled valid expired inactive supported unsupported up down online "
    "offline "
    "reachable unreachable works work working fails fail failed fine ok broken"
)
_EMPTY = (
    "the a an and or of to in on at for with from by is are was were be been it its this that i we he "
    "she they my our your his her their not no never can cannot cant does doesnt do dont did didnt "
    "will wont has have had all any only still also just now very user"
)


def contradictions(found: Sequence[tuple[Part, Item]]) -> tuple[Contradiction, ...]:
    """This will return the pairs of facts that speak against each other, in the order they were said."""
    facts = [(item.id, headline(part, item)) for part, item in found if part is Part.FACTS][:COMPARED]
    pairs = [
        (first[0], second[0], f"“{first[1]}” / “{second[1]}”")
        for first, second in combinations(facts, 2)
        if _against(first[1], second[1])
    ]
    return tuple(pairs[:LIMIT])


def _against(first: str, second: str) -> bool:
    if _PAST.search(first) or _PAST.search(second):
        return False
    if bool(_NEGATIVE.search(first)) == bool(_NEGATIVE.search(second)):
        return False
    ours, theirs = _content(first), _content(second)
    shared = ours & theirs
    return (
        bool(shared)
        and len(shared) >= 0.6 * min(len(ours), len(theirs))
        and len(shared) * 3 >= len(ours | theirs)
    )


def _content(text: str) -> set[str]:
    """The words that name the thing, without the words that say its state."""
    words = set(re.findall(r"\w+", re.sub(r"['’]", "", text.lower())))
    return words - set(_EMPTY.split()) - set(_STATE.split())
