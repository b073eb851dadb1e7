"""How are the sums of thousands of tallies kept, so that they are added up as columns? Pure.

A page of figures adds up the days and weeks of every route. As JSON their sums were read one by one, which
was a third of the page; as columns of floats they are added in one pass. And all kinds of one route's day
stand in one body, with what a table by kind shows of them: one row is read in the place of twenty.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from struct import Struct
from typing import Final

import numpy as np
from numpy.typing import NDArray

from escalation.metrics import sketch

Numbers = Mapping[str, tuple[float, int]]  # a measure to its sum, and to how many it could be said of

# The order is written into the rows: add at the end, and never take one out.
SUMMED: Final = (
    *("returned", "asked", "tossed", "first_time_right", "redone", "redone_steps", "guess_right"),
    *("level_one_could", "overridden", "junk", "promised_s", "waiting_s", "on_user_s", "undisclosed"),
    *("listed_steps", "stated", "open_s"),
    *("user_seen", "user_accepted", "user_engaged", "user_rebuild", "user_diagnosing", "user_resolved"),
    *("to_seen", "to_accepted", "to_engaged", "rebuild", "diagnosing", "to_resolved"),
)
# What a table by kind shows: the figures, and what they are reckoned from. A change counts LAYOUT up.
IN_BRIEF: Final = ("effort", "rebuild", "to_resolved", "first_time_right", "returned", "on_user_s")
BRIEF_SPANS: Final = ("effort", "rebuild", "to_resolved")
BRIEF_NUMBERS: Final = (
    *("first_time_right", "returned", "on_user_s", "open_s"),
    *("rebuild", "user_rebuild", "to_resolved", "user_resolved"),
)
LAYOUT: Final = 1
NOTHING: Final[tuple[float, int]] = (0.0, 0)
_PAIR: Final = 16  # bytes of a sum and of how many
_HEAD: Final = Struct("<4I")  # the layout, how many kinds, the bytes of their names, the bytes they fill
_SLOTS: Final = len(BRIEF_SPANS) * sketch.BUCKETS  # fit into the bits that a count leaves
_COUNT_BITS: Final = np.uint32(19)
_MOST: Final = np.uint32(2**19 - 1)

Floats = NDArray[np.float64]


def written(numbers: Numbers) -> bytes:
    """This will write the sums of one tally."""
    return np.array([numbers.get(key, NOTHING) for key in SUMMED], dtype=np.float64).tobytes()


def summed(bodies: Iterable[bytes]) -> dict[str, tuple[float, int]]:
    """This will add up what was written, also by a version that knew fewer or more measures."""
    full = len(SUMMED) * _PAIR
    whole = [body if len(body) == full else body[:full].ljust(full, b"\0") for body in bodies]
    added = np.frombuffer(b"".join(whole), dtype=np.float64).reshape(len(whole), len(SUMMED), 2).sum(axis=0)
    return {key: (total, int(of)) for key, (total, of) in zip(SUMMED, added.tolist(), strict=True)}


@dataclass(frozen=True, kw_only=True, slots=True)
class Brief:
    """What the handoffs of one kind come to, as far as a table by kind shows it; ``spans`` as a sketch's."""

    dimension: str
    value: str
    sent: int
    numbers: Numbers
    spans: bytes  # codes as ``sketch.written`` writes them, rows being those of BRIEF_SPANS


@dataclass(frozen=True, kw_only=True, slots=True)
class Together:
    """Many briefs added up, a row for each kind."""

    kinds: tuple[tuple[str, str], ...]  # dimension and value
    sent: Floats
    numbers: Floats  # kind, measure of BRIEF_NUMBERS, (sum, of how many)
    spans: Floats  # kind, measure of BRIEF_SPANS, bucket


