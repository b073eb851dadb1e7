"""Was this worker asked to stop?

Only the first process of a worker hears the signal; those that carry deliveries are its children. So it is
one byte of memory that all of them share, made before they are forked. Whoever sees it begins nothing more,
and gives a lease back that it has not yet written under.
"""

import mmap
from typing import Final

_SHARED: Final = mmap.mmap(-1, 1)


class Stopping(Exception):
    """This worker ends; another one takes the row up at once."""


def ask() -> None:
    """This will have every process of this worker begin nothing more."""
    _SHARED[0] = 1


def asked() -> bool:
    """This will say whether this worker was asked to stop."""
    return bool(_SHARED[0])


def check() -> None:
    """This will raise ``Stopping`` where this worker was asked to stop."""
    if asked():
        raise Stopping


def take_back() -> None:
    """This will let it go on as if nobody had asked."""
    _SHARED[0] = 0
