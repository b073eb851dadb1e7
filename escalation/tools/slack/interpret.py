"""What does an event of Slack say? That somebody wrote in a thread, which is then read again. Pure.

Source: Slack API documentation, "Verifying requests from Slack", "Events API". The signature is
``v0=<hex HMAC-SHA256(signing secret, "v0:" + timestamp + ":" + raw body)>``, good for five minutes. What the
app wrote itself comes back as an event too and says nothing new.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from escalation.tools.updates import BadSignature, Hint, Malformed, Update, UpdateKind
from escalation.translation.plain import flat

OLDEST_S: Final = 300
GREETING: Final = "url_verification"
# What happens in a channel without anybody saying something in a thread. A file that is shared comes with a
# message, which has an event of its own.
_NOT_SAID: Final = frozenset(
    {"channel_join", "channel_leave", "channel_topic", "channel_purpose", "channel_name"}
    | {"channel_archive", "channel_unarchive", "group_topic", "channel_posting_permissions"}
)


def verify(*, headers: Mapping[str, str], body: bytes, secret: str, now: datetime) -> None:
    """This will raise ``BadSignature`` unless the raw body is signed with the secret and recent."""
    if not secret:
        raise BadSignature("The connection has no signing secret.")
    stamp = headers.get("x-slack-request-timestamp", "")
    given = headers.get("x-slack-signature", "").encode()
    digest = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(given, f"v0={digest}".encode()):
        raise BadSignature("The signature does not fit the body.")
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= 12):
        raise BadSignature("The timestamp is missing or no time.")
    if abs(now.timestamp() - int(stamp)) > OLDEST_S:
        raise BadSignature("The call is too old, or a clock is wrong.")


def greeting(*, body: bytes) -> str | None:
    """This will return the challenge by which Slack tries a new address, or None for any other body."""
    try:
        said = _outer(body)
    except Malformed:
        return None
    challenge = said.get("challenge")
    return challenge if said["type"] == GREETING and isinstance(challenge, str) else None


def event_id(*, headers: Mapping[str, str], body: bytes) -> str:  # noqa: ARG001 - the id stands in the body
    """This will return Slack's id of the event, the same however often it is sent; "" when there is none."""
    try:
        said = _outer(body)
    except Malformed:
        return ""
    number = said.get("event_id")
    # Only what Slack says of the app itself comes without an id; the same bytes are the same then.
    return number if isinstance(number, str) and number else hashlib.sha256(body).hexdigest()


def interpret(*, headers: Mapping[str, str], body: bytes) -> tuple[Update | Hint, ...]:
    """This will read an event; raises ``Malformed`` when it is none of Slack's."""
    said = _outer(body)
    event, number = _member(said, "event"), event_id(headers=headers, body=body)
    if event.get("type") != "message" or event.get("subtype") in _NOT_SAID:
        kind = event.get("subtype") or event.get("type") or said["type"]
        return (_unknown(str(kind), number, said),)
    if event.get("app_id") and event.get("app_id") == said.get("api_app_id"):
        return ()
    thread = _thread(event)
    if not thread:
        return (_unknown("message without a place", number, said),)
    return (Hint(remote_id=thread, event_id=number),)


def _thread(event: Mapping[str, Any]) -> str:
    """Channel and first message; an edited or deleted message lies one level deeper."""
    message = _member(event, "message") or _member(event, "previous_message") or event
    channel, ts = event.get("channel"), message.get("thread_ts") or message.get("ts")
    return f"{channel}/{ts}" if isinstance(channel, str) and isinstance(ts, str) and channel and ts else ""


def _unknown(kind: str, number: str, said: Mapping[str, Any]) -> Update:
    at = said.get("event_time")
    recent = isinstance(at, int) and 0 < at < 10**11
    return Update(
        key=f"event:{number}",
        remote_id="",
        kind=UpdateKind.UNKNOWN,
        at=datetime.fromtimestamp(at if recent and isinstance(at, int) else 0, tz=UTC),
        words=flat(kind)[:80],
    )


def _member(value: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = value.get(name)
    return found if isinstance(found, Mapping) else {}


def _outer(body: bytes) -> Mapping[str, Any]:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        raise Malformed("The body is not JSON.") from None
    if not isinstance(said, dict) or not isinstance(said.get("type"), str) or not said["type"].strip():
        raise Malformed("The body is no event of Slack.")
    return said
