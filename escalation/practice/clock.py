"""What time is it in the practice tools: the one place of this package that reads the clock.

A stand-in plays a vendor, and a vendor has a clock of its own. Everything else takes a `Clock`, so tests can
hold it.
"""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Give the present moment in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - the outside world's clock, not Baton's
