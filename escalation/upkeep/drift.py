"""Has a tool changed under a route, and since when?

Looks daily and on demand; a finding keeps its first date until it is gone. Nothing is repaired by itself:
a technician's record never changes because a tool did.
"""

import logging
from datetime import datetime

from django.db import transaction

from escalation.models import CatalogRow, Connection, Drift, Route
from escalation.models.connection import NotConfigured
from escalation.models.sealed import Unreadable
from escalation.tools import registry
from escalation.tools.contract import RemoteField, Schema
from escalation.transport.errors import TransportError
from escalation.upkeep.findings import Finding, Looked, findings, labels_of
from escalation.upkeep.replay import rules_in_force

logger = logging.getLogger(__name__)


def check_all(*, now: datetime) -> None:
    """This will look at every tool that an active route leads into; one that fails stops no other."""
    for connection in Connection.objects.filter(routes_to__active=True).distinct().order_by("name"):
        trouble = check_drift(connection=connection, now=now)
        if trouble:
            logger.warning("upkeep: drift check failed", extra={"connection": str(connection.pk)})


def check_drift(*, connection: Connection, now: datetime) -> str:
    """This will look at one tool and keep what is found; returns why it could not, "" when it could."""
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
        retired=_retired(connection),
    )
    for route in Route.objects.filter(target=connection, active=True):
        found = findings(looked=looked, schema=schema, rules=rules_in_force(route))
        _write(route, found, now=now)


def _retired(connection: Connection) -> dict[str, str]:
    gone = CatalogRow.objects.filter(connection=connection, retired_at__isnull=False)
    names = dict(gone.values_list("remote_id", "name"))
    still = set(
        CatalogRow.objects.filter(connection=connection, retired_at=None).values_list("name", flat=True)
    )
    return names | {name: name for name in names.values() if name not in still}


def _write(route: Route, found: tuple[Finding, ...], *, now: datetime) -> None:
    standing = {
        (row.kind, row.field, row.value): row for row in Drift.objects.filter(route=route, over_at=None)
    }
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