def folded(kinds: Iterable[Brief]) -> bytes:
    """This will write the kinds of one route's day or week."""
    every = tuple(kinds)
    names = "\0".join(text for each in every for text in (each.dimension, each.value)).encode()
    filled = -len(names) % 8
    codes = [_narrow(each.spans) for each in every]
    numbers = [each.numbers.get(key, NOTHING) for each in every for key in BRIEF_NUMBERS]
    return b"".join(
        (
            _HEAD.pack(LAYOUT, len(every), len(names), len(names) + filled),
            names.ljust(len(names) + filled, b"\0"),
            np.array([each.sent for each in every], dtype=np.float64).tobytes(),
            np.array(numbers, dtype=np.float64).tobytes(),
            np.array([len(column) for column in codes], dtype=np.uint32).tobytes(),
            *(column.tobytes() for column in codes),
        )
    )


def _narrow(spans: bytes) -> NDArray[np.uint32]:
    """A slot and its count in four bytes: half of what is read. A count beyond the bits is said in pieces."""
    slots, counts = sketch.read(spans)
    pieces = np.maximum(1, -(-counts // int(_MOST)))
    last = np.cumsum(pieces) - 1
    said = np.full(int(pieces.sum()), _MOST, dtype=np.uint32)
    said[last] = counts - (pieces - 1) * int(_MOST)
    return (np.repeat(slots, pieces).astype(np.uint32) << _COUNT_BITS) | said


def readable(body: bytes | None) -> bool:
    """This will say whether a body is there, and of this layout."""
    return body is not None and len(body) >= _HEAD.size and _HEAD.unpack_from(body)[0] == LAYOUT


def unfolded(bodies: Iterable[bytes]) -> Together:
    """This will add up, kind by kind, what was written; the bodies are of this layout."""
    known: dict[tuple[str, str], int] = {}
    places: list[int] = []  # of each kind of each body, the row it is added to
    sent, numbers, codes, lengths = [], [], [], []
    for body in bodies:
        _, count, named, filled = _HEAD.unpack_from(body)
        at = _HEAD.size
        texts = body[at : at + named].decode().split("\0") if count else []
        places += [known.setdefault(pair, len(known)) for pair in zip(texts[::2], texts[1::2], strict=True)]
        floats = np.frombuffer(body, np.float64, count * (1 + 2 * len(BRIEF_NUMBERS)), at + filled)
        sent.append(floats[:count])
        numbers.append(floats[count:])
        narrow = np.frombuffer(body, np.uint32, offset=at + filled + floats.nbytes)
        lengths.append(narrow[:count])
        codes.append(narrow[count:])
    if not known:
        return Together(
            kinds=(),
            sent=np.zeros(0),
            numbers=np.zeros((0, len(BRIEF_NUMBERS), 2)),
            spans=np.zeros((0, len(BRIEF_SPANS), sketch.BUCKETS)),
        )
    rows = np.array(places, dtype=np.int64)
    return Together(
        kinds=tuple(known),
        sent=_added(rows, np.concatenate(sent), len(known)),
        numbers=_by_row(rows, np.concatenate(numbers).reshape(len(rows), -1), len(known)),
        spans=_counted(np.repeat(rows, np.concatenate(lengths)), np.concatenate(codes), len(known)),
    )


def _added(rows: NDArray[np.int64], weights: Floats, count: int) -> Floats:
    return np.asarray(np.bincount(rows, weights=weights, minlength=count), dtype=np.float64)


def _by_row(rows: NDArray[np.int64], numbers: Floats, count: int) -> Floats:
    added = [_added(rows, column, count) for column in numbers.T]
    return np.array(added).T.reshape(count, len(BRIEF_NUMBERS), 2)


def _counted(rows: NDArray[np.int64], packed: NDArray[np.uint32], count: int) -> Floats:
    places = rows * _SLOTS + (packed >> _COUNT_BITS)
    added = _added(places, (packed & _MOST).astype(np.float64), count * _SLOTS)
    return added.reshape(count, len(BRIEF_SPANS), sketch.BUCKETS)
