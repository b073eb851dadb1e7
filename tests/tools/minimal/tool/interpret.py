"""What does a call of Minimal say? A note with its text, or the ticket's new state. Pure.

``X-Minimal-Time`` (Unix seconds) and ``X-Minimal-Signature``, the hex HMAC-SHA256 of ``<time>.<raw body>``.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from escalation.tools.minimal.vocabulary import STATES

from escalation.tools.updates import BadSignature, Hint, Malformed, Update, UpdateKind
from escalation.translation.plain import block, flat

OLDEST_S: Final = 300


def verify(*, headers: Mapping[str, str], body: bytes, secret: str, now: datetime) -> None:
    """This will raise ``BadSignature`` unless the raw body is signed with the secret and recent."""
    if not secret:
        raise BadSignature("The connection has no webhook secret.")
    stamp = headers.get("x-minimal-time", "")
    wanted = hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(headers.get("x-minimal-signature", "").encode(), wanted.encode()):
        raise BadSignature("The signature does not fit the body.")
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= 12):
        raise BadSignature("The time is missing or no number.")
    if abs(now.timestamp() - int(stamp)) > OLDEST_S:
        raise BadSignature("The call is too old, or a clock is wrong.")


def event_id(*, headers: Mapping[str, str], body: bytes) -> str:
    """This will return the event's id, "" when there is none."""
    try:
        return str(_event(body)["id"])
    except Malformed:
        return ""


def interpret(*, headers: Mapping[str, str], body: bytes) -> tuple[Update | Hint, ...]:
    """This will read an event; raises ``Malformed`` when it is none of Minimal's."""
    event = _event(body)
    given = event.get("what")
    what: Mapping[str, Any] = given if isinstance(given, Mapping) else {}
    known: dict[str, Any] = {"kind": UpdateKind.UNKNOWN, "words": flat(event["type"])[:80]}
    if event["type"] == "note" and isinstance(what.get("text"), str):
        note = {"text": block(what["text"]), "author": flat(str(what.get("by", "")))}
        known = {"kind": UpdateKind.NOTE, "note_id": str(what.get("note", "")), **note}
    elif event["type"] == "state" and isinstance(what.get("to"), str) and what["to"] in STATES:
        known = {"kind": UpdateKind.STATE, "state": STATES[what["to"]], "words": what["to"]}
    return (Update(key=f"event:{event['id']}", remote_id=event["ticket"], at=_at(event), **known),)


def _event(body: bytes) -> Mapping[str, Any]:
    try:
        event = json.loads(body)
    except (ValueError, RecursionError):
        raise Malformed("The call is not JSON.") from None
    if not isinstance(event, dict):
        raise Malformed("The call is not a JSON object.")
    for name in ("id", "type", "ticket"):
        if not isinstance(event.get(name), str) or not event[name].strip():
            raise Malformed(f"The call has no {name}.")
    return event


def _at(event: Mapping[str, Any]) -> datetime:
    at = event.get("at")
    return datetime.fromtimestamp(at if isinstance(at, int) and 0 < at < 10**11 else 0, tz=UTC)
