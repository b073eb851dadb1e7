"""What makes a web process stand still, and how is that kept short?

Two things of Python's own: the collector of cycles, which looks at every object while nothing else runs, and
the lock that one thread holds while it works. Seen with a thousand open pages: a full collection took 200 to
600 ms, several times a minute, and every line of that moment came late.
"""

import gc
import sys
from collections.abc import Sequence

from django.urls import get_resolver

# A young collection looks at what is new, some milliseconds at most; an old one comes after millions of
# objects that stayed. What is in no cycle is freed at once in any case.
THRESHOLDS = (20_000, 10, 100)
# The loop that sends lines waits so long, at most, for each thread that draws a page.
SWITCH_S = 0.001


def keep_short() -> None:
    """This will load every page now, hide all that is there from the collector, and share time finely."""
    _load(get_resolver().url_patterns)
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
    sys.setswitchinterval(SWITCH_S)


def _load(patterns: Sequence[object]) -> None:
    for each in patterns:
        _load(getattr(each, "url_patterns", []))
