"""Where am I logged in, and how do I leave from there?

A log-in notes in its own session from which address and with which browser it came; the note goes with the
session. A key never reaches a page: a session is named by a digest of its key.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.models import Session
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_http_methods

from escalation.callers.asker import address
from escalation.web.access import PersonRequest, page
from escalation.web.lasting import BEGAN, begin, span

NOTED = "come_from"  # under this name in the session
LONGEST_BROWSER = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Stay:
    """One place where the person is logged in; what was not noted is "" or None."""

    key: str  # never shown
    name: str
    since: datetime | None
    come_from: str
    browser: str
    ends_at: datetime
    here: bool


@receiver(user_logged_in, dispatch_uid="note_where_from")
def note_where_from(request: HttpRequest, **_: Any) -> None:
    """This will note in the new session when and where from it began, and with that when it ends."""
    begin(request.session, now=timezone.now())
    request.session[NOTED] = {
        "address": address(request)[:64],
        "browser": request.headers.get("User-Agent", "")[:LONGEST_BROWSER],
    }


@page()
@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request: PersonRequest) -> HttpResponse:
    """This will list where the person is logged in, or end one of these, or all."""
    mine = list(stays_of(request.user, here=request.session.session_key or ""))
    if request.method != "POST":
        rules = {"idle": span(settings.SESSION_IDLE), "longest": span(settings.SESSION_LONGEST)}
        response = render(request, "pages/sessions.html", {"stays": mine} | rules)
        response["Cache-Control"] = "no-store"
        return response
    named = request.POST.get("name", "")
    ending = mine if "everywhere" in request.POST else [each for each in mine if each.name == named]
    Session.objects.filter(session_key__in=[each.key for each in ending]).delete()
    if any(each.here for each in ending):
        request.session.flush()
        return redirect("login")
    messages.success(request, "Logged out there." if ending else "That one had ended already.")
    return redirect("sessions")


def stays_of(user: User, *, here: str) -> Iterator[Stay]:
    """This will yield the person's running sessions: the one whose key is ``here``, then the newest first.

    Every running session is opened, because Django keeps them sealed under their keys alone.
    """
    found = []
    for row in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        values = row.get_decoded()
        if values.get(SESSION_KEY) == str(user.pk) and _is_good(user, values.get(HASH_SESSION_KEY, "")):
            found.append(_stay(row, values, here=here))
    began = [each.since.timestamp() if each.since else 0.0 for each in found]
    order = sorted(range(len(found)), key=lambda at: (not found[at].here, -began[at]))
    yield from (found[at] for at in order)


def _stay(row: Session, values: dict[str, Any], *, here: str) -> Stay:
    noted = values.get(NOTED) or {}
    return Stay(
        key=row.session_key,
        name=salted_hmac("escalation.sessions", row.session_key, algorithm="sha256").hexdigest()[:32],
        since=parse_datetime(values.get(BEGAN, "")),
        come_from=noted.get("address", ""),
        browser=noted.get("browser", ""),
        ends_at=row.expire_date,
        here=row.session_key == here,
    )


def _is_good(user: User, kept: str) -> bool:
    # A changed password ends every session that began before it: Django compares the same.
    now = (user.get_session_auth_hash(), *user.get_session_auth_fallback_hash())
    return any(constant_time_compare(kept, each) for each in now)
