"""Which event webhooks does a change cause, and how are they signed.

Bodies as recorded: pretty-printed with a trailing newline, ids as strings, status, priority and type in
capitals. Signature: base64 of HMAC-SHA256 over TIMESTAMP + BODY, keyed with the secret as it stands (not
decoded).
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from escalation.practice.kinds import Surroundings
from escalation.practice.outgoing import Message
from escalation.practice.store import Document
from escalation.practice.zendesk import shapes
from escalation.practice.zendesk.desk import Change

EVENT_PREFIX: Final = "zen:event-type:ticket."
# Test calls are signed with this published secret; whoever listens must refuse it in production.
TEST_SECRET: Final = "dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ=="  # noqa: S105
# Up to five retries where nobody answers, pauses in seconds.
WAITS: Final = (0.5, 2.0, 5.0, 10.0, 20.0)
_CHANGED: Final = {
    "status": "status_changed",
    "priority": "priority_changed",
    "type": "type_changed",
    "subject": "subject_changed",
    "assignee_id": "agent_assignment_changed",
    "group_id": "group_assignment_changed",
    "requester_id": "requester_changed",
    "organization_id": "organization_changed",
    "external_id": "external_id_changed",
}
_CAPITALS: Final = frozenset({"status", "priority", "type"})


def announcer(surroundings: Surroundings) -> Callable[[Change], None]:
    """Give the function that posts a change to every webhook subscribed to its events."""

    def announce(change: Change) -> None:
        hooks = [one for one in surroundings.store.all("webhook") if one["status"] == "active"]
        for name, event in happened(surroundings, change) if hooks else ():
            body = written(surroundings, change, name, event)
            for hook in hooks:
                if EVENT_PREFIX + name in hook["subscriptions"]:
                    surroundings.outgoing.enqueue(message(surroundings, hook, body))

    return announce


def tell(surroundings: Surroundings, ticket: Document, name: str) -> None:
    """Post an event about a ticket that is no change of it, by its name after `ticket.`."""
    change = Change(before=ticket, ticket=ticket, audit={"author_id": ticket["requester_id"]}, comment=None)
    hooks = [one for one in surroundings.store.all("webhook") if one["status"] == "active"]
    body = written(surroundings, change, name, {}) if hooks else b""
    for hook in hooks:
        if EVENT_PREFIX + name in hook["subscriptions"]:
            surroundings.outgoing.enqueue(message(surroundings, hook, body))


def happened(surroundings: Surroundings, change: Change) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give the events of one audit: the name after `ticket.` and the `event` object."""
    if change.before is None:
        yield "created", {}
    if change.comment is not None and change.before is not None:
        yield "comment_added", {"comment": _comment(surroundings, change.comment)}
    for one in change.audit["events"]:
        if one["type"] != "Change":
            continue
        name, value, was = one["field_name"], one["value"], one["previous_value"]
        if name in _CHANGED:
            yield _CHANGED[name], {"current": _said(name, value), "previous": _said(name, was)}
        elif name == "tags":
            gone, new = sorted(set(was) - set(value)), sorted(set(value) - set(was))
            yield "tags_changed", {"tags_added": new, "tags_removed": gone}
        elif name.isdigit():
            yield "custom_field_changed", {"current": value, "previous": was, "field": {"id": name}}


def written(surroundings: Surroundings, change: Change, name: str, event: Mapping[str, Any]) -> bytes:
    """Write the body of one event."""
    key = surroundings.new_id()
    moment = surroundings.clock().astimezone(UTC)
    body = {
        "account_id": shapes.ACCOUNT_ID,
        "detail": _detail(change),
        "event": event,
        "id": f"{key[:8]}-{key[8:12]}-{key[12:16]}-{key[16:20]}-{key[20:]}",
        "subject": f"zen:ticket:{change.ticket['id']}",
        "time": moment.strftime("%Y-%m-%dT%H:%M:%S.%f000Z"),
        "type": EVENT_PREFIX + name,
        "zendesk_event_version": "2022-11-06",
    }
    return (json.dumps(body, indent=2, ensure_ascii=False) + "\n").encode()


def message(surroundings: Surroundings, hook: Document, body: bytes, *, secret: str = "") -> Message:
    """Address a body to a webhook, signed with its secret or the given one."""
    return Message(
        url=hook["endpoint"],
        body=body,
        event_id=str(json.loads(body)["id"]),
        sign=_signer(hook, body, secret=secret or hook["secret"], invocation_id=surroundings.new_id()),
        waits=WAITS,
    )


def _signer(
    hook: Document, body: bytes, *, secret: str, invocation_id: str
) -> Callable[[datetime], Mapping[str, str]]:
    def sign(moment: datetime) -> Mapping[str, str]:
        timestamp = shapes.iso(moment)
        digest = hmac.new(secret.encode(), timestamp.encode() + body, hashlib.sha256).digest()
        return {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "Zendesk Webhook",
            "X-Zendesk-Account-Id": str(shapes.ACCOUNT_ID),
            "X-Zendesk-Webhook-Id": str(hook["id"]),
            "X-Zendesk-Webhook-Invocation-Id": invocation_id,
            "X-Zendesk-Webhook-Signature": base64.b64encode(digest).decode(),
            "X-Zendesk-Webhook-Signature-Timestamp": timestamp,
            **_login(hook.get("authentication") or {}),
        }

    return sign


def _login(authentication: Mapping[str, Any]) -> dict[str, str]:
    data = authentication.get("data") or {}
    if authentication.get("type") == "bearer_token":
        return {"Authorization": f"Bearer {data.get('token', '')}"}
    if authentication.get("type") == "basic_auth":
        pair = f"{data.get('username', '')}:{data.get('password', '')}".encode()
        return {"Authorization": f"Basic {base64.b64encode(pair).decode()}"}
    if authentication.get("type") == "api_key":
        return {str(data.get("name", "X-Api-Key")): str(data.get("value", ""))}
    return {}


def _comment(surroundings: Surroundings, comment: Document) -> dict[str, Any]:
    author = surroundings.store.get("user", comment["author_id"] or "") or {}
    staff = author.get("role") in {"agent", "admin"}
    who = {"id": str(comment["author_id"]), "is_staff": staff, "name": author.get("name", "")}
    return {"id": str(comment["id"]), "body": comment["body"], "is_public": comment["public"], "author": who}


def _said(name: str, value: Any) -> str:
    if value is None:
        return "0" if name.endswith("_id") and name != "external_id" else ""
    return str(value).upper() if name in _CAPITALS else str(value)


def _detail(change: Change) -> dict[str, Any]:
    ticket = change.ticket
    plain = ("created_at", "updated_at", "description", "external_id", "is_public", "subject", "tags")
    ids = ("assignee_id", "brand_id", "group_id", "id", "organization_id", "requester_id", "submitter_id")
    detail = {
        "actor_id": str(change.audit["author_id"]),
        "custom_status": str(ticket["custom_status_id"]),
        "form_id": str(ticket["ticket_form_id"]),
        "via": {"channel": "web_service"},
        **{name: ticket[name] for name in plain},
        **{name: str(ticket[name] or "0") for name in ids},
        **{name: _said(name, ticket[name]) for name in _CAPITALS},
    }
    return dict(sorted(detail.items()))
