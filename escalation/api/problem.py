"""How does the API say what was wrong? As a problem (RFC 9457), whatever it was."""

from http import HTTPStatus
from typing import Any

from drf_spectacular.utils import OpenApiResponse
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import exception_handler

MEDIA_TYPE = "application/problem+json"


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
    """Return these statuses as a schema names the answers of an address."""
    return {
        (status, MEDIA_TYPE): OpenApiResponse(ProblemSerializer, HTTPStatus(status).phrase)
        for status in statuses
    }


def not_changed() -> dict[Any, OpenApiResponse]:
    """Return the answer to an If-None-Match that still holds, as a schema names it."""
    return {304: OpenApiResponse(None, "Not changed since")}


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    """Write REST framework's answer to an error as a problem; None for a fault of our own, which is a 500."""
    response = exception_handler(error, context)
    if response is None:
        return None
    title = HTTPStatus(response.status_code).phrase
    problem = {"type": "about:blank", "title": title, "status": response.status_code}
    match response.data:
        case {"detail": str(detail)}:
            problem |= {"detail": detail}
        case dict(errors):
            named = {name: [str(each) for each in found] for name, found in errors.items()}
            problem |= {"detail": "Some of it cannot be understood.", "errors": named}
        case other:
            problem |= {"detail": " ".join(map(str, other or (title,)))}
    response.data, response.content_type = problem, MEDIA_TYPE
    return response
