"""How does a handoff begin from a capsule that somebody brought?

Every line comes in as inherited, in a draft of whoever brought it. The capsule's ticket belongs to some
other tool: it is shown and never written to. A file from outside is refused whole when anything in it
could trip a page later.
"""

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.models import User
from django.db import transaction

from escalation.capture.draft import MOST_ITEMS
from escalation.knowledge.codec import Malformed, can_be_kept, to_json
from escalation.knowledge.state import KnowledgeState, Source, Window
from escalation.knowledge.words import Origin, Part
from escalation.lifecycle.words import Status
from escalation.models import Entry, Handoff, Route
from escalation.timeline.record import Line, record
from escalation.translation.capsule import Capsule, capsule_from_json

LARGEST = 1_000_000  # bytes; five hundred long lines with their evidence are a fifth of that
LONGEST_ID = 64


def read_capsule(body: bytes) -> Capsule:
    """This will read a capsule file; raises ``Malformed`` with what is wrong with it."""
    if len(body) > LARGEST:
        raise Malformed(f"A capsule is at most {LARGEST // 1000:,} kB.")
    try:
        values = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Malformed("This is not a JSON file.") from error
    if not can_be_kept(values):
        raise Malformed("A text holds a sign that is none.")
    capsule = capsule_from_json(values)
    _check(capsule)
    return capsule


@transaction.atomic
def start_from_capsule(*, route: Route, capsule: Capsule, by: User, now: datetime) -> Handoff:
    """This will begin a draft that inherits everything the capsule's handoff knew."""
    state = _inherited(capsule.state)
    handoff = Handoff.objects.create(
        route=route,
        author=by,
        status=Status.DRAFT,
        summary=state.summary[:255],
        state=to_json(state),
        source_number=(state.source.number if state.source else "")[:120],
        created_at=now,
        saved_at=now,
    )
    journey = capsule.journey
    words = f"From a capsule: {journey.sender} → {journey.receiver} {journey.number}".strip()
    line = Line(kind=Entry.Kind.STARTED, happened_at=now, by=by, tool="text", text=words[:500])
    record(handoff=handoff, line=line, now=now)
    return handoff


def _inherited(state: KnowledgeState) -> KnowledgeState:
    parts: dict[str, Any] = {
        part.value: tuple(replace(item, origin=Origin.INHERITED) for item in state.part(part))
        for part in Part
    }
    there = state.source or Source(tool="text", reference="")
    return replace(state, source=replace(there, tool="text", reference="", thread_urls=()), **parts)


def _check(capsule: Capsule) -> None:
    state = capsule.state
    items = [item for _, item in state.items()]
    if len(items) > MOST_ITEMS:
        raise Malformed(f"A handoff holds at most {MOST_ITEMS} lines.")
    ids = [item.id for item in items]
    if len(set(ids)) != len(ids) or any(not each or len(each) > LONGEST_ID for each in ids):
        raise Malformed("Every line of a capsule has an id of its own.")
    for value in _values(capsule):
        if isinstance(value, datetime) and value.tzinfo is None:
            raise Malformed("A time says no zone.")
        if isinstance(value, Window):
            _check_window(value)


def _check_window(window: Window) -> None:
    try:
        ZoneInfo(window.zone)
    except (KeyError, ValueError, OSError) as error:
        raise Malformed(f"There is no zone {window.zone[:60]!r}.") from error
    if not all(0 <= day <= 6 for day in window.weekdays):
        raise Malformed("A week has the days 0 to 6.")


def _values(value: Any) -> Iterator[Any]:
    """Every value in a capsule, however deep."""
    yield value
    if isinstance(value, tuple):
        for each in value:
            yield from _values(each)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _values(getattr(value, field.name))
