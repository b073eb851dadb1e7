"""How many calls does a tool still grant, and must we rest before there are none left? Pure.

Zendesk, Jira and others tell with every answer what is left of the current window. Baton stops while a
few are left, so that the last ones are not torn from the company's other integrations by a 429.
"""

from collections.abc import Mapping
from typing import Final

from escalation.transport.wait import asked_wait_s

# Zendesk sends both families (RFC draft names and its older ones), Jira the second. ServiceNow names the
# limit and its reset only; there the 429 has to tell.
_LEFT: Final = ("ratelimit-remaining", "x-ratelimit-remaining", "x-rate-limit-remaining")
_GRANTED: Final = ("ratelimit-limit", "x-ratelimit-limit", "x-rate-limit")
RESERVE: Final = 0.02  # of the window, and never less than
LEAST_RESERVE: Final = 2
WINDOW_S: Final = 60.0  # Zendesk's older headers name no end; its window is a minute


def rest_s(headers: Mapping[str, str]) -> float | None:
    """This will return for how many seconds to make no calls, None while there are enough left.

    ``headers`` of an answer that was none of 429, with lower-case names.
    """
    left = _number(headers, _LEFT)
    if left is None:
        return None
    granted = _number(headers, _GRANTED) or 0
    if granted <= LEAST_RESERVE or left > max(LEAST_RESERVE, int(granted * RESERVE)):
        return None
    wait = asked_wait_s(headers)
    return WINDOW_S if wait is None else wait


def _number(headers: Mapping[str, str], names: tuple[str, ...]) -> int | None:
    for name in names:
        # The draft lets a policy follow: "100, 100;w=60".
        value = headers.get(name, "").partition(",")[0].partition(";")[0].strip()
        if value.isascii() and value.isdigit() and len(value) <= 9:
            return int(value)
    return None
