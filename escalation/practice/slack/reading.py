"""Which methods read from the practice Slack: threads, channels, people, permalinks.

Metadata of a message is given only where it is asked for (`include_all_metadata`).
"""

from collections.abc import Mapping
from typing import Any, Final

from escalation.practice.slack.workspace import BOT, Sent, asked, channel_messages, refused
from escalation.practice.store import Document, Store
from escalation.practice.world.links import TEAM_ID, WORKSPACE, permalink

_MOST: Final = 1000
_USUAL: Final = 100


def replies(store: Store, sent: Sent) -> dict[str, Any]:
    """Give a thread by the `ts` of its parent or of any reply, paged by `cursor`."""
    if store.get("channel", sent.get("channel", "")) is None:
        return refused("channel_not_found")
    found = store.get("message", f"{sent['channel']}:{sent.get('ts', '')}")
    if found is None:
        return refused("thread_not_found")
    parent_ts = _thread_of(found)
    thread = [
        one["message"] for one in channel_messages(store, sent["channel"]) if _thread_of(one) == parent_ts
    ]
    thread.sort(key=lambda one: str(one["ts"]))
    return _page([one for one in thread if one is thread[0] or _is_between(one, sent)], sent, usual=_MOST)


def history(store: Store, sent: Sent) -> dict[str, Any]:
    """Give a channel's own messages without the replies in threads, newest first, paged by `cursor`."""
    if store.get("channel", sent.get("channel", "")) is None:
        return refused("channel_not_found")
    found = [
        one for one in channel_messages(store, sent["channel"]) if _thread_of(one) == one["message"]["ts"]
    ]
    messages = [one["message"] for one in found if _is_between(one["message"], sent)]
    messages.sort(key=lambda one: str(one["ts"]), reverse=True)
    return {**_page(messages, sent, usual=_USUAL), "pin_count": 0}


def channels(store: Store, sent: Sent) -> dict[str, Any]:
    """Give the channels, paged by `cursor`, each with whether the bot is a member of it."""
    known = sorted(store.all("channel"), key=lambda one: str(one["name"]))
    start = int(sent["cursor"]) if sent.get("cursor", "").isdigit() else 0
    limit = int(sent["limit"]) if sent.get("limit", "").isdigit() else _USUAL
    end = start + min(max(limit, 1), _MOST)
    shown = [
        {
            "id": one["id"],
            "name": one["name"],
            "name_normalized": one["name"],
            "is_channel": True,
            "is_private": False,
            "is_archived": False,
            "is_member": one.get("is_member", True),
            "num_members": len(store.all("user")),
        }
        for one in known[start:end]
    ]
    cursor = {"next_cursor": str(end) if end < len(known) else ""}
    return {"ok": True, "channels": shown, "response_metadata": cursor}


def user(store: Store, sent: Sent) -> dict[str, Any]:
    """Give a person, with the locale only where asked."""
    found = store.get("user", sent.get("user", ""))
    if found is None:
        return refused("user_not_found")
    hidden = set() if asked(sent, "include_locale") else {"locale"}
    return {"ok": True, "user": {name: value for name, value in found.items() if name not in hidden}}


def link(store: Store, sent: Sent) -> dict[str, Any]:
    """Give the address of a message."""
    channel, ts = sent.get("channel", ""), sent.get("message_ts", "")
    if store.get("channel", channel) is None:
        return refused("channel_not_found")
    found = store.get("message", f"{channel}:{ts}")
    if found is None:
        return refused("message_not_found")
    return {"ok": True, "channel": channel, "permalink": permalink(channel, ts, thread_ts=_thread_of(found))}


def who(_store: Store, _sent: Sent) -> dict[str, Any]:
    """Say which bot the token belongs to."""
    url = f"https://{WORKSPACE}.slack.com/"
    team = {"url": url, "team": "Halden", "team_id": TEAM_ID}
    return {"ok": True, **team, **BOT, "is_enterprise_install": False}


def _thread_of(found: Document) -> str:
    message = found["message"]
    return str(message.get("thread_ts", message["ts"]))


def _is_between(message: Mapping[str, Any], sent: Sent) -> bool:
    oldest, latest = sent.get("oldest") or "0", sent.get("latest") or "9"
    if message["ts"] in {oldest, latest}:
        return asked(sent, "inclusive")
    return bool(oldest < message["ts"] < latest)


def _page(messages: list[Mapping[str, Any]], sent: Sent, *, usual: int) -> dict[str, Any]:
    start = int(sent["cursor"]) if sent.get("cursor", "").isdigit() else 0
    limit = int(sent["limit"]) if sent.get("limit", "").isdigit() else usual
    end = start + min(max(limit, 1), _MOST)
    more = end < len(messages)
    hidden = set() if asked(sent, "include_all_metadata") else {"metadata"}
    shown = [{name: one[name] for name in one if name not in hidden} for one in messages[start:end]]
    cursor = {"next_cursor": str(end) if more else ""}
    return {"ok": True, "messages": shown, "has_more": more, "response_metadata": cursor}
