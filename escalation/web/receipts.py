"""What became of each field of a record: confirmed, sent, taken by the tool, changed since and by whom?"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from escalation.models import Delivery, Entry, Handoff, Receipt
from escalation.timeline.read import TimelineLine
from escalation.tools.registry import TOOLS
from escalation.translation.draft import Field, Translation


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """What somebody in the tool made of it."""

    shown: str
    who: str
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class FieldReceipt:
    """One field on its way."""

    label: str
    confirmed: str
    sent: str  # "" where it went as it was confirmed
    taken: str  # in words
    is_well: bool
    changes: tuple[Change, ...]


def receipts(
    handoff: Handoff, translation: Translation, told: Iterable[TimelineLine]
) -> tuple[FieldReceipt, ...]:
    """This will follow every field of the confirmed record, in its order; ``told`` is the timeline."""
    delivery = (
        Delivery.objects.filter(handoff=handoff, kind=Delivery.Kind.CREATE).select_related("receipt").first()
    )
    sent = json.loads(bytes(delivery.body)) if delivery else {}
    receipt = getattr(delivery, "receipt", None)
    kind = TOOLS.get(translation.draft.tool)
    changes = _changes(told, assigned_by=kind.assigned_by if kind else "")
    return tuple(_one(each, sent, receipt, changes) for each in translation.draft.fields)


def _one(
    field: Field, sent: Mapping[str, Any], receipt: Receipt | None, changes: Mapping[str, tuple[Change, ...]]
) -> FieldReceipt:
    went = sent.get(field.name, "") if sent else field.value
    taken, is_well = _taken(field, went, receipt)
    return FieldReceipt(
        label=field.label,
        confirmed=field.shown,
        sent="" if went == field.value else _plain(went) or "nothing",
        taken=taken,
        is_well=is_well,
        changes=changes.get(field.name, ()),
    )


def _taken(field: Field, went: Any, receipt: Receipt | None) -> tuple[str, bool]:
    if receipt is None:
        return "not answered yet", True
    if field.name in receipt.ignored:
        kept = _plain(receipt.kept.get(field.name, ""))
        return (f"not taken; the tool has “{kept}”" if kept else "not taken"), False
    if not receipt.kept:
        return "the record was there already; what it holds was not read", True
    kept = _plain(receipt.kept.get(field.name, ""))
    if kept and kept != _plain(went) and field.name in receipt.kept and not isinstance(went, dict | list):
        return f"taken as “{kept}”", True
    return "taken", True


def _changes(told: Iterable[TimelineLine], *, assigned_by: str) -> Mapping[str, tuple[Change, ...]]:
    found: dict[str, tuple[Change, ...]] = {}
    for line in sorted(told, key=lambda each: each.sequence):
        if line.kind == Entry.Kind.CORRECTED:
            name = str(line.details.get("field", ""))
        elif line.kind == Entry.Kind.ASSIGNED and assigned_by:
            name = assigned_by  # said on a line of its own, not as a field
        else:
            continue
        shown = str(line.details.get("shown") or line.details.get("words") or line.text)
        change = Change(shown=shown, who=line.who or "somebody in the tool", at=line.happened_at)
        found[name] = (*found.get(name, ()), change)
    return found


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return str(value.get("display_value") or value.get("value") or value.get("name") or "")
    return "" if value is None else str(value)
