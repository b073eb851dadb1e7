"""What goes into a handoff's capsule, and what stays behind when it leaves for a vendor?

A vendor gets the case and not the people: secrets, personal data, names and handles are marked over wherever
they stand; addresses, links into our tools and the timeline are left out.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from escalation.guard.redaction import redact_state
from escalation.knowledge.codec import from_json
from escalation.knowledge.state import Availability, Evidence, Item, KnowledgeState, Source
from escalation.knowledge.words import Part
from escalation.models import Handoff, Question, Verdict
from escalation.timeline.read import lines
from escalation.translation.capsule import Answered, Capsule, Journey, Passed


def pack(*, handoff: Handoff, now: datetime) -> Capsule:
    """This will pack a handoff, whose route is loaded, with all that both sides see of it."""
    verdict = Verdict.objects.filter(handoff=handoff).first()
    journey = Journey(
        sender=handoff.route.sender.name,
        receiver=handoff.route.receiver.name,
        number=handoff.remote_number,
        status=handoff.get_status_display(),
        packed_at=now,
        cause=verdict.cause if verdict else "",
        fix=verdict.fix if verdict else "",
        lines=tuple(
            Passed(at=each.happened_at, title=each.title, text=each.text, sayable=each.sayable)
            for each in lines(handoff=handoff)
        ),
        questions=tuple(
            Answered(question=each.text, answer=each.answer)
            for each in Question.objects.filter(handoff=handoff).order_by("at")
        ),
    )
    return Capsule(journey=journey, state=from_json(handoff.state).stated())


def for_vendor(capsule: Capsule) -> tuple[Capsule, int]:
    """This will take out what a vendor must not get, and count the lines whose words changed."""
    clean, changed = redact_state(capsule.state, people=True)
    parts: dict[str, Any] = {part.value: tuple(_nameless(item) for item in clean.part(part)) for part in Part}
    number = capsule.state.source.number if capsule.state.source else ""
    state: KnowledgeState = replace(
        clean, **parts, investigation_url="", source=Source(tool="text", reference="", number=number)
    )
    journey = Journey(
        sender=capsule.journey.sender,
        receiver=capsule.journey.receiver,
        number=capsule.journey.number,
        status=capsule.journey.status,
        packed_at=capsule.journey.packed_at,
        redacted=True,
    )
    return Capsule(journey=journey, state=state), len(changed)


def _nameless(item: Item) -> Item:
    said = tuple(Evidence(quote=each.quote, at=each.at) for each in item.evidence)
    if isinstance(item, Availability):
        return replace(item, evidence=said, handle="")
    return replace(item, evidence=said)
