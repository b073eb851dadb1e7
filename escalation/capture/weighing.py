"""Which advice comes first? What this receiver used most, and what it asked back most often.

Counted over the route's last handoffs: each line marked decisive and each question counts for its part.
Advice about a part that was asked back, or was decisive, says so: that is the reason to follow it.
"""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from escalation.guard.findings import Finding, Severity
from escalation.knowledge.codec import from_json
from escalation.models import Handoff, ItemMark, Question

SINCE = timedelta(days=90)
MOST_MARKS = 200
OFTEN = 2  # from this many questions on the receiver's habit is worth a word


def weighed(found: tuple[Finding, ...], *, handoff: Handoff) -> tuple[Finding, ...]:
    """This will put secrets first and then what weighs most; among equals the order stays."""
    if not any(each.part for each in found):
        return found
    asked, decisive = _asked_back(handoff), _decisive(handoff)
    weight = asked + decisive
    ordered = sorted(found, key=lambda each: (each.severity is not Severity.SECRET, -weight[each.part or ""]))
    return tuple(
        _with_reason(each, asked[each.part or ""], decisive[each.part or ""], handoff) for each in ordered
    )


def _asked_back(handoff: Handoff) -> Counter[str]:
    parts = Question.objects.filter(
        handoff__route_id=handoff.route_id, at__gte=handoff.created_at - SINCE
    ).values_list("part", "prevented_by")
    return Counter(should or about for about, should in parts if should or about)


def _decisive(handoff: Handoff) -> Counter[str]:
    marks = ItemMark.objects.filter(
        handoff__route_id=handoff.route_id,
        kind=ItemMark.Kind.DECISIVE,
        at__gte=handoff.created_at - SINCE,
    )
    counted: Counter[str] = Counter()
    for item_id, state in marks.order_by("-at").values_list("item_id", "handoff__state")[:MOST_MARKS]:
        counted.update(part.value for part, item in from_json(state).items() if item.id == item_id)
    return counted


def _with_reason(finding: Finding, asked: int, decisive: int, handoff: Handoff) -> Finding:
    if finding.severity is Severity.SECRET or not finding.code.startswith("no_"):
        return finding
    who = handoff.route.receiver.name
    if asked >= OFTEN:
        reason = f"{who} asked back for this {asked} times in 90 days."
    elif decisive >= OFTEN:
        reason = f"{who} called such lines decisive {decisive} times in 90 days."
    else:
        return finding
    return replace(finding, message=f"{finding.message} {reason}")
