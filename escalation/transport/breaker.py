"""When is a tool left alone for a while, and for how long? Pure.

Calls that fail one after another say that the tool is away: asking on helps nobody and costs every worker
35 seconds a call. So the calls of that connection pause, one trial goes first when the pause is over, and
each trial that fails doubles the pause. An answer that the tool did give, also a refusal, ends it all.
"""

from typing import Final

# In a row, over all workers. A tool that fails three calls in ten still works: eight in a row are then one
# case in fifteen thousand, and what fails in between has its own backoff.
FAILURES: Final = 8
FIRST_PAUSE_S: Final = 10.0
LONGEST_PAUSE_S: Final = 600.0
# A trial's worker may die; after this the next one may try. Longer than a call (35 s) can take.
TRIAL_S: Final = 60.0
# Where a tool says "too many" and not how long: Zendesk and Jira count by the minute.
LIMITED_S: Final = 30.0
# A tool that takes its time holds a worker for as long: five calls of three seconds are a quarter of a minute
# for one record. When one call took so long, the tool gets one worker at a time until so much later.
SLOW_S: Final = 3.0
SLOW_FOR_S: Final = 60.0


def pause_s(*, failures: int, pauses: int) -> float | None:
    """This will return how long to pause after a failure, or None when it is not yet time to.

    ``failures`` counts those in a row, this one included; ``pauses`` those since the last answer.
    """
    if pauses == 0 and failures < FAILURES:
        return None
    return min(FIRST_PAUSE_S * 2.0 ** min(pauses, 16), LONGEST_PAUSE_S)
