"""What did the receiver file the record under, other than we did? It is shown, and learned at once.

Only what a person moved teaches. What stands as Baton filled it is Baton's own guess; what the tool kept
differently at the creation, or filled in by itself, is its automation.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from escalation.catalog.learn import correct
from escalation.catalog.spoken import technical_text
from escalation.inbound.clean import clean
from escalation.knowledge.codec import from_json
from escalation.models import Connection, Delivery, Entry, Handoff, Snapshot
from escalation.timeline.record import Line, record
from escalation.tools.updates import Held, Update
from escalation.translation.codec import from_json as translation_from_json


@dataclass(frozen=True, kw_only=True, slots=True)
class Filed:
    """What a field named before, and how that is called."""

    entry_id: str = ""
    shown: str = ""


def take_correction(*, handoff: Handoff, connection: Connection, update: Update, now: datetime) -> int:
    """This will learn what was moved and say so on the timeline; returns how many lines.

    The caller holds the handoff's row.
    """
    snapshot = Snapshot.objects.filter(handoff=handoff).first()
    if snapshot is None:
        return 0
    before = _before(handoff, snapshot)
    moved = tuple(_moved(update, before, connection))
    if not moved:
        return 0
    learned = correct(
        connection=connection,
        reference=str(handoff.pk),
        text=technical_text(from_json(snapshot.state)),
        remote_ids=[each.entry_id for each in moved],
        now=now,
    )
    for each in moved:
        line = _line(
            each, before.get(each.name, Filed()), update, connection, learned=each.entry_id in learned
        )
        record(handoff=handoff, line=line, now=now)
    return len(moved)


def _before(handoff: Handoff, snapshot: Snapshot) -> dict[str, Filed]:
    """Per field: what was confirmed and the tool took, or what the receiver made of it since."""
    filed: dict[str, Filed] = {}
    kept = _kept(handoff)
    for field in translation_from_json(snapshot.translation).draft.fields:
        if kept.get(field.name, field.value) == field.value:
            filed[field.name] = Filed(entry_id=field.entry or str(field.value), shown=field.shown)
        else:
            filed[field.name] = Filed(entry_id=str(kept[field.name]))
    for entry in Entry.objects.filter(handoff=handoff, kind=Entry.Kind.CORRECTED).order_by("sequence"):
        said = entry.details
        filed[said["field"]] = Filed(entry_id=said["entry"], shown=said["shown"])
    return filed


def _kept(handoff: Handoff) -> Mapping[str, object]:
    created = Delivery.objects.filter(
        handoff=handoff, kind=Delivery.Kind.CREATE, receipt__isnull=False
    ).select_related("receipt")
    first = created.first()
    return first.receipt.kept if first else {}


def _moved(update: Update, before: Mapping[str, Filed], connection: Connection) -> Iterator[Held]:
    """What is filed otherwise than before; of several in one field, the first that is new."""
    seen: set[str] = set()
    for each in update.held:
        was = before.get(each.name, Filed())
        standing = {held.entry_id for held in update.held if held.name == each.name}
        same = each.entry_id == was.entry_id or each.shown.casefold() == was.shown.casefold()
        if same or each.name in seen or was.entry_id in standing:
            continue
        if not was.entry_id and update.author == connection.our_user:
            # Nobody but us has written yet: the tool filled in what we had left open.
            continue
        seen.add(each.name)
        yield each


def _line(held: Held, was: Filed, update: Update, connection: Connection, *, learned: bool) -> Line:
    shown = clean(held.shown, longest=160)
    words = f"{held.label} is “{shown}” now" + (f", not “{was.shown}”" if was.shown else "; it was left open")
    text = (
        "Baton has learned it: cases in such words are filed there from now on."
        if learned
        else "Baton's catalog does not hold it yet, so nothing is learned from it."
    )
    return Line(
        kind=Entry.Kind.CORRECTED,
        happened_at=update.at,
        who=update.author,
        tool=connection.tool,
        text=text,
        details={
            "words": words,
            "field": held.name,
            "entry": clean(held.entry_id, longest=120),
            "shown": shown,
            "learned": learned,
            "side": "receiver",
        },
    )
