"""What stands beside the form while somebody fills it?

The receiver's record as it would be created now, what Baton understood of typed times, advice, and the
conversation with the lines that suggestions were taken from. Read from the saved draft only, so that
the page shows exactly what would be sent.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime

from escalation.capture.answering import named_answers
from escalation.capture.draft import conversation_of, later_of, state_of
from escalation.capture.muting import muted_by
from escalation.capture.onward import handed_on, preview_onward, routes_after
from escalation.capture.preview import STILL_READ_IN, NoReceiver, advice, preview
from escalation.guard.findings import KIND_TITLES, Finding, Severity
from escalation.knowledge.conversation import Message
from escalation.knowledge.reach import reach
from escalation.knowledge.state import Availability, Evidence, KnowledgeState, Moment, Window
from escalation.models import Handoff
from escalation.web.measured import PREVIEW
from escalation.web.moves import MASK_HEAD
from escalation.web.record import RecordView, record_view
from escalation.web.sheet import labels, suggestions

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, kw_only=True, slots=True)
class Understood:
    """Words of one item and what they were taken to mean."""

    label: str
    item_id: str
    words: str
    meaning: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Advice:
    """One piece of advice, with the line it is about."""

    message: str
    secret: bool
    label: str
    item_id: str
    mask: str  # the press that takes a secret out; "" where there is none
    kind: str  # by which such advice is switched off for good; "" where it cannot be
    about: str  # what that is called


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """One message of the conversation, cut into pieces; a piece with an item id is quoted by it."""

    message: Message
    pieces: tuple[tuple[str, str], ...]


def beside(*, handoff: Handoff, zone: str, now: datetime, shown: int | None = None) -> dict[str, Any]:
    """This will return the template's values for everything beside the form.

    ``shown`` names the later route whose record is looked at; None, or any other, looks at the first.
    """
    state = state_of(handoff)
    later = later_of(handoff)
    short = labels(state, later=later)
    record, trouble = _record(handoff, state, short)
    muted = muted_by(handoff.author_id)
    return {
        "handoff": handoff,
        "record": record,
        "trouble": trouble,
        **(_onward(handoff, state, short, shown) if shown else {}),
        "reading_in": record is not None and any(STILL_READ_IN in loss.what for loss in record.losses),
        "understood": tuple(_understood(state, short, zone=zone, now=now)),
        "advice": tuple(
            Advice(
                message=each.message,
                secret=each.severity == "secret",
                label=short.get(each.item_id or "", ""),
                item_id=each.item_id or "",
                mask=_mask(each),
                kind=each.code if each.code in KIND_TITLES else "",
                about=KIND_TITLES.get(each.code, ""),
            )
            for each in advice(handoff=handoff)
            if each.code not in muted
        ),
        "muted": tuple((code, title) for code, title in KIND_TITLES.items() if code in muted),
        "waiting": (waiting := suggestions(state, later=later)),
        "left_behind": suggestions(state) - waiting,
    }


def _mask(finding: Finding) -> str:
    if finding.severity is not Severity.SECRET:
        return ""
    return f"mask:{finding.part}:{finding.item_id}" if finding.part else MASK_HEAD


def _record(
    handoff: Handoff, state: KnowledgeState, short: Mapping[str, str]
) -> tuple[RecordView | None, str]:
    try:
        with PREVIEW.time():
            translation = preview(handoff=handoff)
    except NoReceiver as error:
        return None, str(error)
    answers, names = named_answers(handoff)
    record = record_view(translation=translation, state=state, answers=answers, names=names, short=short)
    return record, ""


def _onward(handoff: Handoff, state: KnowledgeState, short: Mapping[str, str], shown: int) -> dict[str, Any]:
    route = next((each for each in routes_after(handoff.route) if each.pk == shown), None)
    if route is None:
        return {}
    looked_at = {"onward_handoff": handed_on(handoff, route)}
    try:
        translation = preview_onward(handoff, route)
    except NoReceiver as error:
        return looked_at | {"onward_trouble": str(error)}
    return looked_at | {
        "onward": record_view(translation=translation, state=state, answers={}, names={}, short=short)
    }


def _understood(
    state: KnowledgeState, short: Mapping[str, str], *, zone: str, now: datetime
) -> Iterator[Understood]:
    for _part, item in state.items():  # noqa: PERF102  # a state is no dict
        for name in ("when", "deadline"):
            moment: Moment | None = getattr(item, name, None)
            if moment is not None and moment.words:
                meaning = _clock(moment.at) if moment.at else "no date Baton could work out; it goes as typed"
                yield Understood(label=short[item.id], item_id=item.id, words=moment.words, meaning=meaning)
        if isinstance(item, Availability) and item.words:
            meaning = "no times Baton could work out; it goes as typed"
            if item.windows:
                said = "; ".join(window_words(each) for each in item.windows)
                meaning = f"{said} · {reach((item,), now=now).words(zone=zone)}"
            yield Understood(label=short[item.id], item_id=item.id, words=item.words, meaning=meaning)


def _clock(at: datetime) -> str:
    return date_format(localtime(at), "D j M Y, H:i")


def window_words(window: Window) -> str:
    """This will say a window as "Mon–Fri 08:00–17:00 America/New_York"."""
    days = tuple(sorted(window.weekdays))
    if window.on is not None:
        when = date_format(window.on, "D j M")
    elif days == tuple(range(days[0], days[-1] + 1)) and len(days) > 2:
        when = f"{DAYS[days[0]]}–{DAYS[days[-1]]}"
    else:
        when = ", ".join(DAYS[day] for day in days)
    return f"{when} {window.opens:%H:%M}–{window.closes:%H:%M} {window.zone.replace('_', ' ')}"


def conversation_view(handoff: Handoff) -> tuple[Said, ...]:
    """This will return the conversation with the quoted pieces marked."""
    conversation = conversation_of(handoff)
    if conversation is None:
        return ()
    quotes = [(item.id, each) for _, item in state_of(handoff).items() for each in item.evidence]
    return tuple(Said(message=each, pieces=_pieces(each, quotes)) for each in conversation.messages)


def _pieces(message: Message, quotes: list[tuple[str, Evidence]]) -> tuple[tuple[str, str], ...]:
    spans: list[tuple[int, int, str]] = []
    for item_id, evidence in quotes:
        start = message.text.find(evidence.quote) if evidence.reference == message.reference else -1
        if start >= 0 and evidence.quote:
            spans.append((start, start + len(evidence.quote), item_id))
    pieces: list[tuple[str, str]] = []
    at = 0
    for start, end, item_id in sorted(spans):
        if end <= at:
            continue
        pieces += [(message.text[at:start], ""), (message.text[max(at, start) : end], item_id)]
        at = end
    return (*(piece for piece in pieces if piece[0]), (message.text[at:], ""))
