"""How is a finding kept: once, with its first date, until a look no longer finds it? A new one is told."""

from collections.abc import Collection
from datetime import datetime

from escalation.models import Drift, Route
from escalation.timeline.to_owners import tell_drift
from escalation.upkeep.findings import Finding


def write(route: Route, found: tuple[Finding, ...], *, kinds: Collection[Drift.Kind], now: datetime) -> None:
    """This will keep what was found of these kinds, tell of what is new, and end what is no longer so."""
    rows = (
        Drift(
            kind=each.kind,
            field=each.field,
            value=each.value,
            what=each.what,
            fix=each.fix,
            since=each.since or now,
        )
        for each in found
    )
    tell_drift(route, Drift.objects.keep(route, rows, kinds=kinds, at=now), now=now)
