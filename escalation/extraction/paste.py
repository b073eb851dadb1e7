"""Which conversation is in a text that somebody copied out of a chat or a mail program?

Understands chat copied from Slack and Teams ("Name  10:42 AM" above the lines), WhatsApp exports,
"Name: text" lines, mail headers and quoted mail threads. Text without any of these is one message.
The first to speak is taken for the requester: whoever pasted it answered.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from escalation.extraction.times import resolve
from escalation.knowledge.conversation import Conversation, Message
from escalation.knowledge.state import Source
from escalation.knowledge.words import Role

_NAME = r"(?P<name>[^\W\d_][\w .,'’()@-]{0,60}?)"
_CLOCK = r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s?[ap]\.?m\.?)?"
_DATE = r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}"
_HEADS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # a line of a WhatsApp export, with its date in brackets or before a dash
        rf"^\[?(?P<when>{_DATE},? {_CLOCK})\]?\s?[-–]?\s{_NAME}: (?P<text>.*)$",
        # a clock, a name, a colon
        rf"^\[?(?P<when>{_CLOCK})\]?\s{{1,2}}[-–]?\s?{_NAME}: (?P<text>.*)$",
        # the line above a block that was copied out of Slack or Teams: a name and a clock
        (
            rf"^{_NAME}\s{{1,3}}(?:APP\s{{1,2}})?[\[(]?(?P<when>(?:(?:today|yesterday|{_DATE}|"
            rf"\w{{3,9}},? \w{{3,9}} \d{{1,2}}\w{{0,2}}),?(?: at)? )?{_CLOCK})[\])]?(?P<text>)$"
        ),
        # what mail programs write above a quoted mail
        (
            rf"^(?:on|am|le|el|op) (?P<when>.{{4,58}}?\d(?:\s?[ap]\.?m\.?)?),? (?:schrieb |"
            rf"at )?{_NAME}(?: ?<[^>]{{3,80}}>)? ?(?:wrote|schrieb|a écrit|escribió|schreef)\s?(?P<text>):$"
        ),
    )
)
_MAIL = re.compile(
    r"^(?P<field>from|von|de|sent|date|gesendet|datum|envoyé|enviado|to|an|à|para|cc|subject|betreff|"
    r"objet|asunto): ?(?P<value>.*)$",
    re.IGNORECASE,
)
_FROM = frozenset({"from", "von", "de"})
_SENT = frozenset({"sent", "date", "gesendet", "datum", "envoyé", "enviado"})
_SUBJECT = frozenset({"subject", "betreff", "objet", "asunto"})
_SPEAKER = re.compile(
    r"^(?P<name>(?-i:[A-Z])[\w.'’-]{1,20}(?: (?-i:[A-Z])[\w.'’-]{0,20}){0,2}): (?P<text>\S.*)$"
)
# Words before a colon that head a field of a form, not what somebody said.
_FIELD_NAMES = (
    "error environment platform version note steps expected actual result impact browser os user "
    "account warning status priority summary description update question answer host server url date "
    "time deadline console log fehler betreff"
)


@dataclass(kw_only=True, slots=True)
class _Part:
    """One message being collected."""

    author: str = ""
    when: str = ""
    lines: list[str]


def conversation_from_text(text: str, *, source: Source, at: datetime, zone: str) -> Conversation:
    """This will read pasted text as a conversation; ``at`` (aware) dates what carries no date."""
    text = re.sub(r"\r\n?|\u2028|\u2029|\x0b|\x0c", "\n", text)
    subject, parts = _split(text)
    kept = [part for part in parts if "".join(part.lines).strip()]
    if any(part.when for part in kept) and _newest_first(kept, at=at, zone=zone):
        kept.reverse()
    first = next((part.author for part in kept if part.author), "")
    messages = tuple(
        Message(
            tool=source.tool,
            reference=f"{source.reference}#{number}" if source.reference else str(number),
            author=part.author or source.requester,
            role=_role(part.author, first=first, source=source),
            text="\n".join(part.lines).strip(),
            at=_moment(part.when, at=at, zone=zone) or at,
        )
        for number, part in enumerate(kept, start=1)
    )
    return Conversation(source=source, subject=subject, messages=messages, zone=zone)


def _split(text: str) -> tuple[str, list[_Part]]:
    parts: list[_Part] = [_Part(lines=[])]
    subject, header = "", False
    speakers = _speakers(text)
    for raw in text.split("\n"):
        line = re.sub(r"^(?:> ?)+", "", raw) if len(parts) > 1 or raw.startswith(">") else raw
        head = next(_heads(line, speakers), None)
        mail = _MAIL.match(line[:300].strip())
        if mail and (header or mail["field"].lower() in _FROM | _SUBJECT):
            subject, header = _mail_field(parts, mail, subject), True
        elif head is not None:
            parts.append(_Part(author=head[0], when=head[1], lines=[head[2]] if head[2] else []))
            header = False
        else:
            header = header and not line.strip()
            parts[-1].lines.append(line)
    return subject, parts


def _mail_field(parts: list[_Part], mail: re.Match[str], subject: str) -> str:
    field, value = mail["field"].lower(), mail["value"].strip()
    if field in _FROM:
        parts.append(_Part(author=re.sub(r"\s*<[^>]*>", "", value).strip('" '), lines=[]))
    elif field in _SENT:
        parts[-1].when = value
    elif field in _SUBJECT and not subject:
        return value
    return subject


def _speakers(text: str) -> frozenset[str]:
    """Names before a colon count as speakers when at least two of them do, one of them twice."""
    counts: dict[str, int] = {}
    for line in text.split("\n"):
        if (match := _SPEAKER.match(line[:300])) and match["name"].lower() not in _FIELD_NAMES.split():
            counts[match["name"]] = counts.get(match["name"], 0) + 1
    return frozenset(counts) if len(counts) >= 2 and max(counts.values()) >= 2 else frozenset()


def _heads(line: str, speakers: frozenset[str]) -> Iterator[tuple[str, str, str]]:
    if len(line) <= 4000:
        for pattern in _HEADS:
            if match := pattern.match(
                line.strip()[:1000] if pattern is not _HEADS[0] and pattern is not _HEADS[1] else line.strip()
            ):
                yield match["name"].strip(" ,"), match["when"], match["text"]
    match = _SPEAKER.match(line)
    if match and match["name"] in speakers:
        yield match["name"], "", match["text"]


def _role(author: str, *, first: str, source: Source) -> Role:
    if not author or author == first or (source.requester and author == source.requester):
        return Role.REQUESTER
    return Role.TECHNICIAN


def _moment(when: str, *, at: datetime, zone: str) -> datetime | None:
    if not when:
        return None
    span = resolve(when, said_at=at, zone=zone)
    if span is None:
        return None
    # A clock alone that is still ahead was yesterday's: nobody pastes what has not been said yet.
    ahead = span.start > at + timedelta(minutes=1) and re.fullmatch(_CLOCK, when, re.IGNORECASE) is not None
    found = span.start - timedelta(days=1) if ahead else span.start
    return found.astimezone(ZoneInfo("UTC"))


def _newest_first(parts: list[_Part], *, at: datetime, zone: str) -> bool:
    """Mail threads hold the newest message on top."""
    times = [moment for part in parts if (moment := _moment(part.when, at=at, zone=zone)) is not None]
    return len(times) > 1 and times[0] > times[-1]
