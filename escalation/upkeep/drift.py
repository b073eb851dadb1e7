"""Has a tool changed under a route, and since when?

Looks twice a day and on demand; for retired entries, which every tool has, also after each reading of the
catalogs. A finding keeps its first date until it is gone. Nothing is repaired by itself: a technician's
record never changes because a tool did.
"""

import logging
from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from escalation.models import CatalogRow, Connection, Drift, Route
from escalation.models.connection import NotConfigured
from escalation.models.sealed import Unreadable
from escalation.tools import registry
from escalation.tools.contract import RemoteField, Schema
from escalation.transport.errors import TransportError
from escalation.upkeep.findings import Finding, Looked, findings, labels_of, named_values, retired
from escalation.upkeep.replay import rules_in_force

logger = logging.getLogger(__name__)

# What only a tool that says its fields can be asked for.
OF_FIELDS = frozenset(Drift.Kind) - {Drift.Kind.ENTRY_RETIRED}


def check_all(*, now: datetime) -> None:
    """This will look at every tool that an active route leads into; one that fails stops no other."""
    for connection in Connection.objects.filter(routes_to__active=True).distinct().order_by("name"):
        trouble = check_drift(connection=connection, now=now)
        if trouble:
            logger.warning("upkeep: drift check failed", extra={"connection": str(connection.pk)})


def check_drift(*, connection: Connection, now: datetime) -> str:
    """This will look at one tool and keep what is found; returns why it could not, "" when it could."""
    check_retired(connection=connection, now=now)
    known = registry.TOOLS.get(connection.tool)
    schema = known.schema if known else None
    if schema is None:
        return "this tool does not say which fields it has"
    try:
        fields = schema.fields(connection.door())
    except (TransportError, NotConfigured, Unreadable) as error:
        return str(error)
    _keep(connection, schema, fields, now=now)
    return ""


def check_all_retired(*, now: datetime) -> None:
    """This will look for retired entries that the rules of any active route name; no tool is asked."""
    for connection in Connection.objects.filter(routes_to__active=True).distinct():
        check_retired(connection=connection, now=now)


@transaction.atomic
def check_retired(*, connection: Connection, now: datetime) -> None:
    """This will hold the rules of the routes into a tool against what of its catalog is retired."""
    for route in Route.objects.filter(target=connection, active=True):
        rules = rules_in_force(route)
        names = _retired(connection, {value for _, value in named_values(rules)})
        _write(route, retired(names, rules), kinds=(Drift.Kind.ENTRY_RETIRED,), now=now)


@transaction.atomic
def vouch(*, connection: Connection, now: datetime) -> str:
    """This will take the tool's choices as they are called now for right; returns why it could not."""
    connection.vouched = {}
    return check_drift(connection=connection, now=now)


@transaction.atomic
def _keep(connection: Connection, schema: Schema, fields: tuple[RemoteField, ...], *, now: datetime) -> None:
    if not connection.vouched:
        connection.vouched = labels_of(fields)
    connection.drift_checked_at = now
    connection.save(update_fields=["vouched", "drift_checked_at"])
    looked = Looked(
        fields={field.name: field for field in fields},
        vouched=connection.vouched,
    )
    for route in Route.objects.filter(target=connection, active=True):
        found = findings(looked=looked, schema=schema, rules=rules_in_force(route))
        _write(route, found, kinds=OF_FIELDS, now=now)


def _retired(connection: Connection, named: Collection[str]) -> dict[str, str]:
    """Of these ids and names, those of retired entries, each with the entry's name."""
    rows = CatalogRow.objects.filter(connection=connection).filter(Q(remote_id__in=named) | Q(name__in=named))
    gone = dict(rows.exclude(retired_at=None).values_list("remote_id", "name"))
    still = set(rows.filter(retired_at=None).values_list("name", flat=True))
    return gone | {name: name for name in gone.values() if name not in still}


def _write(route: Route, found: tuple[Finding, ...], *, kinds: Collection[Drift.Kind], now: datetime) -> None:
    """Keep what was found of these kinds, and end what is no longer so."""
    rows = Drift.objects.filter(route=route, over_at=None, kind__in=kinds)
    standing = {(row.kind, row.field, row.value): row for row in rows}
    wanted = {each.key: each for each in found}
    for key, row in standing.items():
        if key not in wanted:
            row.over_at = now
            row.save(update_fields=["over_at"])
    Drift.objects.bulk_create(
        Drift(
            connection_id=route.target_id,
            route=route,
            kind=each.kind,
            field=each.field,
            value=each.value,
            what=each.what,
            fix=each.fix,
            since=now,
        )
        for key, each in wanted.items()
        if key not in standing
    )
