"""How does a Slack thread become messages? Pure.

Works on the decoded JSON of ``conversations.replies`` and ``users.info``. A ``ts`` is an id that looks like
a number: it is kept as text. Source: Slack API documentation, "conversations.replies", "Formatting text".
"""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from escalation.knowledge.conversation import Conversation, Message
from escalation.knowledge.state import Source
from escalation.knowledge.words import Role
from escalation.translation.plain import block, cut, flat

Document = Mapping[str, Any]
_PERMALINK: Final = re.compile(
    r"https://[a-z0-9][\w.-]*\.slack\.com/archives/([A-Z0-9]{2,})/p(\d{10})(\d{6})(\?[\w=&.%-]*)?",
    re.IGNORECASE,
)
_PARENT: Final = re.compile(r"[?&]thread_ts=(\d{10}\.\d{6})")
_MARK: Final = re.compile(r"<([^<>]+)>")
# Said by nobody: joins, renames and what is left of a deleted message.
_NOISE: Final = frozenset(
    {"tombstone", "channel_join", "channel_leave", "channel_topic", "channel_purpose", "channel_name"}
)
TITLE: Final = 120


@dataclass(frozen=True, kw_only=True, slots=True)
class Permalink:
    """A place in Slack; ``ts`` of the message that begins the thread."""

    channel: str
    ts: str
    url: str


def permalink(text: str) -> Permalink | None:
    """This will read the address of a message; that of a reply leads to the thread it is in."""
    found = _PERMALINK.search(text)
    if found is None:
        return None
    parent = _PARENT.search(found[4] or "")
    ts = parent[1] if parent else f"{found[2]}.{found[3]}"
    return Permalink(channel=found[1].upper(), ts=ts, url=found[0])


def authors(messages: Sequence[Document]) -> tuple[str, ...]:
    """This will return the ids of the people who wrote or are named in the messages."""
    ids: dict[str, None] = {}
    for each in messages:
        ids |= dict.fromkeys(re.findall(r"<@([A-Z0-9]+)", _text(each.get("text"))))
        if _text(each.get("user")):
            ids[_text(each["user"])] = None
    return tuple(ids)


def conversation_of(
    messages: Sequence[Document], *, people: Mapping[str, Document], place: Permalink
) -> Conversation:
    """This will put a thread together; ``people`` by Slack id.

    Slack does not know who is a technician, so everybody is OTHER and nobody's word counts as checked.
    """
    names = {number: _name(each) for number, each in people.items()}
    said = tuple(_messages(messages, names, place))
    first = people.get(_text(messages[0].get("user")), {}) if messages else {}
    return Conversation(
        source=Source(
            tool="slack",
            reference=place.url,
            url=place.url,
            requester=_name(first) if first else "",
            requester_zone=_zone(first),
        ),
        subject=cut(flat(said[0].text), TITLE) if said else "",
        messages=said,
        zone=_zone(first) or "UTC",
    )


def said_in(text: str, names: Mapping[str, str]) -> str:
    """This will return Slack's markup as plain text, with people and channels by name."""
    return block(html.unescape(_MARK.sub(lambda found: _spelled(found[1], names), text)))


def _messages(messages: Sequence[Document], names: Mapping[str, str], place: Permalink) -> Iterator[Message]:
    for each in messages:
        files = tuple(_files(each))
        text = said_in(_text(each.get("text")), names)
        if each.get("subtype") in _NOISE or not (text or files):
            continue
        ts = _text(each.get("ts"))
        yield Message(
            tool="slack",
            reference=ts,
            author=_author(each, names),
            role=Role.OTHER,
            text=text,
            at=_at(ts),
            edited_at=_edited_at(each),
            public=False,
            permalink=_address(ts, place),
            files=files,
        )


def _edited_at(message: Document) -> datetime | None:
    edited = message.get("edited")
    return _at(_text(edited.get("ts"))) if isinstance(edited, Mapping) else None


def _author(message: Document, names: Mapping[str, str]) -> str:
    user = _text(message.get("user"))
    profile = message.get("bot_profile")
    bot = _text(profile.get("name")) if isinstance(profile, Mapping) else ""
    return names.get(user) or flat(_text(message.get("username")) or bot or user) or "unknown"


def _spelled(mark: str, names: Mapping[str, str]) -> str:
    target, _, label = mark.partition("|")
    if target.startswith("@"):
        return f"@{names.get(target[1:]) or label or target[1:]}"
    if target.startswith("#"):
        return f"#{label or target[1:]}"
    if target.startswith("!"):
        return f"@{label or target[1:].partition('^')[0]}"
    return f"{label} ({target})" if label and label not in target else target


def _files(message: Document) -> Iterator[str]:
    files = message.get("files")
    for each in files if isinstance(files, list) else ():
        if isinstance(each, Mapping) and each.get("mode") != "tombstone":
            yield flat(_text(each.get("name")) or _text(each.get("title"))) or "a file"


def _name(user: Document) -> str:
    profile = user.get("profile")
    shown = _text(profile.get("display_name")) if isinstance(profile, Mapping) else ""
    return flat(_text(user.get("real_name")) or shown or _text(user.get("name")))


def _zone(user: Document) -> str:
    zone = _text(user.get("tz"))
    try:
        ZoneInfo(zone)
    except (OSError, KeyError, ValueError):
        return ""
    return zone


def _at(ts: str) -> datetime | None:
    seconds = ts.partition(".")[0]
    if not (seconds.isascii() and seconds.isdigit() and len(seconds) <= 10):
        return None
    return datetime.fromtimestamp(int(seconds), tz=UTC)


def _address(ts: str, place: Permalink) -> str:
    site = place.url.partition("/archives/")[0]
    return f"{site}/archives/{place.channel}/p{ts.replace('.', '')}?thread_ts={place.ts}"


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
