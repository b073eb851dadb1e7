"""How does an open page learn of news? A stream of rendered lines, one message per line of the timeline.

Access is checked before the stream opens. While it waits it holds no database connection: rows are read
in short hops in a thread. A page that comes back says the last line it has and gets what it missed.
"""

from collections.abc import AsyncIterator
from uuid import UUID

from asgiref.sync import sync_to_async
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from escalation.models import Handoff
from escalation.timeline.read import lines_of
from escalation.timeline.stream import follow
from escalation.web.access import reader_of
from escalation.web.handoff import whole

HEARTBEAT = b": still here\n\n"


@require_safe
async def live(request: HttpRequest, handoff_id: UUID) -> HttpResponseBase:
    """This will stream the lines after the one that the page has."""
    zone = await _zone_for(request, handoff_id)
    if zone is None:
        # A page or a redirect would be read as news.
        return HttpResponse(status=404)
    stream = _stream(request, handoff_id, after=_last_seen(request), zone=zone)
    response = StreamingHttpResponse(stream, content_type="text/event-stream")
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"  # nginx would hold lines back until its buffer is full
    return response


async def _stream(request: HttpRequest, handoff_id: UUID, *, after: int, zone: str) -> AsyncIterator[bytes]:
    yield HEARTBEAT  # the browser learns at once that the stream is open
    async for newest in follow(handoff_id=handoff_id, after=after):
        if not newest:
            yield HEARTBEAT
            continue
        for sequence, html in await _news(request, handoff_id, after, zone):
            yield message(html, sequence=sequence)
            after = sequence


def message(html: str, *, sequence: int) -> bytes:
    """This will write one event-stream message: its id and its text, line by line."""
    body = "".join(f"data: {line}\n" for line in html.strip().splitlines())
    return f"id: {sequence}\n{body}\n".encode()


@sync_to_async
def _zone_for(request: HttpRequest, handoff_id: UUID) -> str | None:
    if not Handoff.objects.visible_to(request.user).filter(pk=handoff_id).exists():
        return None
    assert request.user.is_authenticated  # noqa: S101  # visible_to shows nothing to anybody else
    return reader_of(request.user).zone


@sync_to_async
def _news(request: HttpRequest, handoff_id: UUID, after: int, zone: str) -> list[tuple[int, str]]:
    related = ("route__sender", "route__receiver", "route__source", "route__target", "receiver_person")
    with timezone.override(zone):
        handoff = Handoff.objects.select_related(*related).get(pk=handoff_id)
        context = whole(handoff, user=request.user, now=timezone.now())
        fresh = lines_of(handoff_id=handoff_id, after=after)
        return [
            (line.sequence, render_to_string("partials/news.html", context | {"line": line}, request=request))
            for line in fresh
        ]


def _last_seen(request: HttpRequest) -> int:
    text = request.headers.get("Last-Event-ID") or request.GET.get("after", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0
