"""Is this web process alive, and can it serve? Asked by balancers and by whoever started it.

Open to everybody and therefore silent about everything but "ok": no versions, names or errors. The broker
is not asked: without it pages still work, and what is owed waits in the database.
"""

import structlog
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

log = structlog.get_logger("baton.health")


@require_safe
@never_cache
def live(_request: HttpRequest) -> JsonResponse:
    """Answer 200 while the process runs: when this fails, restart it."""
    return JsonResponse({"live": True})


@require_safe
@never_cache
def ready(_request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database answers, else 503: when this fails, send people elsewhere."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        log.warning("database does not answer", error=type(error).__name__)
        return JsonResponse({"ready": False}, status=503)
    return JsonResponse({"ready": True})
