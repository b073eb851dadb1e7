"""How long does a delivery wait before its next try? Pure.

The spread comes from the delivery's key, not from chance: rows that failed together come back apart,
and a test that plays the same history sees the same times.
"""

import hashlib

FIRST_S = 2.0
LONGEST_S = 600.0
# A tool that asked for a wait is given a little more, never less: up to a tenth, so that a queue that was
# turned away at once does not return at once.
SPREAD_OF_ASKED = 0.1


def wait_s(*, tries: int, key: str, asked_s: float | None = None) -> float:
    """This will return the seconds to wait after ``tries`` tries (1 or more) came to nothing.

    Doubles from two seconds to ten minutes, of which at least half is always waited. What the tool
    asked for (``asked_s``) is kept, and is also the least when our own wait is shorter.
    """
    share = _share(key, tries)
    own = min(FIRST_S * 2.0 ** min(tries - 1, 16), LONGEST_S) * (0.5 + 0.5 * share)
    if asked_s is None:
        return own
    return max(asked_s, 0.0) * (1.0 + SPREAD_OF_ASKED * share) + 0.5 * share


def _share(key: str, tries: int) -> float:
    """A number from 0 to 1 that is always the same for this key and try."""
    digest = hashlib.sha256(f"{key}:{tries}".encode()).digest()
    return int.from_bytes(digest[:4], "big") / 0xFFFFFFFF
