"""How long did a tool ask us to wait?

Read from the answer alone: a date is taken against the answer's own Date header, so our clock (and
its error) plays no part. A worker never sleeps on this; the row that was refused carries it.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST_S = 24 * 3600.0  # nobody means more; a header that says more is an error of somebody's clock


def asked_wait_s(headers: Mapping[str, str]) -> float | None:
    """This will return seconds to wait, or None when the tool does not say.

    Retry-After as seconds or HTTP date (RFC 9110 10.2.3); Zendesk's ratelimit-reset in seconds;
    ServiceNow's X-RateLimit-Reset as Unix time; Jira's as ISO time. ``headers`` has lower-case names.
    """
    now = _http_date(headers.get("date", ""))
    found = _wait(headers.get("retry-after", ""), now)
    if found is None:
        found = _wait(headers.get("ratelimit-reset", ""), now)
    if found is None:
        found = _wait(headers.get("x-ratelimit-reset", ""), now)
    return None if found is None else min(max(found, 0.0), LONGEST_S)


def _wait(value: str, now: datetime | None) -> float | None:
    value = value.strip()
    if value.isascii() and value.isdigit() and len(value) <= 12:
        seconds = float(value)
        if seconds < 1_000_000_000:
            return seconds
        # As large as that it is a moment in Unix time, not a span.
        return None if now is None else seconds - now.timestamp()
    moment = _http_date(value) or _iso(value)
    return None if moment is None or now is None else (moment - now).total_seconds()


def _http_date(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _iso(value: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
