"""Slack as the channel in which a team follows its handoffs (``contract.Chat``).

Slack knows no key against writing twice. So each post carries ours as metadata, which people do not see, and
the channel is read back by it before anything is posted again. Source: Slack API documentation, "Message
metadata", "conversations.history", "chat.postMessage".

A thread is named ``<channel>/<ts of its first message>``.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from escalation.knowledge.conversation import Message
from escalation.tools.contract import Place, Post, Proof, Remote
from escalation.tools.slack.calls import called, cursor_of, written
from escalation.tools.slack.direct import plain
from escalation.tools.slack.source import people_in, thread_messages
from escalation.tools.slack.thread import Document, Permalink, conversation_of, permalink
from escalation.tools.updates import Update, UpdateKind
from escalation.transport.door import Door
from escalation.transport.errors import NotFound, Unavailable

EVENT: Final = "baton_status"
PAGE: Final = 200
MOST_PAGES: Final = 10
CLOCKS_APART: Final = timedelta(minutes=5)


def channels(door: Door) -> tuple[Place, ...]:
    """This will list the channels of which the app is a member, by name."""
    params = {"types": "public_channel,private_channel", "exclude_archived": "true", "limit": str(PAGE)}
    found: list[Place] = []
    for _ in range(MOST_PAGES):
        answer = called(door, "conversations.list", params)
        found += [
            Place(place=str(each.get("id")), name=str(each.get("name") or each.get("id")))
            for each in _listed(answer, "channels")
            if each.get("is_member") is True
        ]
        if not (cursor := cursor_of(answer)):
            break
        params["cursor"] = cursor
    return tuple(sorted(found, key=lambda each: each.name))


def find_post(door: Door, *, post: Post, since: datetime) -> Proof | None:
    """This will look for the key in the metadata of what stands in the channel, or in the thread."""
    for message in _since(door, post, oldest=since - CLOCKS_APART):
        metadata = message.get("metadata")
        payload = metadata.get("event_payload") if isinstance(metadata, Mapping) else None
        if isinstance(payload, Mapping) and payload.get("key") == post.key:
            return _proof(door, post, message)
    return None


def post(door: Door, *, post: Post) -> Proof:
    """This will write one message, as plain text with one address under it."""
    text = plain(post.text) + (f"\n<{post.url}>" if post.url else "")
    body: dict[str, Any] = {
        "channel": post.place,
        "text": text,
        "mrkdwn": False,
        "parse": "none",
        "unfurl_links": False,
        "unfurl_media": False,
        "metadata": {"event_type": EVENT, "event_payload": {"key": post.key}},
    }
    if post.thread:
        body["thread_ts"] = _split(post.thread)[1]
    return _proof(door, post, written(door, "chat.postMessage", body))


def thread_of(text: str, /) -> str:
    """This will return the thread a permalink leads to, or ""."""
    place = permalink(text)
    return f"{place.channel}/{place.ts}" if place else ""


def read(door: Door, *, remote_id: str) -> tuple[Update, ...]:
    """This will return every message of a thread as a note; raises ``NotFound``."""
    channel, ts = _split(remote_id)
    messages = thread_messages(door, channel=channel, ts=ts)
    place = Permalink(channel=channel, ts=ts, url=_address(door, channel, ts))
    said = conversation_of(messages, people=people_in(door, messages), place=place).messages
    return tuple(
        Update(
            key=f"message:{each.reference}",
            remote_id=remote_id,
            kind=UpdateKind.NOTE,
            at=each.at,
            text="\n".join(_lines(each)),
            author=each.author,
            note_id=each.reference,
        )
        for each in said
        if each.at is not None
    )


def _lines(said: Message) -> Iterator[str]:
    if said.text:
        yield said.text + (f" (edited {said.edited_at:%d %b %H:%M} UTC)" if said.edited_at else "")
    yield from (f"File: {name}" for name in said.files)


def _since(door: Door, post: Post, *, oldest: datetime) -> Iterator[Document]:
    method = "conversations.replies" if post.thread else "conversations.history"
    params = {"channel": post.place, "limit": str(PAGE), "include_all_metadata": "true"}
    params["oldest"] = f"{oldest.timestamp():.6f}"
    if post.thread:
        params["ts"] = _split(post.thread)[1]
    for _ in range(MOST_PAGES):
        answer = called(door, method, params)
        yield from _listed(answer, "messages")
        if not (cursor := cursor_of(answer)):
            return
        params["cursor"] = cursor
    # What lies further back was not looked at: to say "not there" would post it twice.
    raise Unavailable("Slack holds more messages since then than Baton looks through; it looks again later.")


def _proof(door: Door, post: Post, message: Mapping[str, Any]) -> Proof:
    ts = str(message.get("ts") or "")
    if not ts:
        raise Unavailable("Slack's answer could not be understood.")
    thread = post.thread or f"{post.place}/{ts}"
    remote = Remote(remote_id=thread, number="", url=_address(door, post.place, ts))
    return Proof(remote=remote, kept={}, note_ids=(ts,))


def _listed(answer: Mapping[str, Any], name: str) -> list[Document]:
    rows = answer.get(name)
    return [each for each in rows if isinstance(each, Mapping)] if isinstance(rows, list) else []


def _split(remote_id: str) -> tuple[str, str]:
    channel, _, ts = remote_id.partition("/")
    if not channel or not ts:
        raise NotFound(f"“{remote_id[:40]}” is no thread of Slack.")
    return channel, ts


def _address(door: Door, channel: str, ts: str) -> str:
    return f"{door.base_url}/archives/{channel}/p{ts.replace('.', '')}"
