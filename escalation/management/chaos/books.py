"""What is there in the end? The tools are asked record by record, the rows are held against the promises."""

from collections import Counter
from typing import Final

from escalation.lifecycle.words import Status
from escalation.management.chaos.cast import Cast
from escalation.management.chaos.chains import Chain
from escalation.models import Connection, Delivery, Entry, Handoff, Inbox
from escalation.outbox.owe import record_key
from escalation.tools.registry import tool

OPEN: Final = (Delivery.Status.OWED, Delivery.Status.UNDER_WAY)


def owed() -> int:
    """This will count what is under way in either direction: deliveries, and calls not yet read."""
    waiting = Inbox.objects.filter(status=Inbox.Status.WAITING)
    return Delivery.objects.filter(status__in=OPEN).count() + waiting.count()


def untold(chains: list[Chain]) -> int:
    """This will count the cases whose answer, or whose end, has not come back yet."""
    firsts = [each.first for each in chains]
    told = Entry.objects.filter(handoff__in=firsts, kind=Entry.Kind.NOTE)
    words = set(told.values_list("handoff", "text"))
    ended = set(
        Handoff.objects.filter(previous__in=firsts, status=Status.RESOLVED).values_list("previous", flat=True)
    )
    return sum(1 for each in chains if (each.first, each.said) not in words or each.first not in ended)


def counted(chains: list[Chain], cast: Cast) -> Counter[str]:
    """This will count what is missing and what is double; everything is 0 when the promises held."""
    wrong: Counter[str] = Counter()
    desk, operations, engineering = cast.tools
    rows = {each.pk: each for each in Handoff.objects.filter(pk__in=[each.first for each in chains])}
    nexts = {each.previous_id: each for each in Handoff.objects.filter(previous__in=rows)}
    for chain in chains:
        first, second = rows.get(chain.first), nexts.get(chain.first)
        if first is None or second is None:
            wrong["handoffs missing"] += 1
            continue
        for handoff, target in ((first, operations), (second, engineering)):
            found = _records(target, handoff)
            wrong["records missing"] += not found
            wrong["records double"] += max(0, found - 1)
        for target, record in ((operations, first.remote_id), (desk, first.source_reference)):
            times = _said(target, record, chain.said)
            wrong["notes missing"] += not times
            wrong["notes double"] += max(0, times - 1)
        for handoff in (first, second):
            lines = handoff.entries.filter(kind=Entry.Kind.NOTE, text=chain.said).count()
            wrong["lines missing"] += not lines
            wrong["lines double"] += max(0, lines - 1)
    return wrong


def _records(target: Connection, handoff: Handoff) -> int:
    receiver = tool(target.tool).receiver
    if receiver is None:
        raise LookupError(f"{target.name} takes no records.")
    return len(receiver.find(target.door(trial=True), key=record_key(handoff_id=handoff.pk)))


def _said(target: Connection, record: str, words: str) -> int:
    mirror = tool(target.tool).mirror
    if mirror is None:
        raise LookupError(f"{target.name} cannot be read.")
    return sum(words in each.text for each in mirror.read(target.door(trial=True), remote_id=record))
