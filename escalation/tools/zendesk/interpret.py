"""What does a Zendesk webhook say?

A comment comes with its text and becomes a note; other changes come with ids only, so the ticket is read
again. Pure. Source: Zendesk developer documentation, "Verifying webhooks" and "Webhook event types".

The signature is base64(HMAC-SHA256(secret as it stands, timestamp + raw body)). The window holds for the
time of sending: a throttled call comes minutes after its event, signed anew.
"""

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from escalation.tools.updates import BadSignature, Hint, Malformed, Update, UpdateKind
from escalation.tools.zendesk.shapes import moment, text
from escalation.tools.zendesk.vocabulary import (
    EVENT_PREFIX,
    RATED,
    RATED_MARK,
    REREAD,
    TEST_SECRET,
    TRIGGER_MARK,
)
from escalation.translation.plain import block, flat

OLDEST_S: Final = 300
_MARKS: Final = (TRIGGER_MARK, RATED_MARK)
_SUBJECT: Final = re.compile(r"^zen:ticket:(\d{1,18})$")
_NUMBER: Final = re.compile(r"\d{1,18}")


def verify(*, headers: Mapping[str, str], body: bytes, secret: str, now: datetime) -> None:
    """This will raise ``BadSignature`` unless the raw body is signed with the secret and recent."""
    if not secret or secret == TEST_SECRET:
        raise BadSignature("The connection has no webhook secret of its own.")
    stamp = headers.get("x-zendesk-webhook-signature-timestamp", "")
    given = headers.get("x-zendesk-webhook-signature", "").encode()
    digest = hmac.new(secret.encode(), stamp.encode() + body, hashlib.sha256).digest()
    if not hmac.compare_digest(given, base64.b64encode(digest)):
        raise BadSignature("The signature does not fit the body.")
    sent_at = moment(stamp)
    if sent_at is None:
        raise BadSignature("The timestamp is missing or no time.")
    if abs((now - sent_at).total_seconds()) > OLDEST_S:
        raise BadSignature("The call is too old, or a clock is wrong.")


def event_id(*, headers: Mapping[str, str], body: bytes) -> str:
    """This will return the event's id, the same for a repeated delivery; "" when there is none."""
    try:
        event = _event(body)
    except Malformed:
        return ""
    invocation = headers.get("x-zendesk-webhook-invocation-id", "")
    if event.get("baton") in _MARKS:
        # A trigger's body has no id of its own; without the header the same bytes are the same call.
        return invocation or hashlib.sha256(body).hexdigest()
    return text(event.get("id")) or invocation


def interpret(*, headers: Mapping[str, str], body: bytes) -> tuple[Update | Hint, ...]:
    """This will read an event; raises ``Malformed`` when it is none of Zendesk's."""
    event = _event(body)
    identity = event_id(headers=headers, body=body)
    if event.get("baton") in _MARKS:
        return (_triggered(event, identity),)
    kind = text(event.get("type"))
    if not kind.startswith("zen:event-type:") or not identity:
        raise Malformed("The body is no Zendesk event.")
    found = _SUBJECT.match(text(event.get("subject")))
    if found is None or not kind.startswith(EVENT_PREFIX):
        # An event about a user or an organisation: none of our records, and kept all the same.
        return (_unknown("", event, identity),)
    number, name = found[1], kind.removeprefix(EVENT_PREFIX)
    if name == "comment_added":
        return (_note(number, event, identity),)
    if name == RATED:
        return (Hint(remote_id=number, event_id=identity, rating=True),)
    if name in REREAD:
        return (Hint(remote_id=number, event_id=identity),)
    return (_unknown(number, event, identity),)


def _triggered(event: Mapping[str, Any], identity: str) -> Hint:
    """A trigger or automation with the body that our README gives: it names the ticket and nothing else."""
    number = text(event.get("ticket"))
    if not _NUMBER.fullmatch(number):
        raise Malformed("The trigger's body names no ticket; its placeholder may not have been filled.")
    return Hint(remote_id=number, event_id=identity, rating=event.get("baton") == RATED_MARK)


def _note(number: str, event: Mapping[str, Any], identity: str) -> Update | Hint:
    detail = event.get("event")
    comment = detail.get("comment") if isinstance(detail, Mapping) else None
    note_id = text(comment.get("id")) if isinstance(comment, Mapping) else ""
    at = moment(event.get("time"))
    if not isinstance(comment, Mapping) or not note_id or at is None:
        # Something was said and we cannot tell what: the ticket can.
        return Hint(remote_id=number, event_id=identity)
    author = comment.get("author")
    internal = comment.get("is_public") is not True
    return Update(
        key=f"note:{note_id}",
        remote_id=number,
        kind=UpdateKind.NOTE,
        at=at,
        text=block(text(comment.get("body"))),
        words="Internal note" if internal else "Public reply",
        author=flat(text(author.get("name"))) if isinstance(author, Mapping) else "",
        internal=internal,
        note_id=note_id,
    )


def _unknown(number: str, event: Mapping[str, Any], identity: str) -> Update:
    return Update(
        key=f"event:{identity}",
        remote_id=number,
        kind=UpdateKind.UNKNOWN,
        at=moment(event.get("time")) or datetime.fromtimestamp(0, tz=UTC),
        words=flat(text(event.get("type")).removeprefix(EVENT_PREFIX))[:80],
    )


def _event(body: bytes) -> Mapping[str, Any]:
    try:
        event = json.loads(body)
    except (ValueError, RecursionError):
        raise Malformed("The body is not JSON.") from None
    if not isinstance(event, dict):
        raise Malformed("The body is not a JSON object.")
    return event
