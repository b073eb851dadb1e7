"""How is a message written to the practice Slack, by the bot (`chat.postMessage`) and by people on the page.

There is no key against writing twice: the same call again is a second message. Whoever must know reads the
channel back and compares the metadata.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from escalation.practice.clock import Clock
from escalation.practice.slack.workspace import APP_ID, BOT, Sent, refused
from escalation.practice.store import Document, Store
from escalation.practice.world.links import TEAM_ID

_MOST_TEXT: Final = 40_000
_FIRST_MICROS: Final = 219


class CannotWrite(ValueError):
    """A message that Slack does not take; the text is Slack's own word for it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Desk:
    """Where messages are written: `tell` is called with each new one and its channel."""

    store: Store
    clock: Clock
    tell: Callable[[str, Mapping[str, Any]], None]


def post_message(desk: Desk, sent: Sent) -> dict[str, Any]:
    """Answer `chat.postMessage`."""
    try:
        more = {name: _parsed(sent, name) for name in ("blocks", "attachments", "metadata") if sent.get(name)}
        _check(sent, more)
        message = _bots(sent.get("text", ""), more)
        written = write(
            desk, channel=sent.get("channel", ""), message=message, thread_ts=sent.get("thread_ts", "")
        )
    except CannotWrite as why:
        return refused(str(why))
    return {"ok": True, "channel": sent["channel"], "ts": written["ts"], "message": written}


def write(desk: Desk, *, channel: str, message: Mapping[str, Any], thread_ts: str = "") -> Mapping[str, Any]:
    """Write a message into a channel, or into a thread of it. Raises CannotWrite."""
    # A member's id stands for the conversation with that member alone.
    if desk.store.get("channel", channel) is None and desk.store.get("user", channel) is None:
        raise CannotWrite("channel_not_found")
    parent = desk.store.get("message", f"{channel}:{thread_ts}") if thread_ts else None
    if thread_ts and parent is None:
        raise CannotWrite("thread_not_found")
    with desk.store.transaction():
        number = desk.store.next_number("micros", first=_FIRST_MICROS) % 1_000_000
        written = {
            "type": "message",
            "team": TEAM_ID,
            **message,
            "ts": f"{int(desk.clock().timestamp())}.{number:06}",
        }
        if parent is not None:
            root = str(parent["message"].get("thread_ts", thread_ts))
            written |= {"thread_ts": root, **_noted(desk.store, channel, root, written)}
        desk.store.put("message", f"{channel}:{written['ts']}", {"channel": channel, "message": written})
    desk.tell(channel, written)
    return written


def _noted(store: Store, channel: str, root: str, written: Mapping[str, Any]) -> dict[str, str]:
    """Count a reply on the first message of its thread; give what the reply says of that one."""
    found: Document | None = store.get("message", f"{channel}:{root}")
    if found is None:
        return {}
    first = found["message"]
    writers = list(dict.fromkeys([*first.get("reply_users", ()), written["user"]]))
    counted = {
        **first,
        "thread_ts": root,
        "reply_count": int(first.get("reply_count", 0)) + 1,
        "reply_users": writers,
        "reply_users_count": len(writers),
        "latest_reply": written["ts"],
    }
    store.put("message", f"{channel}:{root}", {"channel": channel, "message": counted})
    return {"parent_user_id": str(first["user"])}


def _bots(text: str, more: Mapping[str, Any]) -> dict[str, Any]:
    profile = {"id": BOT["bot_id"], "app_id": APP_ID, "name": "Baton", "deleted": False, "team_id": TEAM_ID}
    who = {"user": BOT["user_id"], "bot_id": BOT["bot_id"], "app_id": APP_ID, "bot_profile": profile}
    return {"text": text, **who, **more}


def _check(sent: Sent, more: Mapping[str, Any]) -> None:
    if not sent.get("text") and not more.get("blocks") and not more.get("attachments"):
        raise CannotWrite("no_text")
    if len(sent.get("text", "")) > _MOST_TEXT:
        raise CannotWrite("msg_too_long")
    metadata = more.get("metadata")
    whole = isinstance(metadata, Mapping) and isinstance(metadata.get("event_payload"), Mapping)
    if metadata is not None and not (whole and metadata.get("event_type")):
        raise CannotWrite("invalid_metadata_format")


def _parsed(sent: Sent, name: str) -> Any:
    try:
        return json.loads(sent[name])
    except ValueError as why:
        word = "invalid_metadata_format" if name == "metadata" else f"invalid_{name}_format"
        raise CannotWrite(word) from why
