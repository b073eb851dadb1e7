"""Which recorded tickets come in from a folder, besides the practice world: foreign and partial, as they are.

A file is JSON with `ticket` or `tickets`, and beside them, where it has them, `comments`, `users` and
`organizations`. What is missing is completed with the vendor's nulls; people who are pointed at and not there
become bare users.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from escalation.practice.clock import utc_now
from escalation.practice.store import Store
from escalation.practice.zendesk import shapes
from escalation.practice.zendesk.numbers import next_id

_LISTS: Final = ("tags", "custom_fields", "fields")
_POINTERS: Final = ("requester_id", "submitter_id", "assignee_id")


def load_extra(store: Store, folder: Path) -> list[str]:
    """Add the tickets of every JSON file below a folder; give one line for each file that brought none.

    A ticket that is there already stays as it is, so the folder can be loaded at every start.
    """
    lines = []
    for path in sorted(folder.rglob("*.json")):
        reason = _load_file(store, path)
        if reason:
            lines.append(f"{path.relative_to(folder)}: skipped, {reason}")
    return lines


def _load_file(store: Store, path: Path) -> str:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return "not JSON"
    if not isinstance(found, dict):
        return "not an object"
    tickets = [one for one in (found.get("ticket"), *_objects(found, "tickets")) if isinstance(one, dict)]
    tickets = [one for one in tickets if str(one.get("id", "")).isdigit()]
    if not tickets:
        return "no ticket with an id"
    new = [one for one in tickets if store.get("ticket", one["id"]) is None]
    for kind, shape in (("user", shapes.user), ("organization", shapes.organization)):
        for record in (found.get(kind), *_objects(found, f"{kind}s")):
            if isinstance(record, dict) and str(record.get("id", "")).isdigit():
                _put_new(store, kind, shape({**record, "id": int(record["id"])}, now=utc_now()))
    for ticket in new:
        # Comments name no ticket; a file with several tickets cannot say whose they are.
        _put_ticket(store, ticket, list(_objects(found, "comments")) if len(tickets) == 1 else [])
    return "" if new else "its tickets are there already"


def _objects(found: Mapping[str, Any], name: str) -> Iterator[dict[str, Any]]:
    for one in found.get(name) or []:
        if isinstance(one, dict):
            yield one


def _put_ticket(store: Store, given: Mapping[str, Any], comments: list[dict[str, Any]]) -> None:
    kept = {name: value for name, value in given.items() if name != "comment"}
    kept |= {name: given.get(name) or [] for name in _LISTS} | {"id": int(given["id"])}
    for name in ("created_at", "updated_at"):
        if not _is_moment(kept.get(name)):
            kept.pop(name, None)
    for name in _POINTERS:
        kept[name] = int(kept[name]) if str(kept.get(name, "")).isdigit() else None
    kept["requester_id"] = kept["requester_id"] or next_id(store)
    ticket = shapes.ticket(kept, now=utc_now())
    ticket["subject"] = str(ticket["subject"] or ticket["raw_subject"] or "")
    ticket["description"] = str(ticket["description"] or "")
    if not comments:
        comments = [{"body": ticket["description"] or ticket["subject"], "author_id": ticket["requester_id"]}]
    for one in comments:
        _put_comment(store, ticket, one)
    for name in _POINTERS:
        _put_bare_user(store, ticket[name], role="end-user" if name == "requester_id" else "agent")
    store.put("ticket", ticket["id"], ticket)


def _put_comment(store: Store, ticket: Mapping[str, Any], given: Mapping[str, Any]) -> None:
    author_id = given.get("author_id")
    author_id = author_id if isinstance(author_id, int) and author_id > 0 else ticket["requester_id"]
    created_at = given["created_at"] if _is_moment(given.get("created_at")) else ticket["created_at"]
    key, audit_id = next_id(store), next_id(store)
    kept = {
        name: given[name]
        for name in ("body", "html_body", "plain_body", "public")
        if given.get(name) is not None
    }
    rest = {"id": key, "author_id": author_id, "audit_id": audit_id, "created_at": created_at}
    comment = shapes.comment({**kept, **rest}, now=utc_now())
    store.put("comment", key, {**comment, "ticket_id": ticket["id"]})
    _put_bare_user(store, author_id, role="agent")
    event = {"id": key, "type": "Comment", "body": comment["body"], "public": comment["public"]}
    audit = {"id": audit_id, "ticket_id": ticket["id"], "created_at": created_at, "author_id": author_id}
    extra = {"metadata": {"system": {}, "custom": {}}, "events": [event], "via": ticket["via"]}
    store.put("audit", audit_id, {**audit, **extra})


def _put_bare_user(store: Store, key: int | None, *, role: str) -> None:
    if key is not None:
        given = {
            "id": key,
            "name": f"Recorded user {key}",
            "email": f"user{key}@recorded.example",
            "role": role,
        }
        _put_new(store, "user", shapes.user(given, now=utc_now()))


def _put_new(store: Store, kind: str, record: Mapping[str, Any]) -> None:
    if store.get(kind, record["id"]) is None:
        store.put(kind, record["id"], record)


def _is_moment(written: Any) -> bool:
    try:
        return datetime.fromisoformat(str(written)).tzinfo is not None
    except ValueError:
        return False
