"""What is the least that a request could cost here? The views that ours are held against, beside ours.

Each goes through the same middleware, session and log-in, and does nothing but its minimum: the limit of this
machine, framework and database, measured in the same run.
"""

import hashlib
import hmac
from datetime import UTC, datetime

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from escalation.models import Connection, Inbox, MeasureDue
from escalation.models.handoff import Handoff

SECRET = b"bench"
ROWS = 4
WHEN = datetime(2026, 1, 1, tzinfo=UTC)


class Page:
    """The bytes that the bare page answers."""

    body = b""


@login_required
@require_POST
def same_bytes(request: HttpRequest) -> HttpResponse:
    """This will read what was posted and answer the bytes that were put there."""
    assert request.POST is not None  # noqa: S101  # reading it is part of the minimum
    return HttpResponse(Page.body)


@login_required
@require_POST
def four_rows(request: HttpRequest) -> HttpResponse:
    """This will write four rows in one transaction."""
    handoff = Handoff.objects.only("pk").filter(author_id=request.user.pk).earliest("created_at")
    with transaction.atomic():
        for _ in range(ROWS):
            MeasureDue.objects.create(handoff_id=handoff.pk)
    return HttpResponse(status=302, headers={"Location": "/"})


@csrf_exempt
@require_POST
def verified_insert(request: HttpRequest) -> HttpResponse:
    """This will check a signature over the raw body and keep the body."""
    given = request.headers.get("X-Signature", "")
    if not hmac.compare_digest(given, hmac.new(SECRET, request.body, hashlib.sha256).hexdigest()):
        return HttpResponse(status=401)
    connection = Connection.objects.only("pk").earliest("name")
    Inbox.objects.create(connection=connection, body=request.body, not_before=WHEN, received_at=WHEN)
    return HttpResponse(status=202)


urlpatterns = [
    path("bare/bytes", same_bytes),
    path("bare/rows", four_rows),
    path("bare/hook", verified_insert),
    path("", include("config.urls")),
]
