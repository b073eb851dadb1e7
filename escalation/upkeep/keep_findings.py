"""How is a finding kept: once, with its first date, until a look no longer finds it?"""

from collections.abc import Collection
from datetime import datetime

from escalation.models import Drift, Route
from escalation.upkeep.findings import Finding


def write(route: Route, found: tuple[Finding, ...], *, kinds: Collection[Drift.Kind], now: datetime) -> None:
    """This will keep what was found of these kinds, and end what is no longer so."""
    rows = Drift.objects.filter(route=route, over_at=None, kind__in=kinds)
    standing = {(row.kind, row.field, row.value): row for row in rows}
    wanted = {each.key: each for each in found}
    for key, row in standing.items():
        each = wanted.get(key)
        if each is None:
            row.over_at = now
            row.save(update_fields=["over_at"])
        elif (row.what, row.fix) != (each.what, each.fix):
            row.what, row.fix = each.what, each.fix
            row.save(update_fields=["what", "fix"])
    fresh = (
        Drift(
            connection_id=route.target_id,
            route=route,
            kind=each.kind,
            field=each.field,
            value=each.value,
            what=each.what,
            fix=each.fix,
            since=each.since or now,
        )
        for key, each in wanted.items()
        if key not in standing
    )
    # Two looks may find the same at once: the schedules and a person's press.
    Drift.objects.bulk_create(fresh, ignore_conflicts=True)
