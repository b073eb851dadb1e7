"""Which advice comes first? What this receiver used most, and what it asked back most often.

Counted over the route's last handoffs: each line marked decisive and each question counts for its part.
Advice about a part that was asked back, or was decisive, says so: that is the reason to follow it.
"""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.db import connection

from escalation.guard.findings import Finding, Severity
from escalation.knowledge.words import Part
from escalation.models import Handoff, ItemMark

SINCE = timedelta(days=90)
MOST_MARKS = 200
OFTEN = 2  # from this many questions on the receiver's habit is worth a word
# Asked after every pause in typing: one statement, and no state leaves the database for it. A question the
# form never asked counts for the part that should have.
_COUNT = """
SELECT 'asked', coalesce(nullif(q.prevented_by, ''), q.part) AS about, count(*)
FROM escalation_question q JOIN escalation_handoff h ON h.id = q.handoff_id
WHERE h.route_id = %(route)s AND q.at >= %(since)s AND coalesce(nullif(q.prevented_by, ''), q.part) <> ''
GROUP BY about
UNION ALL
SELECT 'decisive', part, count(*)
FROM (
    SELECT m.item_id, h.state FROM escalation_itemmark m JOIN escalation_handoff h ON h.id = m.handoff_id
    WHERE h.route_id = %(route)s AND m.kind = %(decisive)s AND m.at >= %(since)s
    ORDER BY m.at DESC LIMIT %(most)s
) marked
CROSS JOIN LATERAL unnest(%(parts)s::text[]) AS part
WHERE marked.state->part @> jsonb_build_array(jsonb_build_object('id', marked.item_id))
GROUP BY part
"""


def weighed(found: tuple[Finding, ...], *, handoff: Handoff) -> tuple[Finding, ...]:
    """This will put secrets first and then what weighs most; among equals the order stays."""
    if not any(each.part for each in found):
        return found
    asked, decisive = _counted(handoff)
    weight = asked + decisive
    ordered = sorted(found, key=lambda each: (each.severity is not Severity.SECRET, -weight[each.part or ""]))
    return tuple(
        _with_reason(each, asked[each.part or ""], decisive[each.part or ""], handoff) for each in ordered
    )


def _counted(handoff: Handoff) -> tuple[Counter[str], Counter[str]]:
    """How often each part was asked back, and how often one of its lines was marked decisive."""
    values: dict[str, Any] = {
        "route": handoff.route_id,
        "since": handoff.created_at - SINCE,
        "decisive": ItemMark.Kind.DECISIVE.value,
        "most": MOST_MARKS,
        "parts": [part.value for part in Part],
    }
    counted: dict[str, Counter[str]] = {"asked": Counter(), "decisive": Counter()}
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, values)
        for which, part, number in cursor.fetchall():
            counted[which][part] = number
    return counted["asked"], counted["decisive"]


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
