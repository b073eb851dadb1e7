"""How may a program repeat a request whose answer it lost? By the same Idempotency-Key.

Key, action and answer are one transaction: either all of it is there or nothing is. What was refused changed
nothing and is not kept, so that the same key may try again once what was wrong is mended.
"""

import hashlib
import json
import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from escalation.models import KeptAnswer

HEADER = "Idempotency-Key"
PATTERN = r"^[A-Za-z0-9_-]{1,100}$"
IDEMPOTENCY_KEY = OpenApiParameter(
    HEADER,
    {"type": "string", "pattern": PATTERN},
    OpenApiParameter.HEADER,
    description="The same key with the same request is carried out once and answered alike, for a day.",
)
Act = Callable[..., Response]


class KeyReused(APIException):
    """The key belongs to another request."""

    status_code = 422
    default_detail = "This Idempotency-Key was used for another request. Use a new one for each."


def once(act: Act) -> Act:
    """Make a handler carry a request with a key out once; without a key as often as it comes."""

    @wraps(act)
    def answer(view: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        key = _key(request)
        if key is None:
            return act(view, request, *args, **kwargs)
        return _once(request, key, lambda: act(view, request, *args, **kwargs))

    return answer


def once_read(read: Callable[..., Any]) -> Callable[[Act], Act]:
    """Do as ``once`` for a handler that first needs to read in the tools.

    ``read(view, request)`` is called while no transaction is open: what its calls renew, as tokens, stays
    renewed whatever becomes of the request. The handler gets what it returned after the request. A request
    that was carried out before is answered without reading.
    """

    def made(act: Act) -> Act:
        @wraps(act)
        def answer(view: Any, request: Request) -> Response:
            key = _key(request)
            if key is None:
                return act(view, request, read(view, request))
            row = KeptAnswer.objects.filter(user=_person(request), key=key).first()
            if row is not None:
                return _again(row, request)
            found = read(view, request)
            return _once(request, key, lambda: act(view, request, found))

        return answer

    return made


def _key(request: Request) -> str | None:
    key = request.headers.get(HEADER)
    if key is not None and not re.fullmatch(PATTERN, key, re.ASCII):
        raise ValidationError({HEADER: ["Up to 100 letters, digits, “-” and “_”; a UUID will do."]})
    return key


def _person(request: Request) -> User:
    assert isinstance(request.user, User)  # noqa: S101  # for the type checker; views ask for log-in
    return request.user


@transaction.atomic
def _once(request: Request, key: str, act: Callable[[], Response]) -> Response:
    # Who comes second while the first is at work waits here for its end.
    row, new = KeptAnswer.objects.get_or_create(
        user=_person(request), key=key, defaults={"asked": _asked(request), "kept_at": timezone.now()}
    )
    return _kept(row, act()) if new else _again(row, request)


def _kept(row: KeptAnswer, response: Response) -> Response:
    row.status, row.headers = response.status_code, dict(response.items())
    row.body = json.loads(JSONRenderer().render(response.data)) if response.data is not None else None
    row.save(update_fields=["status", "headers", "body"])
    return response


def _again(row: KeptAnswer, request: Request) -> Response:
    if row.asked != _asked(request):
        raise KeyReused
    return Response(row.body, status=row.status, headers={**row.headers, "Idempotency-Replayed": "true"})


def _asked(request: Request) -> str:
    said = [request.method, request.path, request.headers.get("If-Match"), request.data]
    if query := request.META.get("QUERY_STRING"):  # as the name of a file
        said.append(query)
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=_of_bytes).encode()).hexdigest()


def _of_bytes(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
