"""What do the exports, the search and the ratings answer: how a listener catches up without webhooks.

The incremental export orders by `generated_timestamp`, so repeats and old `updated_at` happen; deleted
tickets appear.
"""

import base64
import re
from datetime import datetime
from typing import Any, Final

from flask import Blueprint, g, jsonify, request
from flask.typing import ResponseReturnValue

from escalation.practice.store import Document
from escalation.practice.zendesk.answers import listed, not_found, shown, side_loaded
from escalation.practice.zendesk.authentication import authenticate, desk

export_api = Blueprint("export_api", __name__, url_prefix="/api/v2")
export_api.before_request(authenticate)
_MOST: Final = 1000
_YOUNGEST_S: Final = 60
_WORD = re.compile(r'(-?)(?:(\w+)(:|>=|<=|>|<))?("[^"]*"|\S+)')


@export_api.get("/incremental/tickets/cursor")
def export_tickets() -> ResponseReturnValue:
    """Answer the tickets generated since `start_time`, then those after `cursor`."""
    refused = _start_refused() if "cursor" not in request.args else None
    if refused is not None:
        return refused
    after = _after()
    rows = [(int(one["generated_timestamp"]), int(one["id"]), one) for one in desk().store.all("ticket")]
    due = sorted((row for row in rows if row[:2] > after), key=lambda row: row[:2])
    page = due[: _page_size()]
    last = page[-1][:2] if page else after
    cursor = base64.b64encode(f"{last[0]},{last[1]}".encode()).decode()
    tickets = [row[2] for row in page]
    return jsonify(
        {
            "tickets": [shown("ticket", one) for one in tickets],
            **side_loaded(tickets),
            "after_cursor": cursor,
            "after_url": f"{request.base_url}?cursor={cursor}",
            "before_cursor": None,
            "before_url": None,
            "end_of_stream": len(due) <= len(page),
        }
    )


@export_api.get("/incremental/ticket_events")
def export_events() -> ResponseReturnValue:
    """Answer the audits since `start_time`; comments only with `include=comment_events`."""
    refused = _start_refused()
    if refused is not None:
        return refused
    start = _seconds(request.args.get("start_time"))
    with_comments = request.args.get("include") == "comment_events"
    audits = [one for one in desk().store.all("audit") if _timestamp(one) >= start]
    page = audits[: _page_size()]
    end = _timestamp(page[-1]) if page else start
    return jsonify(
        {
            "ticket_events": [_event(one, with_comments=with_comments) for one in page],
            "next_page": f"{request.base_url}?start_time={end}",
            "count": len(page),
            "end_of_stream": len(audits) <= len(page),
            "end_time": end,
        }
    )


@export_api.get("/satisfaction_ratings")
def list_ratings() -> ResponseReturnValue:
    """Answer the ratings, by `score` (`received` is any given one) and from `start_time` (Unix seconds)."""
    score, start = request.args.get("score"), _seconds(request.args.get("start_time"))
    wanted = {"good", "bad"} if score == "received" else {(score or "").split("_")[0]}

    def fits(rating: Document) -> bool:
        commented = {"with": True, "without": False}.get((score or "").partition("_")[2].split("_")[0])
        by_comment = commented is None or commented == bool(rating["comment"])
        return _timestamp(rating) >= start and (score is None or (rating["score"] in wanted and by_comment))

    ratings = [one for one in desk().store.all("satisfaction_rating") if fits(one)]
    return listed("satisfaction_ratings", ratings, lambda one: one)


@export_api.get("/satisfaction_ratings/<int:key>")
def show_rating(key: int) -> ResponseReturnValue:
    """Answer one rating."""
    rating = desk().store.get("satisfaction_rating", key)
    return not_found() if rating is None else jsonify({"satisfaction_rating": rating})


@export_api.get("/search")
def search() -> ResponseReturnValue:
    """Answer tickets, users and organisations that meet every word of `query`."""
    words = _WORD.findall(request.args.get("query", ""))
    kinds = [value for _, name, _, value in words if name == "type"] or ["ticket", "user", "organization"]
    conditions = [word for word in words if word[1] != "type"]
    found = [
        {**one, "result_type": kind}
        for kind in kinds
        if kind in {"ticket", "user", "organization"}
        for one in desk().store.all(kind)
        if all(_meets(one, word) for word in conditions)
    ]
    return listed("results", found, lambda one: shown(one["result_type"], one))


def _meets(record: Document, word: tuple[str, str, str, str]) -> bool:
    minus, name, operator, value = word
    value = value.strip('"').lower()
    if not name:
        holds = any(
            value in str(record.get(key) or "").lower() for key in ("subject", "description", "name", "email")
        )
    elif name in {"tags", "requester", "assignee"}:
        holds = value in _spelled(record, name)
    else:
        name = {"created": "created_at", "updated": "updated_at", "organization": "organization_id"}.get(
            name, name
        )
        text = str(record.get(name) or "none").lower()
        tests = {
            ":": text == value,
            ">": text > value,
            "<": text < value,
            ">=": text >= value,
            "<=": text <= value,
        }
        holds = tests[operator]
    return holds != bool(minus)


def _spelled(record: Document, name: str) -> list[str]:
    if name == "tags":
        return [str(tag).lower() for tag in record.get("tags", [])]
    user: Any = desk().store.get("user", record.get(f"{name}_id") or "") or {}
    if record.get(f"{name}_id") == g.user["id"]:
        return ["me", str(user.get("email")).lower(), str(user.get("id"))]
    return [str(user.get("email")).lower(), str(user.get("name")).lower(), str(user.get("id"))]


def _event(audit: Document, *, with_comments: bool) -> dict[str, Any]:
    events = [one for one in audit["events"] if with_comments or one["type"] != "Comment"]
    return {
        "id": audit["id"],
        "ticket_id": audit["ticket_id"],
        "timestamp": _timestamp(audit),
        "created_at": audit["created_at"],
        "updater_id": audit["author_id"],
        "via": "Web service",
        "system": {"client": "", "location": "", "latitude": None, "longitude": None},
        "event_type": "Audit",
        "child_events": [{**one, "event_type": one["type"], "via": "Web service"} for one in events],
    }


def _start_refused() -> ResponseReturnValue | None:
    if "start_time" not in request.args:
        return jsonify({"error": "StartTimeMissing", "description": "start_time is required"}), 400
    if _seconds(request.args["start_time"]) > desk().clock().timestamp() - _YOUNGEST_S:
        why = "start_time must be older than 1 minute"
        return jsonify({"error": "StartTimeTooRecent", "description": why}), 400
    return None


def _after() -> tuple[int, int]:
    cursor = request.args.get("cursor")
    if cursor is None:
        return _seconds(request.args.get("start_time")) - 1, 0
    try:
        moment, _, key = base64.b64decode(cursor).decode().partition(",")
        return int(moment), int(key)
    except ValueError:
        return 0, 0


def _timestamp(record: Document) -> int:
    return int(datetime.fromisoformat(record["created_at"]).timestamp())


def _seconds(written: str | None) -> int:
    return int(written) if written and written.isdigit() else 0


def _page_size() -> int:
    return min(max(_seconds(request.args.get("per_page")) or _MOST, 1), _MOST)
