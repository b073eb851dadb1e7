"""What do answers of Jira share: the shape of a refusal, of a page, and of a moment."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlencode

from flask import jsonify, request
from flask.typing import ResponseReturnValue

_MOST: Final = 100


def refused(status: int, *messages: str, errors: Mapping[str, str] | None = None) -> ResponseReturnValue:
    """Answer in the shape of every Jira error: `messages` for the whole call, `errors` by field."""
    return jsonify({"errorMessages": list(messages), "errors": dict(errors or {})}), status


def no_issue() -> ResponseReturnValue:
    """Answer for an issue that does not exist or may not be seen: the vendor does not tell which."""
    return refused(404, "Issue does not exist or you do not have permission to see it.")


def sent() -> dict[str, Any] | None:
    """Give the sent object, or None where the body is no JSON object."""
    body = request.get_json(force=True, silent=True)
    return body if isinstance(body, dict) else None


def flags(name: str) -> frozenset[str]:
    """Give a comma-separated parameter as a set of words."""
    return frozenset(one.strip() for one in request.args.get(name, "").split(",") if one.strip())


def number(name: str, default: int) -> int:
    """Give a parameter as a number from 0; anything else counts as not given."""
    try:
        return max(int(request.args.get(name, default)), 0)
    except ValueError:
        return default


def paged(
    found: Sequence[Any], show: Callable[[Any], Any], *, key: str = "values", is_last: bool = True
) -> dict[str, Any]:
    """Cut one page out by `startAt` and `maxResults`, with the address of the next where there is one."""
    start, most = number("startAt", 0), min(number("maxResults", 50), _MOST)
    page = found[start : start + most]
    answer: dict[str, Any] = {"startAt": start, "maxResults": most, "total": len(found)}
    if is_last:
        following = start + len(page)
        answer["isLast"] = following >= len(found) or not page
        if not answer["isLast"]:
            parameters = {**request.args.to_dict(), "startAt": following, "maxResults": most}
            answer["nextPage"] = f"{request.base_url}?{urlencode(parameters)}"
    return {**answer, key: [show(one) for one in page]}


def iso(moment: str | datetime) -> str:
    """Write a moment as Jira does: milliseconds and an offset without a colon."""
    at = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03}+0000"
