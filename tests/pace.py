"""How fast is this machine now? Bounds on time are set for the machine they were measured on.

A loaded or slower machine takes longer for everything: each bound is stretched by what a fixed piece of work
takes here against what it took there. What explodes takes many times the bound on every machine.
"""

import re
from collections.abc import Callable
from time import monotonic, process_time

# Seconds the piece of work below took on the two-core machine that the bounds were set on.
THERE_S = 0.045
TRIES = 3
_WORDS = re.compile(r"(?P<word>[a-z]+)[-.:]?(?P<number>\d{1,4})|\s+")
_LINE = "gateway-12 answered 403 for edge.7 after 1500 retries\n"


def slowness() -> float:
    """How many times more of a processor than the machine of the bounds it takes; never less than one."""
    return _slower(process_time)


def delay() -> float:
    """How many times longer it takes by the clock on the wall, what else runs here included; at least one."""
    return max(_slower(monotonic) for _ in range(TRIES))


def cpu_seconds(work: Callable[[], object]) -> float:
    """The processor's seconds that the work took, as the machine of the bounds would count them."""
    begun = process_time()
    work()
    return (process_time() - begun) / slowness()


def _slower(clock: Callable[[], float]) -> float:
    begun = clock()
    for _ in range(4):
        sum(len(found.group()) for found in _WORDS.finditer(_LINE * 2000))
    return max(1.0, (clock() - begun) / THERE_S)


def stays_within(work: Callable[[], object], *, seconds: float) -> bool:
    """Whether one of a few tries kept the bound: other work on a machine comes and goes."""
    return any(cpu_seconds(work) < seconds for _ in range(TRIES))
