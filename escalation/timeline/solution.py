"""What was it, and what mended it? For a handoff that was resolved, from whoever said so.

Its own receiver's verdict; where that says neither, what a later hop said when it resolved what was handed
on; else the words with which the receiver's tool closed the record.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from escalation.models import Entry, Verdict

K = Entry.Kind


@dataclass(frozen=True, kw_only=True, slots=True)
class Solution:
    """Cause and fix, or ``words`` where a tool gave no more than those; ``who`` said it."""

    cause: str = ""
    fix: str = ""
    words: str = ""
    who: str = ""


def solutions(handoff_ids: Collection[UUID]) -> Mapping[UUID, Solution]:
    """This will return what solved those handoffs, where anybody said it; two queries, however many."""
    verdicts = Verdict.objects.filter(handoff__in=handoff_ids).select_related("by")
    found = {each.handoff_id: _judged(each) for each in verdicts if each.cause or each.fix}
    return found | _closed([each for each in handoff_ids if each not in found])


def solution_of(handoff_id: UUID, verdict: Verdict | None) -> Solution | None:
    """This will return the same of one handoff whose verdict was read already."""
    if verdict is not None and (verdict.cause or verdict.fix):
        return _judged(verdict)
    return _closed([handoff_id]).get(handoff_id)


def _judged(verdict: Verdict) -> Solution:
    return Solution(cause=verdict.cause, fix=verdict.fix, who=verdict.name)


def _closed(handoff_ids: Collection[UUID]) -> dict[UUID, Solution]:
    """What was said at the end of those about which no receiver here said anything."""
    ended = Q(kind=K.RESOLVED) | Q(kind=K.STATE, details__decided="resolve")
    # A later hop that ended, or the own record that was closed in words after a person had resolved it.
    closed = Q(kind=K.STATE, details__state="resolved", details__side="receiver")
    lines = Entry.objects.filter(ended | closed, handoff__in=handoff_ids).exclude(text="")
    found: dict[UUID, Solution] = {}
    for line in lines.select_related("by").order_by("sequence"):
        # The newest counts: an earlier end did not hold.
        found[line.handoff_id] = _said(line)
    return found


def _said(line: Entry) -> Solution:
    cause, fix = (str(line.details.get(name) or "") for name in ("cause", "fix"))
    who = line.who if line.by is None else (line.by.get_full_name() or line.by.get_username())
    return Solution(cause=cause, fix=fix, words="" if cause or fix else line.text, who=who)
