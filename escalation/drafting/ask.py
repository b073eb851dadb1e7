"""When is a language model asked, and what is kept of its answer?

In the background, after the form is there and after our own sentence stands on the timeline: nobody waits
for a model. One question at a time over all workers, so that a slow model holds up one task and no
delivery. What fails is said where its answer would stand, and nothing else changes.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import connection as database
from django.db.models import Exists, OuterRef, QuerySet

from escalation.catalog.links import links_for
from escalation.drafting.setup import drafts
from escalation.extraction.proposed import shown
from escalation.guard.redaction import redact
from escalation.guard.secrets import secrets
from escalation.knowledge.codec import conversation_from_json, from_json
from escalation.lifecycle.words import Status
from escalation.models import Connection, Entry, Handoff, MachineDraft
from escalation.models.connection import NotConfigured
from escalation.models.sealed import Unreadable
from escalation.tools.registry import tool
from escalation.translation.proposed_line import LANGUAGE, fit_line
from escalation.transport.errors import TransportError

FRESH = timedelta(hours=2)  # older drafts and updates are not read any more
LONGEST_MESSAGE, LONGEST_TALK = 4_000, 24_000  # characters that are sent
_ONE_AT_A_TIME = 0x4D4F44  # "MOD", the advisory lock of whoever asks
_SAID = (Entry.Kind.NOTE, Entry.Kind.STATE)


def ask_due(*, now: datetime) -> int:
    """This will ask about one draft or one line that waits; returns how many questions were asked."""
    wanted = drafts("items"), drafts("lines")
    if not any(wanted) or not _alone():
        return 0
    try:
        return _ask_next(*wanted, now=now)
    finally:
        with database.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_ONE_AT_A_TIME])


def ask_again(*, handoff: Handoff) -> None:
    """This will forget what a model proposed for the form, so that it is asked anew."""
    MachineDraft.objects.filter(handoff=handoff, sequence=0).delete()


def messages_of(handoff: Handoff) -> list[str]:
    """This will return the texts that are sent, newest kept where not all fit, without secrets."""
    told = [each.text[:LONGEST_MESSAGE] for each in conversation_from_json(handoff.conversation).messages]
    left, kept = LONGEST_TALK, []
    for text in reversed(told):
        left -= len(text)
        kept.append(redact(text, spans=secrets(text)) if left >= 0 else "")
    return kept[::-1]


def _ask_next(items: Connection | None, lines: Connection | None, *, now: datetime) -> int:
    if items is not None and (handoff := _forms(now=now).first()) is not None:
        _carry_out(items, handoff, 0, now=now)
        return 1
    if lines is not None and (entry := _lines(now=now).first()) is not None:
        _carry_out(lines, entry.handoff, entry.sequence, now=now)
        return 1
    return 0


def _forms(*, now: datetime) -> QuerySet[Handoff]:
    asked = MachineDraft.objects.filter(handoff=OuterRef("pk"), sequence=0)
    fresh = Handoff.objects.filter(status=Status.DRAFT, created_at__gte=now - FRESH)
    heard = fresh.exclude(conversation=None).exclude(conversation__messages=[])
    return heard.exclude(Exists(asked)).select_related("route__sender").order_by("-created_at")


def _lines(*, now: datetime) -> QuerySet[Entry]:
    asked = MachineDraft.objects.filter(handoff=OuterRef("handoff"), sequence=OuterRef("sequence"))
    said = (
        Entry.objects.filter(kind__in=_SAID, recorded_at__gte=now - FRESH)
        .exclude(sayable="")
        .exclude(text="")
    )
    return said.exclude(Exists(asked)).select_related("handoff__route__receiver").order_by("-recorded_at")


def _carry_out(model: Connection, handoff: Handoff, sequence: int, *, now: datetime) -> None:
    name = str(model.settings.get("model", ""))[:120]
    row, ours = MachineDraft.objects.get_or_create(
        handoff=handoff, sequence=sequence, defaults={"connection": model, "model": name, "asked_at": now}
    )
    if not ours:
        return
    try:
        row.proposals, row.dropped = (
            _form(model, handoff) if sequence == 0 else _line(model, handoff, sequence)
        )
        row.status = MachineDraft.Status.ANSWERED
    except (TransportError, NotConfigured, Unreadable) as error:
        row.status, row.reason = MachineDraft.Status.FAILED, str(error)
        model.note_trouble(str(error), at=now)
    else:
        model.note_trouble("", at=now)
    row.answered_at = now
    # Whoever asked again meanwhile has taken the row away; then this answer is nobody's.
    MachineDraft.objects.filter(pk=row.pk).update(
        proposals=row.proposals,
        dropped=row.dropped,
        status=row.status,
        reason=row.reason,
        answered_at=row.answered_at,
    )


def _form(model: Connection, handoff: Handoff) -> tuple[list[dict[str, Any]], int]:
    drafter = tool(model.tool).drafter
    messages, offers = messages_of(handoff), _offers(handoff)
    if drafter is None or not any(messages):
        return [], 0
    names = {key: name for key, (_, name) in offers.items()}
    answer = drafter.propose_items(model.door(), messages=messages, entries=names)
    found = shown(answer, messages=messages, candidates=set(offers))
    known = {each.quote for _, item in from_json(handoff.state).items() for each in item.evidence}
    new = [each for each in found.items if not any(_same(each.span.quote, quote) for quote in known)]
    items = [
        {"kind": "item", "part": each.part.value, "text": each.text, **_place(each.span)} for each in new
    ]
    links = [
        {"kind": "link", "entry": offers[each.entry_id][0], "text": names[each.entry_id], **_place(each.span)}
        for each in found.links
    ]
    return [
        {"id": number, "verdict": "", **each} for number, each in enumerate((*items, *links))
    ], found.dropped


def _same(one: str, other: str) -> bool:
    return one in other or other in one


def _place(span: Any) -> dict[str, Any]:
    return {"message": span.message, "start": span.start, "end": span.end, "quote": span.quote}


def _offers(handoff: Handoff) -> Mapping[str, tuple[str, str]]:
    """The catalog entries a model may choose from, under keys that tell it nothing: id and name."""
    zone = str((handoff.conversation or {}).get("zone") or handoff.route.sender.zone)
    found = links_for(
        connection_id=handoff.route.target_id,
        state=from_json(handoff.state),
        said_at=handoff.created_at,
        zone=zone,
    )
    ids = [link.entry_id for links in found.links.values() for link in links]
    return {f"c{number}": (each, found.entries[each].name) for number, each in enumerate(dict.fromkeys(ids))}


def _line(model: Connection, handoff: Handoff, sequence: int) -> tuple[list[dict[str, Any]], int]:
    entry = Entry.objects.get(handoff=handoff, sequence=sequence)
    drafter = tool(model.tool).drafter
    if drafter is None:
        return [], 0
    update = redact(entry.text[:LONGEST_MESSAGE], spans=secrets(entry.text[:LONGEST_MESSAGE]))
    answer = drafter.propose_line(model.door(), update=update)
    zone = handoff.route.receiver.zone
    line, quote = fit_line(answer, update=update, said_at=entry.happened_at, zone=zone)
    if not line:
        return [], 1
    return [{"id": 0, "verdict": "", "kind": "line", "language": LANGUAGE, "text": line, "quote": quote}], 0


def _alone() -> bool:
    with database.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_ONE_AT_A_TIME])
        return bool(cursor.fetchone()[0])
