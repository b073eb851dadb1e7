"""How does an open page learn of news? A stream of rendered lines, one message per line of the timeline.

Access is checked before the stream opens. A page that comes back says the last line it has and gets what
it missed. Pages that show the same are rendered once: what stands there depends on the reader's clock,
side and choice of lines, not on the person; the form token alone is each page's own and is put in last.
"""

import asyncio
from collections.abc import AsyncGenerator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from secrets import token_hex
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from django.contrib.auth.models import User
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_GET

from escalation.models import Handoff
from escalation.timeline.read import TimelineLine
from escalation.timeline.sieve import Sieve, sieve_from
from escalation.timeline.stream import follow
from escalation.web.handoff import whole
from escalation.web.letting_in import let_in
from escalation.web.still_in import ticket_of
from escalation.web.streaming import come_back, hand_over

HEARTBEAT = b": still here\n\n"
SHARED_S = 5.0  # so long a rendering is kept for the pages that show the same
# Stands where a page's own form token belongs; random, so that no text from outside can contain it.
TOKEN = token_hex(32)
STANDS_FOR_TOKEN = TOKEN.encode()
# Rows are read here in short hops, by whichever thread is free; a stream has none of its own.
# Drawing is work for the processor: more threads than two only stand in each other's way.
_READERS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="live")


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """What decides how a line looks to a reader."""

    zone: str
    sends: bool  # wrote it or is in the sending team
    sieve: Sieve


@dataclass(frozen=True, kw_only=True, slots=True)
class News:
    """The lines after one number up to another, as somebody sees them."""

    handoff_id: UUID
    after: int
    newest: int
    look: Look


Rendered = tuple[tuple[int, bytes], ...]
_SHARED: WeakKeyDictionary[asyncio.AbstractEventLoop, dict[News, asyncio.Task[Rendered]]] = (
    WeakKeyDictionary()
)


@require_GET
def live(request: HttpRequest, handoff_id: UUID) -> HttpResponse:
    """This will stream the lines after the one that the page has."""
    user = request.user
    one = let_in(user=user, handoff_id=handoff_id) if isinstance(user, User) else None
    if one is None:
        # A page or a redirect would be read as news.
        return HttpResponse(status=404)
    look = Look(zone=one.zone, sends=one.sends, sieve=sieve_from(request.GET))
    after, token = _last_seen(request), get_token(request).encode()
    stream = _stream(handoff_id, after=after, look=look, token=token)
    return hand_over(request, stream, ticket=ticket_of(request, teams=one.teams))


async def _stream(handoff_id: UUID, *, after: int, look: Look, token: bytes) -> AsyncGenerator[bytes, None]:
    yield come_back() + HEARTBEAT  # the browser learns at once that the stream is open
    async for newest in follow(handoff_id=handoff_id, after=after):
        if not newest:
            yield HEARTBEAT
        elif newest > after:
            news = News(handoff_id=handoff_id, after=after, newest=newest, look=look)
            for sequence, text in await _shared(news):
                yield text.replace(STANDS_FOR_TOKEN, token)
                after = sequence
    yield come_back()


def message(html: str, *, sequence: int) -> bytes:
    """This will write one event-stream message: its id and its text, line by line."""
    body = "".join(f"data: {line}\n" for line in html.strip().splitlines())
    return f"id: {sequence}\n{body}\n".encode()


async def _shared(news: News) -> Rendered:
    """The rendering for all who look like this."""
    loop = asyncio.get_running_loop()
    shared = _SHARED.setdefault(loop, {})
    drawing = shared.get(news)
    if drawing is None:
        drawing = shared[news] = loop.create_task(_in_a_hop(news))
        loop.call_later(SHARED_S, shared.pop, news, None)
    # One page that goes away must not take the others' news with it.
    return drawing.result() if drawing.done() else await asyncio.shield(drawing)


async def _in_a_hop(news: News) -> Rendered:
    return await asyncio.get_running_loop().run_in_executor(_READERS, _rendered, news)


def _rendered(news: News) -> Rendered:
    related = ("route__sender", "route__receiver", "route__source", "route__target", "receiver_person")
    try:
        with timezone.override(news.look.zone):
            handoff = Handoff.objects.select_related(*related).get(pk=news.handoff_id)
            context = whole(handoff, sends=news.look.sends, now=timezone.now(), sieve=news.look.sieve)
            context |= {"csrf_token": TOKEN}
            missed = [line for line in context["timeline"] if line.sequence > news.after]
            return tuple(
                (
                    line.sequence,
                    message(_drawn(line, context, last=line is missed[-1]), sequence=line.sequence),
                )
                for line in missed
            )
    finally:
        connections.close_all()  # back to the pool


def _drawn(line: TimelineLine, context: dict[str, Any], *, last: bool) -> str:
    """The line, unless the page's choice leaves it out, and the boxes that it changes.

    Of several that a page missed the boxes come with the last: they say how it stands now. A page that broke
    off between is given the rest when it comes back, and with that the boxes.
    """
    sieve: Sieve = context["sieve"]
    # The first line from a tool or a later hop makes that a choice of the page.
    first = line.sequence in {place.since for place in context["places"]}
    return render_to_string(
        "partials/news.html",
        context | {"line": line, "shown": sieve.lets(line), "new_place": first, "last": last},
    )


def _last_seen(request: HttpRequest) -> int:
    text = request.headers.get("Last-Event-ID") or request.GET.get("after", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0
