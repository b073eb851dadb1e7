"""By which mark does a reader know that nothing changed, and a writer that nobody else wrote?

A mark (ETag) is made of exactly what is read under it. Who wants to change something names the mark it was
read with: without one nothing is written (428), and with an old one neither (412).
"""

import hashlib
from typing import Any

from django.utils.http import parse_etags
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import APIException
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

IF_MATCH = OpenApiParameter(
    "If-Match",
    {"type": "string", "pattern": r'^(\*|"[0-9a-f]{32}")$'},
    OpenApiParameter.HEADER,
    required=True,
    description="The ETag that the draft was read with, or * to write whatever stands there.",
)


class MarkNeeded(APIException):
    """A change that does not say what it changes."""

    status_code = 428
    default_detail = "Read it first, and send its ETag as If-Match: nobody's words are overwritten unseen."


class MarkStale(APIException):
    """A change of something that is different by now."""

    status_code = 412
    default_detail = "It was changed since you read it. Nothing was overwritten: read it again."


def mark_of(values: Any) -> str:
    """Return the mark of what is read."""
    return f'"{hashlib.sha256(JSONRenderer().render(values)).hexdigest()[:32]}"'


def require(request: Request, *, mark: str) -> None:
    """Raise ``MarkNeeded`` or ``MarkStale`` unless the request names the mark."""
    named = request.headers.get("If-Match", "").strip()
    if not named:
        raise MarkNeeded
    if named != "*" and mark not in parse_etags(named):
        raise MarkStale
