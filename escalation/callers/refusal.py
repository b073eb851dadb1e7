"""How is a program told no? As a problem (RFC 9457), also where no view of the API was reached."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse

MEDIA_TYPE = "application/problem+json"


def problem_values(status: int, detail: str, errors: Mapping[str, list[str]] | None = None) -> dict[str, Any]:
    """Return the members of a problem; ``errors`` says what was wrong with which field."""
    problem: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    return problem | {"errors": dict(errors)} if errors else problem


def problem_answer(status: int, detail: str) -> HttpResponse:
    """Return the answer itself, for where REST framework makes none."""
    body = json.dumps(problem_values(status, detail))
    return HttpResponse(body, status=status, content_type=MEDIA_TYPE)
