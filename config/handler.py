"""How does a request pass through Django in one hop to a thread instead of thirty?

Every middleware of Django that is written for threads hops to one and back, twice, when its chain is made
for an event loop: some thirty hops, which cost more than a page. All of ours and all of our views are
written for threads, so the whole chain runs in one. What streams is sent by web.streaming, outside of it.
"""

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.core.handlers.base import BaseHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class OneHop(ASGIHandler):
    """Django's handler with the chain of a thread."""

    def load_middleware(self, is_async: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002  # Django's signature
        """Make the chain for a thread, whatever the server is."""
        super().load_middleware(is_async=False)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        """Answer in the request's own thread: a connection to the database belongs to one."""
        return await sync_to_async(BaseHandler.get_response, thread_sensitive=True)(self, request)
