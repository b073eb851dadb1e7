"""Which log lines and which answer belong together? Those that carry one request id."""

import re
import uuid
from collections.abc import Awaitable, Callable
from time import perf_counter

import structlog
from asgiref.sync import iscoroutinefunction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.decorators import sync_and_async_middleware

HEADER = "X-Request-ID"
# A caller's id is taken over only when it cannot break a log line or a header.
ACCEPTED = re.compile(r"[A-Za-z0-9._-]{8,64}")
# Asked every few seconds by whoever watches the process; a line each would hide the rest.
QUIET = ("/health/", "/metrics", "/static/")

log = structlog.get_logger("baton.request")

Answer = HttpResponseBase | Awaitable[HttpResponseBase]


@sync_and_async_middleware
def request_id(get_response: Callable[[HttpRequest], Answer]) -> Callable[[HttpRequest], Answer]:
    """Bind an id to the log context of each request and return it in the answer's header."""
    if iscoroutinefunction(get_response):

        async def answer_async(request: HttpRequest) -> HttpResponseBase:
            name, started = _begin(request)
            return _end(request, await get_response(request), name, started)

        return answer_async

    def answer(request: HttpRequest) -> HttpResponseBase:
        name, started = _begin(request)
        return _end(request, get_response(request), name, started)  # type: ignore[arg-type]

    return answer


def _begin(request: HttpRequest) -> tuple[str, float]:
    given = request.headers.get(HEADER, "")
    name = given if ACCEPTED.fullmatch(given) else uuid.uuid4().hex
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=name)
    return name, perf_counter()


def _end(request: HttpRequest, response: HttpResponseBase, name: str, started: float) -> HttpResponseBase:
    response[HEADER] = name
    if not request.path.startswith(QUIET):
        log.info(
            "answered",
            method=request.method,
            path=request.path,
            status=response.status_code,
            ms=round((perf_counter() - started) * 1000, 1),
        )
    return response
