"""How does the API say what was wrong? As a problem (RFC 9457), whatever it was.

What an action refuses is no fault of the API: each refusal has its status here, and its own words.
"""

from http import HTTPStatus
from typing import Any

from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse
from django.utils.log import log_response
from django.views.decorators.csrf import csrf_exempt
from drf_spectacular.utils import OpenApiResponse
from rest_framework import serializers
from rest_framework.exceptions import APIException
from rest_framework.response import Response
from rest_framework.views import exception_handler

from escalation.api.resource import Meaningless
from escalation.callers.refusal import MEDIA_TYPE, problem_answer, problem_values
from escalation.capture.amend import NothingNew
from escalation.capture.draft import TooMuch
from escalation.capture.file_kinds import NotTaken
from escalation.capture.files import TooLarge
from escalation.capture.holds import Held
from escalation.capture.prefill import NoSource, TooLong
from escalation.capture.preview import NoReceiver
from escalation.capture.submit import Changed
from escalation.capture.window import Stale
from escalation.lifecycle.table import NotAllowedNow
from escalation.models.connection import NotConfigured
from escalation.outbox.reply import TellMeFirst
from escalation.reception.ask_back import NothingSaid
from escalation.reception.promise import NoTime
from escalation.transport.errors import NotFound, TransportError

# What an action says no with, the narrower first.
REFUSALS: tuple[tuple[type[Exception], int], ...] = (
    (Stale, 412),
    (NotAllowedNow, 409),
    (Changed, 409),
    (NoReceiver, 409),
    (TellMeFirst, 409),
    (Held, 422),
    (TooMuch, 422),
    (TooLong, 422),
    (NotTaken, 422),
    (TooLarge, 422),
    (NothingNew, 422),
    (NoSource, 422),
    (NothingSaid, 422),
    (NoTime, 422),
    (NotFound, 422),
    (NotConfigured, 502),
    (TransportError, 502),
)
A_FAULT = "Something went wrong here, and it is noted."
LOOK_FIRST = "Some of this request may have been done: look before you repeat it."
SAME_KEY = "Repeat it with the same Idempotency-Key: it is carried out once."


class ProblemSerializer(serializers.Serializer[object]):
    """What was wrong with a request."""

    type = serializers.CharField(help_text="Always about:blank: the status says which problem it is.")
    title = serializers.CharField(help_text="The status in words.")
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="What was wrong this time.")
    errors = serializers.DictField(  # type: ignore[assignment]  # declared fields leave the class
        child=serializers.ListField(child=serializers.CharField()),
        required=False,
        help_text="What was wrong with which field or parameter.",
    )


def problems(*statuses: int) -> dict[Any, OpenApiResponse]:
    """Return these statuses, and those any address may answer, as a schema names them."""
    return {
        (status, MEDIA_TYPE): OpenApiResponse(ProblemSerializer, HTTPStatus(status).phrase)
        for status in sorted({401, 403, 406, 429, *statuses})
    }


def not_changed() -> dict[Any, OpenApiResponse]:
    """Return the answer to an If-None-Match that still holds, as a schema names it."""
    return {304: OpenApiResponse(None, "Not changed since")}


def handle(error: Exception, context: dict[str, Any]) -> Response:
    """Write the answer to an error as a problem; a fault of our own is noted and told as a 500."""
    refused = next((status for kind, status in REFUSALS if isinstance(error, kind)), None)
    if refused is not None:
        return _problem(refused, str(error))
    response = exception_handler(error, context)
    if response is None:
        # As Django does with an error that a page raises: the log and the tests' client hear of it.
        asked = context["request"]._request  # noqa: SLF001
        answer = _problem(500, _of_a_fault(asked))
        got_request_exception.send(sender=handle, request=asked)
        log_response(
            "%s: %s", "Internal Server Error", asked.path, response=answer, request=asked, exception=error
        )
        return answer
    detail, errors = _said(error, response)
    return _problem(response.status_code, detail, errors=errors, headers=dict(response.items()))


@csrf_exempt
def nothing_there(request: HttpRequest, **_: Any) -> HttpResponse:  # noqa: ARG001  # a view's signature
    """This will answer for every address that the API does not have."""
    return problem_answer(404, "The API has no such address.")


def _of_a_fault(asked: HttpRequest) -> str:
    """What a program can go by that does not know how far its request came."""
    if asked.method in {"GET", "HEAD", "OPTIONS"}:
        return A_FAULT
    return f"{A_FAULT} {SAME_KEY if 'Idempotency-Key' in asked.headers else LOOK_FIRST}"


def _said(error: Exception, response: Response) -> tuple[str, dict[str, list[str]] | None]:
    if isinstance(error, Meaningless):
        return str(error.detail), error.errors or None
    match response.data:
        case {"detail": str(detail)}:
            return detail, None
        case dict(errors) if isinstance(error, APIException):
            return "Some of it cannot be understood.", dict(_flat(errors))
        case other:
            return " ".join(map(str, other or (HTTPStatus(response.status_code).phrase,))), None


def _flat(errors: Any, path: str = "") -> Any:
    """Each message under the path of its field, as "facts.2.standing"."""
    if isinstance(errors, dict):
        for name, each in errors.items():
            yield from _flat(each, f"{path}.{name}" if path else str(name))
    elif errors and all(isinstance(each, str) for each in errors):
        yield path or "body", [str(each) for each in errors]
    else:
        for number, each in enumerate(errors):
            yield from _flat(each, f"{path}.{number}" if path else str(number))


def _problem(
    status: int,
    detail: str,
    *,
    errors: dict[str, list[str]] | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    kept = {name: value for name, value in (headers or {}).items() if name != "Content-Type"}
    return Response(
        problem_values(status, detail, errors), status=status, headers=kept, content_type=MEDIA_TYPE
    )
