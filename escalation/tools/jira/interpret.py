"""What does a Jira webhook say?

A comment comes with its text and becomes a note; for anything else the issue is read again. Bodies are
v2-shaped everywhere (wiki markup), and differ: Cloud's comment_created has no user, Data Center's no
issue, and Data Center tells each comment twice. Pure. Source: Atlassian developer documentation,
"Webhooks", and recorded bodies of both.

``X-Hub-Signature: sha256=<hex HMAC-SHA256(secret, raw body)>``. No time is signed, so an old call can be
played again; every update has the key of its comment or history line, and nothing happens twice.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from escalation.tools.jira.shapes import noted
from escalation.tools.jira.times import from_epoch_ms
from escalation.tools.updates import BadSignature, Hint, Malformed, RemoteState, Update, UpdateKind
from escalation.translation.plain import flat

_NUMBER: Final = re.compile(r"\d{1,18}")
_COMMENT_OF: Final = re.compile(r"/issue/(\d{1,18})/comment/")
_REREAD: Final = frozenset(
    {"jira:issue_created", "jira:issue_updated", "comment_created", "comment_updated", "comment_deleted"}
)


def verify(*, headers: Mapping[str, str], body: bytes, secret: str, now: datetime) -> None:  # noqa: ARG001 - Jira signs no time
    """This will raise ``BadSignature`` unless the raw body is signed with the secret."""
    if not secret:
        raise BadSignature("The connection has no webhook secret.")
    given = headers.get("x-hub-signature", "").encode()
    wanted = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(given, wanted.encode()):
        raise BadSignature("The signature does not fit the body.")


def event_id(*, headers: Mapping[str, str], body: bytes) -> str:
    """This will return Cloud's id of the event; without one a repeated call has the same bytes."""
    try:
        _event(body)
    except Malformed:
        return ""
    return headers.get("x-atlassian-webhook-identifier", "") or hashlib.sha256(body).hexdigest()


def interpret(*, headers: Mapping[str, str], body: bytes) -> tuple[Update | Hint, ...]:
    """This will read an event; raises ``Malformed`` when it is none of Jira's."""
    event = _event(body)
    name, identity = event["webhookEvent"], event_id(headers=headers, body=body)
    number = _issue_of(event)
    if number and name == "jira:issue_deleted":
        return (_deleted(number, event),)
    if not number or name not in _REREAD:
        return (_unknown(number, event, identity),)
    said = _note(number, event) if _tells_a_comment(event) else None
    changed = _member(event, "changelog").get("items")
    if said is None:
        return (Hint(remote_id=number, event_id=identity),)
    # A transition may carry a comment: then there is more to know than what was said.
    return (said, Hint(remote_id=number, event_id=identity)) if changed else (said,)


def _tells_a_comment(event: Mapping[str, Any]) -> bool:
    if event["webhookEvent"] == "comment_created":
        return True
    # An old Data Center leaves the name out.
    commented = event.get("issue_event_type_name") in ("issue_commented", None)
    return event["webhookEvent"] == "jira:issue_updated" and commented and "comment" in event


def _note(number: str, event: Mapping[str, Any]) -> Update | None:
    project = _member(event, "issue", "fields", "project")
    kind = project.get("projectTypeKey")
    return noted(number, _member(event, "comment"), project_type=kind if isinstance(kind, str) else "")


def _issue_of(event: Mapping[str, Any]) -> str:
    found = _member(event, "issue").get("id")
    number = str(found) if isinstance(found, str | int) else ""
    if _NUMBER.fullmatch(number):
        return number
    address = _member(event, "comment").get("self")
    of = _COMMENT_OF.search(address) if isinstance(address, str) else None
    return of[1] if of else ""


def _deleted(number: str, event: Mapping[str, Any]) -> Update:
    return Update(
        key=f"deleted:{number}",
        remote_id=number,
        kind=UpdateKind.STATE,
        at=_at(event),
        words="Deleted",
        state=RemoteState.CANCELLED,
    )


def _unknown(number: str, event: Mapping[str, Any], identity: str) -> Update:
    return Update(
        key=f"event:{identity}",
        remote_id=number,
        kind=UpdateKind.UNKNOWN,
        at=_at(event),
        words=flat(event["webhookEvent"])[:80],
    )


def _at(event: Mapping[str, Any]) -> datetime:
    return from_epoch_ms(event.get("timestamp")) or datetime.fromtimestamp(0, tz=UTC)


def _member(value: Any, *names: str) -> Mapping[str, Any]:
    for name in names:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value if isinstance(value, Mapping) else {}


def _event(body: bytes) -> Mapping[str, Any]:
    try:
        event = json.loads(body)
    except (ValueError, RecursionError):
        raise Malformed("The body is not JSON.") from None
    if not isinstance(event, dict) or not isinstance(event.get("webhookEvent"), str):
        raise Malformed("The body is no Jira event.")
    if not event["webhookEvent"].strip():
        raise Malformed("The body names no event.")
    return event
