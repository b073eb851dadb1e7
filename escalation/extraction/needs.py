"""Which few letters must a text hold before a pattern can match at all?

Hundreds of patterns look at every sentence and hardly any of them matches. From the pattern itself
this derives sets of short pieces of which a matching text must hold one; comparing sets costs a tenth
of running the pattern. A pattern that promises nothing is always run: gating is never allowed to
change what is found (``tests/core/extraction/test_needs.py`` holds it to that).
"""

import re
from collections.abc import Iterable
from importlib import import_module
from itertools import pairwise, product
from typing import Any

DIGIT = "\\d"  # stands among the pieces of a text that holds any digit
_MOST = 400  # alternatives a pattern may spell out before a part of it is passed over
_SIZE = 3
_CLASS = 8  # characters a class may hold to be spelled out
_COMMON = {1: 5, 2: 8, 3: 1}
_parser: Any = import_module("re._parser")  # the standard library's own reading of a pattern

Needs = frozenset[str] | None


def pieces(text: str) -> frozenset[str]:
    """This will return every piece of one to three characters of ``text``, whatever its case."""
    folded = text.casefold()
    found = set(folded)
    found.update(map("".join, pairwise(folded)))
    found.update(map("".join, zip(folded, folded[1:], folded[2:], strict=False)))
    if re.search(r"\d", folded):
        found.add(DIGIT)
    return frozenset(found)


def needs(pattern: re.Pattern[str]) -> Needs:
    """This will return pieces of which every match holds one, or None when there are none."""
    return _of(_parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG))


def may_match(wanted: Needs, held: frozenset[str]) -> bool:
    """This will tell whether a text with the pieces ``held`` is worth trying."""
    return wanted is None or not wanted.isdisjoint(held)


def _of(sequence: Iterable[Any]) -> Needs:
    """The best of what the parts of a sequence promise: the fewest pieces, letters before digits."""
    promised: list[frozenset[str]] = []
    run: frozenset[str] = frozenset({""})
    for operation, argument in sequence:
        spelled = _spelled(str(operation), argument)
        joined = _joined(run, spelled) if spelled is not None else None
        if joined is not None:
            run = joined
            continue
        _promise(promised, run)
        inner = _inner(str(operation), argument)
        if inner is not None:
            promised.append(inner)
        run = spelled if spelled is not None else frozenset({""})
    _promise(promised, run)
    return min(promised, key=_cost, default=None)


def _cost(promised: frozenset[str]) -> int:
    """How many sentences would pass: short pieces are common, letters and digits alone most of all."""
    return sum(_COMMON[len(piece)] if not piece.isalnum() or len(piece) > 1 else 30 for piece in promised)


def _promise(promised: list[frozenset[str]], run: frozenset[str]) -> None:
    if all(run):
        promised.append(frozenset(_piece(word) for word in run))


def _piece(word: str) -> str:
    """The piece of a word that says most: one without blanks, if it has one."""
    every = [word[at : at + _SIZE] for at in range(max(1, len(word) - _SIZE + 1))]
    return next((piece for piece in every if " " not in piece), every[0])


def _joined(left: frozenset[str], right: frozenset[str]) -> frozenset[str] | None:
    if len(left) * len(right) > _MOST:
        return None
    return frozenset(first + second for first, second in product(left, right))


def _spelled(operation: str, argument: Any) -> frozenset[str] | None:
    """Every string this part can match, in folded case, if they are few; None otherwise."""
    found: frozenset[str] | None = None
    match operation:
        case "LITERAL":
            found = frozenset({chr(argument).casefold()})
        case "AT" | "ASSERT" | "ASSERT_NOT":
            found = frozenset({""})
        case "IN" if len(argument) <= _CLASS and all(str(kind) == "LITERAL" for kind, _ in argument):
            found = frozenset(chr(code).casefold() for _, code in argument)
        case "SUBPATTERN":
            found = _all_spelled(argument[3])
        case "ATOMIC_GROUP":
            found = _all_spelled(argument)
        case "BRANCH":
            branches = [_all_spelled(branch) for branch in argument[1]]
            found = None if None in branches else frozenset().union(*(branch or () for branch in branches))
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT" if tuple(argument[:2]) in ((0, 1), (1, 1)):
            once = _all_spelled(argument[2])
            found = once if once is None or argument[0] else once | {""}
    return found


def _all_spelled(sequence: Iterable[Any]) -> frozenset[str] | None:
    run: frozenset[str] | None = frozenset({""})
    for operation, argument in sequence:
        spelled = _spelled(str(operation), argument)
        run = _joined(run, spelled) if run is not None and spelled is not None else None
        if run is None:
            return None
    return run


def _inner(operation: str, argument: Any) -> Needs:
    """What a part promises that has too many forms to spell out."""
    match operation:
        case "SUBPATTERN":
            return _of(argument[3])
        case "ATOMIC_GROUP":
            return _of(argument)
        case "BRANCH":
            every = [_of(branch) for branch in argument[1]]
            return (
                None
                if any(each is None for each in every)
                else frozenset().union(*(each or () for each in every))
            )
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT" if argument[0] >= 1:
            return _of(argument[2])
        case "IN" if [str(code) for kind, code in argument if str(kind) == "CATEGORY"] == [
            "CATEGORY_DIGIT"
        ] and len(argument) == 1:
            return frozenset({DIGIT})
    return None
