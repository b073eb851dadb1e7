"""What does a search answer: the new one by token on Cloud, the old one by offset on a Data Center.

The index runs behind: while a rule of `/practice/faults` says `search_lag_s`, an issue younger than that is
not found, except by `reconcileIssues`. `bulkfetch` reads the records themselves.
"""

import base64
import binascii
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from flask import g, jsonify, request
from flask.typing import ResponseReturnValue

from escalation.practice.jira.answers import refused, sent
from escalation.practice.jira.authentication import api_blueprint, site
from escalation.practice.jira.issue_api import written
from escalation.practice.jira.jql import BadQuery, Query, parse
from escalation.practice.jira.site import issue_named, parsed
from escalation.practice.store import Document

search_api: Final = api_blueprint("search")
_MOST: Final = 5000
_MOST_BULK: Final = 100
_UNBOUNDED: Final = (
    "Unbounded JQL queries are not allowed here. Please add a search restriction to your query."
)
_GONE: Final = "The requested API has been removed. Please migrate to the /rest/api/3/search/jql API."


@search_api.route("/search/jql", methods=["GET", "POST"])
def search() -> ResponseReturnValue:
    """Search as Cloud does: bounded queries only, ids unless fields are asked for, no total."""
    if not g.cloud:
        return refused(404, "HTTP 404 Not Found")
    if g.user is None:
        return jsonify({"issues": [], "isLast": True})
    asked = _asked()
    query = _query(asked)
    if not query.is_bounded:
        return refused(400, _UNBOUNDED)
    start = _start(asked.get("nextPageToken"))
    if start is None:
        return refused(400, "The value of nextPageToken is not valid.")
    found = query.run(_indexed(asked))
    most = min(_number(asked, "maxResults", 50), _MOST)
    page = found[start : start + most]
    answer: dict[str, Any] = {"issues": [_hit(one, asked, default="id") for one in page]}
    if start + most >= len(found):
        return jsonify({**answer, "isLast": True})
    return jsonify({**answer, "isLast": False, "nextPageToken": _token(start + most)})


@search_api.route("/search", methods=["GET", "POST"])
def search_pages() -> ResponseReturnValue:
    """Search as a Data Center does, with `startAt` and `total`; Cloud has removed it."""
    if g.cloud:
        return refused(410, _GONE)
    asked = _asked()
    found = _query(asked).run(_indexed(asked))
    start, most = _number(asked, "startAt", 0), min(_number(asked, "maxResults", 50), _MOST_BULK * 10)
    page = [_hit(one, asked, default="*navigable") for one in found[start : start + most]]
    return jsonify({"startAt": start, "maxResults": most, "total": len(found), "issues": page})


@search_api.post("/issue/bulkfetch")
def bulk_fetch() -> ResponseReturnValue:
    """Read up to 100 issues by id or key, past the index."""
    asked = sent() or {}
    wanted = asked.get("issueIdsOrKeys")
    if not isinstance(wanted, list) or not wanted or len(wanted) > _MOST_BULK:
        return refused(400, f"Provide between 1 and {_MOST_BULK} issueIdsOrKeys.")
    store = site().store
    found = [issue_named(store, str(one)) if g.user else None for one in wanted]
    missing = [str(one) for one, issue in zip(wanted, found, strict=True) if issue is None]
    message = "Issue does not exist or you do not have permission to see it."
    errors = [{"id": one, "errorMessage": message} for one in missing]
    hits = [_hit(one, asked, default="*navigable") for one in found if one is not None]
    return jsonify({"issues": hits, "issueErrors": errors})


def _asked() -> Mapping[str, Any]:
    if request.method == "POST":
        return sent() or {}
    given: dict[str, Any] = request.args.to_dict()
    for name in ("fields", "properties", "reconcileIssues"):
        values = [part for one in request.args.getlist(name) for part in one.split(",") if part]
        if values:
            given[name] = values
    return given


def _number(asked: Mapping[str, Any], name: str, usual: int) -> int:
    given = str(asked.get(name) or usual)
    if not given.isdigit():
        raise BadQuery(f"The value of {name} is not a number.")
    return int(given)


def _query(asked: Mapping[str, Any]) -> Query:
    zone = ZoneInfo(str(g.user["timeZone"]))
    return parse(str(asked.get("jql") or ""), store=site().store, now=site().clock(), zone=zone)


def _indexed(asked: Mapping[str, Any]) -> list[Document]:
    found, lag = site().store.all("issue"), site().search_lag()
    if not lag:
        return found
    limit = site().clock() - timedelta(seconds=lag)
    known = {str(one) for one in asked.get("reconcileIssues") or ()}
    return [one for one in found if one["id"] in known or parsed(one["created"]) <= limit]


def _hit(found: Document, asked: Mapping[str, Any], *, default: str) -> dict[str, Any]:
    fields = frozenset(str(one) for one in asked.get("fields") or ()) or frozenset({default})
    expand = asked.get("expand") or ()
    words = expand.split(",") if isinstance(expand, str) else [str(one) for one in expand]
    hit = written(
        found,
        fields=fields,
        expand=frozenset(words),
        properties=frozenset(str(one) for one in asked.get("properties") or ()),
    )
    return {"id": hit["id"]} if fields == {"id"} else hit


def _token(start: int) -> str:
    return base64.urlsafe_b64encode(f"practice:{start}".encode()).decode()


def _start(token: object) -> int | None:
    if token is None:
        return 0
    try:
        word, _, number = base64.urlsafe_b64decode(str(token)).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return int(number) if word == "practice" and number.isdigit() else None
