"""Who holds thousands of open streams? The outermost application, after Django has let them in.

Django answers a request for a stream like any other: access, cookies, headers. For as long as such an
answer lasts it keeps a thread and a database connection, which a page that is open for a shift must not
cost. So the view says what is to be streamed and ends; the head of its answer goes out, and the body is
sent from here, where an open page is a few objects in memory.
"""

import asyncio
import logging
import re
import signal
import threading
from collections.abc import AsyncGenerator, Awaitable, Callable, MutableMapping
from contextlib import suppress
from random import randrange
from types import FrameType
from typing import Any

from django.http import HttpRequest, HttpResponse

from escalation.timeline.stream import drain
from escalation.web.still_in import Ticket, over, ticket_of

logger = logging.getLogger(__name__)

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]

HANDED_OVER = "baton.stream"
STREAMS = re.compile(r"/(?:queue|handoffs/[0-9A-Fa-f-]{36})/live\Z")
STALLED_S = 30.0  # a page that takes nothing for so long is gone, and comes back by itself
# When a server comes back, all its pages do. So many are let in at a time: each takes a thread and a
# connection while Django looks who it is, and the others' requests want to be answered too.
AT_ONCE = 8
# Pages whose server went away come back spread over this time, not all at once.
COME_BACK_MS = (500, 4_000)


def hand_over(
    request: HttpRequest, body: AsyncGenerator[bytes, None], *, ticket: Ticket | None = None
) -> HttpResponse:
    """This will return the head of an event stream whose body is sent after Django is done."""
    scope = getattr(request, "scope", None)
    if scope is None:
        return HttpResponse("The live timeline needs an ASGI server.\n", status=501)
    scope[HANDED_OVER] = (body, ticket or ticket_of(request))
    response = HttpResponse(content_type="text/event-stream")
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"  # nginx would hold lines back until its buffer is full
    return response


class Streaming:
    """An ASGI application around another."""

    def __init__(self, application: Application) -> None:
        """Pass everything on to ``application`` but the bodies of streams."""
        self._application = application
        self._stopping = False
        self._entrance = asyncio.Semaphore(AT_ONCE)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """This will answer one request."""
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return

        async def send_head(message: Message) -> None:
            if HANDED_OVER not in scope:
                await send(message)
            elif message["type"] == "http.response.start":
                headers = [pair for pair in message["headers"] if pair[0].lower() != b"content-length"]
                await send({**message, "headers": headers})

        if not is_stream(scope):
            await self._application(scope, receive, send)
            return
        caller = Caller(receive)
        try:
            if not await caller.has_asked():
                return
            async with self._entrance:
                if caller.left.done():
                    return  # a page that gave up waiting comes again: nobody would read this answer
                await self._application(scope, caller.receive, send_head)
            handed_over: tuple[AsyncGenerator[bytes, None], Ticket] | None = scope.pop(HANDED_OVER, None)
            if handed_over is not None:
                self._notice_the_end()
                body, ticket = handed_over
                await _pour(body, ticket, caller, send)
        finally:
            await caller.forget()

    def _notice_the_end(self) -> None:
        """The first stream looks out for the signal to stop: the server itself waits for us to end."""
        if self._stopping or threading.current_thread() is not threading.main_thread():
            return
        self._stopping = True
        loop = asyncio.get_running_loop()
        for each in (signal.SIGTERM, signal.SIGINT):
            before = signal.getsignal(each)

            def stop(number: int, frame: FrameType | None, before: Any = before) -> None:
                loop.call_soon_threadsafe(drain, loop)
                if callable(before):
                    before(number, frame)

            # Only a server that handles the signal itself goes on after it.
            if callable(before):
                signal.signal(each, stop)


def is_stream(scope: Message) -> bool:
    """Say whether an open page asks for its news: what else is called "live" waits at no entrance."""
    return scope.get("method") == "GET" and STREAMS.search(scope.get("path", "")) is not None


def come_back() -> bytes:
    """The hint when to come back after a lost connection, another for each page."""
    # A message of its own: htmx heeds a hint only in a message that has an event or data.
    hint = b"event: come-back\nretry: %d\ndata: soon\n\n"
    return hint % randrange(*COME_BACK_MS)  # noqa: S311 - spreads load, hides nothing


class Caller:
    """Who asks for a stream, and whether they are still there.

    In a storm a page may wait longer than whatever stands between has patience, and then asks again. Whoever
    has left is not let in: that work would be missing for those who wait, until nobody gets in any more.
    """

    def __init__(self, receive: Receive) -> None:
        """Listen to nothing yet."""
        self._receive = receive
        self._asked = False

    async def has_asked(self) -> bool:
        """Read the question to its end, at nobody's cost; False who left in the middle."""
        while (message := await self._receive())["type"] == "http.request":
            if not message.get("more_body"):
                self.left = asyncio.create_task(_gone(self._receive))
                return True
        return False

    async def receive(self) -> Message:
        """Say for the application what was asked, which for a stream has no body, then when they leave."""
        if not self._asked:
            self._asked = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await asyncio.wait({self.left})  # whoever stops waiting for it must not end the looking out
        return {"type": "http.disconnect"}

    async def forget(self) -> None:
        """Look out no longer."""
        if hasattr(self, "left"):
            self.left.cancel()
            with suppress(asyncio.CancelledError):
                await self.left


async def _pour(body: AsyncGenerator[bytes, None], ticket: Ticket, caller: Caller, send: Send) -> None:
    sending = asyncio.create_task(_send(body, send))
    ending = asyncio.create_task(over(ticket))
    try:
        await asyncio.wait({sending, caller.left, ending}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (sending, ending):
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
    if ending.done() and not ending.cancelled():
        # The page asks for it again, and is then told that nobody is logged in.
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _send(body: AsyncGenerator[bytes, None], send: Send) -> None:
    try:
        async for chunk in body:
            async with asyncio.timeout(STALLED_S):
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})
    except TimeoutError:
        logger.info("live: a page took nothing for %d s and was let go", STALLED_S)
    finally:
        await body.aclose()


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
