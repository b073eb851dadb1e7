"""How are medians known of many spans without keeping each of them? Pure.

Spans are counted in buckets, each a fiftieth wider than the one before, as in DDSketch (Masson, Rim, Lee,
VLDB 2019). Counts of days add up to those of months, and any percentile is right to one part in a hundred.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

EXACT: Final = 0.01  # the relative error
_GROWTH: Final = (1 + EXACT) / (1 - EXACT)
SHORTEST: Final = 0.01  # seconds; what is shorter counts as nothing
BUCKETS: Final = 2048  # the last but one holds spans of billions of years
_COUNT_BITS: Final = np.uint64(32)
_COUNT: Final = np.uint64(2**32 - 1)

Counts = NDArray[np.float64]  # how many in each bucket, one row for each measure


def buckets(spans: NDArray[np.float64]) -> NDArray[np.int64]:
    """This will return the bucket of each span in seconds; 0 of one that is as good as none."""
    wide = np.ceil(np.log(np.maximum(spans, SHORTEST) / SHORTEST) / np.log(_GROWTH) - 1e-9)
    return np.asarray(np.minimum(wide, BUCKETS - 1), dtype=np.int64)


def written(codes: NDArray[np.int64]) -> bytes:
    """This will write codes (row * BUCKETS + bucket), repeated as often as they were met."""
    known, counts = np.unique(codes, return_counts=True)
    return _packed(known, counts)


def read(body: bytes) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """This will return the codes that were written, and how often each was met."""
    packed = np.frombuffer(body, dtype=np.uint64)
    return (packed >> _COUNT_BITS).astype(np.int64), (packed & _COUNT).astype(np.int64)


def rows_of(body: bytes, rows: Sequence[int]) -> bytes:
    """This will keep these rows of what was written, in this order and numbered anew from 0."""
    codes, counts = read(body)
    row, bucket = np.divmod(codes, BUCKETS)
    kept = [_packed(bucket[row == old] + new * BUCKETS, counts[row == old]) for new, old in enumerate(rows)]
    return b"".join(kept)


def together(bodies: list[bytes], *, rows: int) -> Counts:
    """This will add up what was written; ``rows`` is how many measures there are."""
    codes, counts = read(b"".join(bodies))
    added = np.bincount(codes, weights=counts, minlength=rows * BUCKETS)
    return np.asarray(added, dtype=np.float64).reshape(rows, BUCKETS)


def percentile(counts: Counts, share: float) -> float | None:
    """This will return the span below which that share of one measure lies, in seconds, interpolated."""
    return percentiles(counts, (share,))[0]


def percentiles(counts: Counts, shares: Sequence[float]) -> list[float | None]:
    """This will return the same of several shares, for which it is counted up once."""
    reached = np.cumsum(counts)
    total = int(reached[-1])
    if not total:
        return [None] * len(shares)
    places = [(total - 1) * share for share in shares]
    ranks = [rank for place in places for rank in _ranks(place, total)]
    spans = [_span(bucket) for bucket in reached.searchsorted(ranks, side="right").tolist()]
    return [
        below + (above - below) * (place - int(place))
        for place, below, above in zip(places, spans[::2], spans[1::2], strict=True)
    ]


def many_percentiles(counts: Counts, shares: Sequence[float | NDArray[np.float64]]) -> NDArray[np.float64]:
    """This will return the same of many measures at once, a column for each share; NaN of one without any.

    A share is a number, or one for each measure.
    """
    occupied = np.flatnonzero(counts.reshape(-1, BUCKETS).any(axis=0))
    reached = np.cumsum(counts[..., : occupied[-1] + 1 if len(occupied) else 1], axis=-1)
    total = reached[..., -1]
    found = np.full((*total.shape, len(shares)), np.nan)
    for column, share in enumerate(shares):
        place = np.maximum(total - 1, 0) * share
        ranks = np.floor(place), np.minimum(np.floor(place) + 1, np.maximum(total - 1, 0))
        buckets_of = ((reached <= rank[..., None]).sum(axis=-1) for rank in ranks)
        below, above = (_SPANS[np.minimum(each, BUCKETS - 1)] for each in buckets_of)
        found[..., column] = np.where(total > 0, below + (above - below) * (place - ranks[0]), np.nan)
    return found


def _packed(codes: NDArray[np.int64], counts: NDArray[np.int64]) -> bytes:
    return bytes(((codes.astype(np.uint64) << _COUNT_BITS) | counts.astype(np.uint64)).tobytes())


def _ranks(place: float, total: int) -> tuple[int, int]:
    return int(place), min(int(place) + 1, total - 1)


def _span(bucket: int) -> float:
    # The middle of the bucket by ratio, so that the error is the same on both sides.
    return 0.0 if bucket == 0 else float(SHORTEST * _GROWTH**bucket * 2 / (1 + _GROWTH))


_SPANS: Final = np.array([_span(bucket) for bucket in range(BUCKETS)])
