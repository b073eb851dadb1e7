"""What may the body of a request be? JSON of at most 1 MB, in characters that can be kept.

Django's own bound guards what Django reads; REST framework reads a body by itself, without one.
"""

import json
from collections.abc import Mapping
from typing import IO, Any

from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import BaseParser
from rest_framework.renderers import JSONRenderer

from escalation.knowledge.codec import can_be_kept

LARGEST = 1024 * 1024  # bytes


class TooLarge(APIException):
    """The body is larger than anything a person hands over."""

    status_code = 413
    default_detail = f"The body is larger than {LARGEST // 1024:,} kB. Put long texts to it as files."


class NotKept(APIException):
    """Well-formed JSON with a text in it that no database keeps."""

    status_code = 422
    default_detail = "A text holds a sign that is none: U+0000 or half a character."


class JSON(BaseParser):
    """``application/json``."""

    media_type = "application/json"
    renderer_class = JSONRenderer

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,  # noqa: ARG002  # REST framework's signature
        parser_context: Mapping[str, Any] | None = None,  # noqa: ARG002
    ) -> Any:
        """Return the body's values; raises ``TooLarge``, ``ParseError`` or ``NotKept``."""
        # One byte more than allowed tells a body that is too large without reading all of it.
        body = stream.read(LARGEST + 1)
        if len(body) > LARGEST:
            raise TooLarge
        try:
            values = json.loads(body, parse_constant=_none_of_json)
        except (ValueError, RecursionError) as error:
            raise ParseError("The body is not JSON.") from error
        if not can_be_kept(values):
            raise NotKept
        return values


def _none_of_json(name: str) -> None:
    raise ValueError(name)  # NaN and Infinity
