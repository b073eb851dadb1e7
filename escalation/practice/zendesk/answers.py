"""How is a list paged, a record addressed and a refusal worded: what every Zendesk address shares.

With `page[size]` a list is paged by cursor (`meta`, `links`); without, by number (`count`, `next_page`).
"""

import base64
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlencode

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from escalation.practice.store import Document
from escalation.practice.zendesk.authentication import desk

_MOST: Final = 100
_PLURALS: Final = {"user": "users", "organization": "organizations", "group": "groups", "ticket": "tickets"}
# side-load name -> the keys of a record that point there
_POINTERS: Final = {
    "users": ("requester_id", "submitter_id", "assignee_id", "author_id"),
    "organizations": ("organization_id",),
    "groups": ("group_id",),
}
Show = Callable[[Document], Mapping[str, Any]]


def shown(kind: str, record: Document) -> dict[str, Any]:
    """Give a record with its addresses."""
    answer: dict[str, Any] = dict(record)
    if kind in _PLURALS:
        answer["url"] = f"{request.host_url}api/v2/{_PLURALS[kind]}/{record['id']}.json"
    if "attachments" in answer:
        answer["attachments"] = [attachment(one) for one in answer["attachments"]]
    answer.pop("ticket_id", None) if kind == "comment" else None
    return answer


def attachment(record: Mapping[str, Any]) -> dict[str, Any]:
    """Give an attachment with the addresses of its bytes."""
    address = f"{request.host_url}attachments/token/{record['token']}/?name={record['file_name']}"
    rest = {name: value for name, value in record.items() if name != "token"}
    return {**rest, "content_url": address, "mapped_content_url": address, "thumbnails": []}


def not_found() -> ResponseReturnValue:
    """Answer 404."""
    return jsonify({"error": "RecordNotFound", "description": "Not found"}), 404


def invalid(field: str, description: str) -> ResponseReturnValue:
    """Answer 422."""
    detail = {field: [{"description": description, "error": "InvalidValue"}]}
    return jsonify(
        {"error": "RecordInvalid", "description": "Record validation errors", "details": detail}
    ), 422


def side_loaded(records: Iterable[Document]) -> dict[str, Any]:
    """Give the records asked for with `include=`, found behind the pointers of these records."""
    records = list(records)
    asked = [name for name in request.args.get("include", "").split(",") if name in _POINTERS]
    loaded: dict[str, Any] = {}
    for name in asked:
        kind = name.removesuffix("s")
        keys = {record[key] for record in records for key in _POINTERS[name] if record.get(key)}
        found = (desk().store.get(kind, key) for key in sorted(keys))
        loaded[name] = [shown(kind, one) for one in found if one is not None]
    return loaded


def listed(name: str, records: Sequence[Document], show: Show) -> ResponseReturnValue:
    """Answer a list under `name`, paged as the caller asks."""
    by_cursor = (
        "page[size]" in request.args or "page[after]" in request.args or "page[before]" in request.args
    )
    page, rest = _by_cursor(records) if by_cursor else _by_number(records)
    return jsonify({name: [show(one) for one in page], **side_loaded(page), **rest})


def _by_cursor(records: Sequence[Document]) -> tuple[Sequence[Document], dict[str, Any]]:
    size = min(max(_integer("page[size]", _MOST), 1), _MOST)
    start = _place(request.args.get("page[after]"))
    before = request.args.get("page[before]")
    if before:
        start = max(_place(before) - size, 0)
    end = min(start + size, len(records))
    has_more = end < len(records)
    after_cursor, before_cursor = (_cursor(end), _cursor(start)) if records else (None, None)
    links = {
        "prev": _address({"page[size]": size, "page[before]": before_cursor}) if start else None,
        "next": _address({"page[size]": size, "page[after]": after_cursor}) if has_more else None,
    }
    meta = {"has_more": has_more, "after_cursor": after_cursor, "before_cursor": before_cursor}
    return records[start:end], {"meta": meta, "links": links}


def _by_number(records: Sequence[Document]) -> tuple[Sequence[Document], dict[str, Any]]:
    size = min(max(_integer("per_page", _MOST), 1), _MOST)
    number = max(_integer("page", 1), 1)
    end = number * size
    following = _address({"page": number + 1, "per_page": size}) if end < len(records) else None
    previous = _address({"page": number - 1, "per_page": size}) if number > 1 else None
    rest = {"next_page": following, "previous_page": previous, "count": len(records)}
    return records[end - size : end], rest


def _address(changed: Mapping[str, Any]) -> str:
    kept = {name: value for name, value in request.args.items() if not name.startswith("page")}
    return f"{request.base_url}?{urlencode({**kept, **changed})}"


def _cursor(place: int) -> str:
    return base64.urlsafe_b64encode(f"o:{place}".encode()).decode()


def _place(cursor: str | None) -> int:
    if not cursor:
        return 0
    try:
        return max(int(base64.urlsafe_b64decode(cursor).decode().removeprefix("o:")), 0)
    except ValueError:
        return 0


def _integer(name: str, default: int) -> int:
    try:
        return int(request.args.get(name, default))
    except ValueError:
        return default
