"""What does a person see of a model's proposals, and what happens when one is taken or left?

A taken line becomes an item like any other that a person confirmed, with its quote as evidence; its id
begins with ``model-``, so that every tier can see who wrote the first version. Nothing is taken by itself.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from escalation.drafting.setup import drafts
from escalation.knowledge.codec import conversation_from_json, from_json
from escalation.knowledge.conversation import Message
from escalation.knowledge.state import (
    Availability,
    Business,
    Diagnostic,
    Evidence,
    Fact,
    Hypothesis,
    Item,
    Remediation,
)
from escalation.knowledge.words import PART_TITLES, Confidence, Origin, Part, Standing
from escalation.models import Handoff, MachineDraft

MARK = "model-"  # what the id of such an item begins with
TAKEN, LEFT = "taken", "left"
PATIENCE = timedelta(minutes=3)  # longer than any call lasts: whoever asked is gone


@dataclass(frozen=True, kw_only=True, slots=True)
class Offered:
    """One proposal on the page."""

    id: int
    kind: str  # "item" or "link"
    text: str
    quote: str
    part: str
    part_title: str
    entry_id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """How far a model is with a draft; ``waiting`` while nothing has come back."""

    model: str
    waiting: bool
    failed: str  # why it came to nothing
    offered: tuple[Offered, ...] = ()
    dropped: int = 0


def reading_of(handoff: Handoff, *, now: datetime) -> Reading | None:
    """This will return what stands on the form's page; None where no model is switched on."""
    connection = drafts("items")
    if connection is None or not (handoff.conversation or {}).get("messages"):
        return None
    row = MachineDraft.objects.filter(handoff=handoff, sequence=0).first()
    if row is None:
        return Reading(model=str(connection.settings.get("model", "")), waiting=True, failed="")
    asked = row.status == MachineDraft.Status.ASKED
    late = asked and now - row.asked_at > PATIENCE
    have = {item.id for _, item in from_json(handoff.state).items()}
    return Reading(
        model=row.model,
        waiting=asked and not late,
        failed="No answer came." if late else row.reason,
        offered=tuple(
            _offered(each) for each in row.proposals if not each["verdict"] and item_id(each) not in have
        ),
        dropped=row.dropped,
    )


def line_for(handoff: Handoff, sequence: int) -> tuple[str, str, str]:
    """This will return a model's sentence for one line of the timeline, its words and the model's name."""
    row = MachineDraft.objects.filter(handoff=handoff, sequence=sequence).first()
    if row is None or not row.proposals or drafts("lines") is None:
        return "", "", ""
    return row.proposals[0]["text"], row.proposals[0]["quote"], row.model


@transaction.atomic
def settle(*, handoff: Handoff, number: int, verdict: str) -> dict[str, Any] | None:
    """This will note what became of a proposal and return it; None when somebody was faster."""
    row = MachineDraft.objects.select_for_update().filter(handoff=handoff, sequence=0).first()
    found = next((each for each in row.proposals if each["id"] == number), None) if row else None
    if row is None or found is None or found["verdict"]:
        return None
    found["verdict"] = verdict
    row.save(update_fields=["proposals"])
    return dict(found)


def item_of(proposal: Mapping[str, Any], *, handoff: Handoff) -> tuple[Part, Item]:
    """This will make the item that a taken proposal becomes: nothing in it is more certain than its line."""
    part = Part(proposal["part"])
    said = conversation_from_json(handoff.conversation).messages[proposal["message"]]
    base = {
        "id": item_id(proposal),
        "origin": Origin.CONFIRMED,
        "evidence": (_evidence(said, proposal["quote"]),),
    }
    return part, _MAKERS[part](base, proposal["text"])


def item_id(proposal: Mapping[str, Any]) -> str:
    """This will return the id that the item has or would have; the same for the same proposal."""
    key = "\x1f".join(str(proposal.get(name, "")) for name in ("part", "text", "message", "start", "entry"))
    return f"{MARK}{hashlib.sha256(key.encode(errors='surrogatepass')).hexdigest()[:12]}"


def _offered(each: Mapping[str, Any]) -> Offered:
    part = each.get("part", "")
    return Offered(
        id=each["id"],
        kind=each["kind"],
        text=each["text"],
        quote=each["quote"],
        part=part,
        part_title=PART_TITLES[Part(part)] if part else "",
        entry_id=each.get("entry", ""),
    )


def _evidence(said: Message, quote: str) -> Evidence:
    return Evidence(
        quote=quote,
        tool=said.tool,
        reference=said.reference,
        permalink=said.permalink,
        author=said.author,
        author_role=said.role,
        at=said.at,
    )


_MAKERS: dict[Part, Callable[[dict[str, Any], str], Item]] = {
    Part.FACTS: lambda base, text: Fact(**base, statement=text, standing=Standing.REPORTED),
    Part.DIAGNOSTICS: lambda base, text: Diagnostic(**base, check=text),
    Part.REMEDIATION: lambda base, text: Remediation(**base, step=text),
    Part.HYPOTHESIS: lambda base, text: Hypothesis(**base, statement=text, confidence=Confidence.LOW),
    Part.BUSINESS: lambda base, text: Business(**base, affected=text),
    Part.AVAILABILITY: lambda base, text: Availability(**base, words=text),
}
