"""From which address does a request come?"""

from django.conf import settings
from django.http import HttpRequest


def address(request: HttpRequest) -> str:
    """Return the asker's address: the one our proxy saw, or the connection's own where there is no proxy.

    A proxy adds what it saw at the end of X-Forwarded-For; what stands before it the asker may have invented.
    """
    if settings.BEHIND_TLS_PROXY:
        seen = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if seen:
            return seen
    return str(request.META.get("REMOTE_ADDR") or "")
