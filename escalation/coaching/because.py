"""What did the receiver do that explains an answer to the rubric?

The reader sees it beside each question: the receiver has worked with the handoff and marked what decided it.
"""

from collections.abc import Mapping

from escalation.knowledge.codec import from_json
from escalation.knowledge.state import KnowledgeState, headline
from escalation.knowledge.words import Part
from escalation.models import Entry, Handoff, ItemMark, Measurement, Verdict

A_MINUTE = 60
_ASK: Mapping[str, str] = {
    Entry.Kind.ASKED: "Asked back",
    Entry.Kind.BOUNCED: "Returned",
    Entry.Kind.REASON: "Returned for this reason",
}
_SAID = {
    ItemMark.Kind.WRONG: ("traceable", "Marked as wrong"),
    ItemMark.Kind.DECISIVE: ("start_here", "Marked as decisive"),
    ItemMark.Kind.REDONE: ("start_here", "Done again"),
}


def because(handoff: Handoff) -> dict[str, tuple[str, ...]]:
    """This will return, under each question of the rubric, what the receiver did about it, in words."""
    state = from_json(handoff.state)
    words = {item.id: headline(part, item) for part, item in state.items()}
    found: dict[str, list[str]] = {"ask_clear": [], "traceable": [_known(state)], "start_here": []}
    if handoff.read_back:
        found["ask_clear"].append(f"Read back: “{handoff.read_back}”")
    for entry in Entry.objects.filter(handoff=handoff, kind__in=_ASK).order_by("sequence"):
        found["ask_clear"].append(f"{_ASK[entry.kind]}: “{entry.text}”" if entry.text else _ASK[entry.kind])
    for mark in ItemMark.objects.filter(handoff=handoff).order_by("at", "pk"):
        key, said = _SAID[ItemMark.Kind(mark.kind)]
        if mark.item_id in words:
            found[key].append(f"{said}: {words[mark.item_id]}")
    verdict = Verdict.objects.filter(handoff=handoff).first()
    if verdict is not None and verdict.guess:
        found["start_here"].append(f"Hypothesis: {verdict.get_guess_display().lower()}")
    measured = Measurement.objects.filter(pk=handoff.pk).values_list("rebuild", flat=True).first()
    if measured is not None:
        found["start_here"].append(f"Rebuilding took {measured / A_MINUTE:.0f} min")
    return {key: tuple(said) for key, said in found.items()}


def _known(state: KnowledgeState) -> str:
    items = [*state.part(Part.FACTS), *state.part(Part.DIAGNOSTICS)]
    known = sum(bool(each.evidence or getattr(each, "how_verified", "")) for each in items)
    return f"{known} of {len(items)} facts and checks say how they are known"
