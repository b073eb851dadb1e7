"""How long does a log-in last? Until nobody has worked for a while, and never longer than a shift.

The end stands in the session's own row (``expire_date``), so Django, the list of one's sessions and an open
stream read the same. Limits after NIST SP 800-63B-4, 2.2.3 (AAL2: at most an hour without work, at most 24
hours in all) and OWASP ASVS 5.0, 7.3.1 and 7.3.2; an installation may set shorter ones.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime

BEGAN = "began_at"  # under this name in the session
# Work is noted at most so often: a row for each request would cost more than the request.
NOTED_EVERY = timedelta(minutes=1)
# So long after a log-in nobody is asked again before changing what protects the account.
JUST = timedelta(minutes=5)
# What an open page asks by itself is no sign of somebody at work; nor is what htmx fetches for it.
BY_ITSELF = frozenset({"unread", "seen", "live", "queue_live"})


def begin(session: SessionBase, *, now: datetime) -> None:
    """This will note in the session of a log-in when it began, and with that when it ends."""
    session[BEGAN] = now.isoformat()
    session.set_expiry(_end(began=now, now=now))


def just_began(session: SessionBase, *, now: datetime) -> bool:
    """Return whether its person proved a moment ago who they are."""
    began = parse_datetime(session.get(BEGAN, ""))
    return began is not None and now - began < JUST


def lasting(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Move the end of the session of whoever works."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        session = request.session
        # A page for everybody has not looked who it is, and must not begin to differ by that.
        if session.accessed and SESSION_KEY in session and is_work(request):
            _go_on(session, now=timezone.now())
        return response

    return answer


def is_work(request: HttpRequest) -> bool:
    """Return whether a person made this request, and not the open page by itself."""
    name = request.resolver_match.url_name if request.resolver_match else ""
    if name in BY_ITSELF:
        return False
    return request.method not in {"GET", "HEAD"} or "HX-Request" not in request.headers


def _go_on(session: SessionBase, *, now: datetime) -> None:
    began = parse_datetime(session.get(BEGAN, ""))
    if began is None:  # it began under a version that did not note it
        return begin(session, now=now)
    end = _end(began=began, now=now)
    if end - session.get_expiry_date() >= min(NOTED_EVERY, settings.SESSION_IDLE / 10):
        session.set_expiry(end)
    return None


def _end(*, began: datetime, now: datetime) -> datetime:
    return min(now + settings.SESSION_IDLE, began + settings.SESSION_LONGEST)


def span(length: timedelta) -> str:
    """Return a length of whole hours or minutes in words: "1 hour", "45 minutes"."""
    minutes = round(length.total_seconds() / 60)
    count, unit = (minutes // 60, "hour") if minutes % 60 == 0 else (minutes, "minute")
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
