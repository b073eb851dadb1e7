"""How does Jira write a moment? ISO with milliseconds, an offset without a colon; versions by day. Pure."""

from datetime import UTC, datetime
from typing import Any


def moment(value: Any) -> datetime | None:
    """This will read "2024-07-31T14:38:13.985+0700" or a plain date (as midnight UTC); None otherwise."""
    if not isinstance(value, str):
        return None
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def from_epoch_ms(value: Any) -> datetime | None:
    """This will read the milliseconds of a webhook's ``timestamp``; None where it is no such number."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 10**14:
        return None
    return datetime.fromtimestamp(value / 1000, tz=UTC)
