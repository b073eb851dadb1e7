"""The least that could be done: an ASGI application that LISTENs and passes every notice on.

No access, no timeline, no rendering. What our stream takes longer than this is what those cost.
"""

import asyncio
import os
from collections import defaultdict
from contextlib import suppress
from typing import Any

import psycopg

CHANNEL = "bench_echo"
_waiting: dict[str, set[asyncio.Queue[bytes]]] = defaultdict(set)
_listening: list[asyncio.Task[None]] = []
_ready = asyncio.Event()


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """This will stream the notices for the request's path."""
    if not _listening:
        _listening.append(asyncio.create_task(_listen()))
    await _ready.wait()
    queue: asyncio.Queue[bytes] = asyncio.Queue()
    path = scope["path"].strip("/")
    _waiting[path].add(queue)
    headers = [(b"content-type", b"text/event-stream")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b": still here\n\n", "more_body": True})
    sending = asyncio.create_task(_pass_on(queue, send))
    while (await receive())["type"] != "http.disconnect":
        pass
    sending.cancel()
    with suppress(asyncio.CancelledError):
        await sending
    _waiting[path].discard(queue)


async def _pass_on(queue: asyncio.Queue[bytes], send: Any) -> None:
    while True:
        await send({"type": "http.response.body", "body": await queue.get(), "more_body": True})


async def _listen() -> None:
    async with await psycopg.AsyncConnection.connect(os.environ["DATABASE_URL"], autocommit=True) as heard:
        await heard.execute(f"LISTEN {CHANNEL}")
        _ready.set()
        async for notice in heard.notifies():
            path, _, number = notice.payload.partition(":")
            for queue in _waiting.get(path, ()):
                queue.put_nowait(b"id: %s\ndata: news\n\n" % number.encode())
