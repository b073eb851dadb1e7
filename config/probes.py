"""Who may ask whether this process is well? Whoever reaches it, by whatever name they know it.

A balancer or a cluster asks by an address that nobody put into ALLOWED_HOSTS. So does Prometheus for
the figures. The answers build no address from the name they were asked by.
"""

from collections.abc import Awaitable, Callable

from asgiref.sync import iscoroutinefunction
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.decorators import sync_and_async_middleware

PROBES = ("/health/", "/metrics")
Answer = HttpResponseBase | Awaitable[HttpResponseBase]


@sync_and_async_middleware
def probes(get_response: Callable[[HttpRequest], Answer]) -> Callable[[HttpRequest], Answer]:
    """Let a probe count as asked by our own name."""
    if iscoroutinefunction(get_response):

        async def answer_async(request: HttpRequest) -> HttpResponseBase:
            _name(request)
            response: HttpResponseBase = await get_response(request)
            return response

        return answer_async

    def answer(request: HttpRequest) -> Answer:
        _name(request)
        return get_response(request)

    return answer


def _name(request: HttpRequest) -> None:
    if request.path.startswith(PROBES):
        request.META["HTTP_HOST"] = settings.PUBLIC_HOST
        request.META.pop("HTTP_X_FORWARDED_HOST", None)
