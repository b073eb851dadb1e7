"""What does a post of the customer's business rule say?

ServiceNow has no webhooks of its own: ``business_rule.js`` in this folder is what a customer installs.
It sends no note text, only that a record changed; the record is then read. Pure.

Headers: ``X-Baton-Timestamp`` (Unix seconds) and ``X-Baton-Signature: sha256=<hex>``, the HMAC-SHA256 of
``<timestamp>.<raw body>`` under the connection's secret.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from escalation.tools.servicenow.times import moment
from escalation.tools.servicenow.vocabulary import TABLE
from escalation.tools.updates import BadSignature, Hint, Malformed, Update, UpdateKind

OLDEST_S: Final = 300  # a post older than that may be a replay
_SYS_ID: Final = re.compile(r"[0-9a-f]{32}")


def verify(*, headers: Mapping[str, str], body: bytes, secret: str, now: datetime) -> None:
    """This will raise ``BadSignature`` unless the raw body is signed with the secret and recent."""
    stamp = headers.get("x-baton-timestamp", "")
    given = headers.get("x-baton-signature", "").encode()
    if not secret:
        raise BadSignature("The connection has no webhook secret.")
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= 12):
        raise BadSignature("The timestamp is missing or no number.")
    wanted = "sha256=" + hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(given, wanted.encode()):
        raise BadSignature("The signature does not fit the body.")
    if abs(now.timestamp() - int(stamp)) > OLDEST_S:
        raise BadSignature("The post is too old, or a clock is wrong.")


def event_id(*, headers: Mapping[str, str], body: bytes) -> str:  # noqa: ARG001 - other tools look at headers
    """This will return the id that the script drew for the event, "" when there is none."""
    try:
        return str(_event(body).get("event_id") or "")
    except Malformed:
        return ""


def interpret(*, headers: Mapping[str, str], body: bytes) -> tuple[Update | Hint, ...]:
    """This will read a post; raises ``Malformed`` when it is not the script's."""
    event = _event(body)
    sys_id, table = event.get("sys_id"), event.get("table")
    if not isinstance(sys_id, str) or not _SYS_ID.fullmatch(sys_id) or not isinstance(table, str):
        raise Malformed("The post names no record.")
    identity = event_id(headers=headers, body=body)
    if not identity:
        raise Malformed("The post has no event_id.")
    if table == TABLE:
        return (Hint(remote_id=sys_id, event_id=identity),)
    unknown = Update(
        key=f"event:{identity}",
        remote_id=sys_id,
        kind=UpdateKind.UNKNOWN,
        at=_at(event, headers),
        words=f"a change in the table {table[:80]}",
    )
    return (unknown,)


def _event(body: bytes) -> Mapping[str, Any]:
    try:
        event = json.loads(body)
    except (ValueError, RecursionError):
        raise Malformed("The post is not JSON.") from None
    if not isinstance(event, dict):
        raise Malformed("The post is not a JSON object.")
    return event


def _at(event: Mapping[str, Any], headers: Mapping[str, str]) -> datetime:
    written = moment(str(event.get("sys_updated_on", "")))
    if written is not None:
        return written
    stamp = headers.get("x-baton-timestamp", "")
    seconds = int(stamp) if stamp.isascii() and stamp.isdigit() and len(stamp) <= 10 else 0
    return datetime.fromtimestamp(seconds, tz=UTC)
