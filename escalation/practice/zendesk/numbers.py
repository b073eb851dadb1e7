"""Which number does a new record get: comments, audits, users and files share one sequence."""

from typing import Final

from escalation.practice.store import Store

# As large as real ones are, so that nobody keeps them in 32 bits.
_FIRST: Final = 9_876_543_210_000


def next_id(store: Store) -> int:
    """Give a number nobody has."""
    return store.next_number("id", first=_FIRST)
