"""Has a tool changed under a route, and since when?

Looks twice a day and on demand; for retired entries, which every tool has, also after each reading of the
catalogs. A finding keeps its first date until it is gone. Nothing is repaired by itself: a technician's
record never changes because a tool did.
"""

import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q

from escalation.models import CatalogRow, Connection, Drift, Route
from escalation.models.connection import NotConfigured
from escalation.models.sealed import Unreadable
from escalation.tools import registry
from escalation.tools.contract import Tool
from escalation.tools.described import RemoteField, Schema
from escalation.tools.health import Lack
from escalation.translation.asking import ExtraField, template_from
from escalation.translation.rules import Rules
from escalation.transport.door import Door
from escalation.transport.errors import Refused, TransportError, Unauthorised
from escalation.upkeep.filed import filed_under_retired
from escalation.upkeep.findings import (
    Looked,
    demanded,
    findings,
    labels_of,
    named_values,
    retired,
    rights_missing,
)
from escalation.upkeep.keep_findings import write
from escalation.upkeep.rights import lacks_of
from escalation.upkeep.worsening import check_trends

logger = logging.getLogger(__name__)

# What only a tool that says its fields can be asked for.
OF_FIELDS = frozenset(
    {Drift.Kind.FIELD_GONE, Drift.Kind.FIELD_REQUIRED, Drift.Kind.CHOICE_GONE, Drift.Kind.CHOICE_RENAMED}
)
UNSEEN = "What the tool asks of a record cannot be read:"
LET_IT_SEE = "Let the integration user create records there, or correct where the route's rules place them."


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """What a tool says of the records of one route."""

    fields: tuple[RemoteField, ...] | None  # None where it does not let us see them
    lacks: tuple[Lack, ...]


def check_all(*, now: datetime) -> None:
    """This will look at every tool that an active route leads into; one that fails stops no other."""
    for connection in Connection.objects.filter(routes_to__active=True).distinct().order_by("name"):
        trouble = check_drift(connection=connection, now=now)
        if trouble:
            logger.warning("upkeep: drift check failed", extra={"connection": str(connection.pk)})


def check_drift(*, connection: Connection, now: datetime) -> str:
    """This will look at one tool and keep what is found; returns why it could not, "" when it could."""
    check_retired(connection=connection, now=now)
    check_trends(connection=connection, now=now)
    known = registry.TOOLS.get(connection.tool)
    if known is None or known.schema is None:
        return "this tool does not say which fields it has"
    rules = {route: route.rules_in_force() for route in Route.objects.filter(target=connection, active=True)}
    try:
        door = connection.door()
        seen = {route: _seen(known, known.schema, door, its) for route, its in rules.items()}
    except (TransportError, NotConfigured, Unreadable) as error:
        return str(error)
    _keep(connection, known.schema, seen, rules, now=now)
    return ""


def _seen(known: Tool, schema: Schema, door: Door, rules: Rules) -> Seen:
    """What stands where these rules place a record. Raises ``TransportError``."""
    lacks = lacks_of(known, door, defaults=rules.defaults)
    try:
        return Seen(fields=schema.fields(door, defaults=rules.defaults), lacks=lacks)
    except (Refused, Unauthorised) as error:
        if known.rights is None:
            raise
        return Seen(fields=None, lacks=lacks or (Lack(what=f"{UNSEEN} {error}", fix=LET_IT_SEE),))


def check_all_retired(*, now: datetime) -> None:
    """This will look for retired entries that the rules of any active route name; no tool is asked."""
    for connection in Connection.objects.filter(routes_to__active=True).distinct():
        check_retired(connection=connection, now=now)


@transaction.atomic
def check_retired(*, connection: Connection, now: datetime) -> None:
    """This will hold the rules and records of the routes into a tool against what its catalog retired."""
    for route in Route.objects.filter(target=connection, active=True):
        rules = route.rules_in_force()
        names = _retired(connection, {value for _, value in named_values(rules)})
        found = (*retired(names, rules), *filed_under_retired(route, rules, now=now))
        write(route, found, kinds=(Drift.Kind.ENTRY_RETIRED,), now=now)


def know(*, finding: Drift, by: User, now: datetime) -> bool:
    """This will end a finding that somebody knows of; False where it has to be mended.

    Only of what was merely filed under: what the rules name goes on being sent until they are changed.
    """
    rules = finding.route.rules_in_force()
    if finding.kind != Drift.Kind.ENTRY_RETIRED or (finding.field, finding.value) in named_values(rules):
        return False
    Drift.objects.filter(pk=finding.pk, over_at=None).update(over_at=now, known_by=by)
    return True


@transaction.atomic
def vouch(*, connection: Connection, now: datetime) -> str:
    """This will take the tool's choices as they are called now for right; returns why it could not."""
    connection.vouched = {}
    return check_drift(connection=connection, now=now)


@transaction.atomic
def _keep(
    connection: Connection,
    schema: Schema,
    seen: Mapping[Route, Seen],
    rules: Mapping[Route, Rules],
    *,
    now: datetime,
) -> None:
    if not connection.vouched:
        connection.vouched = labels_of(field for each in seen.values() for field in each.fields or ())
    connection.drift_checked_at = now
    connection.save(update_fields=["vouched", "drift_checked_at"])
    for route, each in seen.items():
        write(route, rights_missing(each.lacks), kinds=(Drift.Kind.RIGHT_MISSING,), now=now)
        if each.fields is None:
            continue
        looked = Looked(fields={field.name: field for field in each.fields}, vouched=connection.vouched)
        found = findings(looked=looked, schema=schema, rules=rules[route], asked=_typed(route))
        write(route, found, kinds=OF_FIELDS, now=now)
        route.demanded = demanded(looked, schema).model_dump(mode="json", exclude_defaults=True)
        route.save(update_fields=["demanded"])


def _typed(route: Route) -> tuple[ExtraField, ...]:
    """The fields of the tool that the route's template asks for, in whatever category."""
    body = template_from(route.asked_in_force())
    return (*body.fields, *(each for more in body.categories.values() for each in more.fields))


def _retired(connection: Connection, named: Collection[str]) -> dict[str, str]:
    """Of these ids and names, those of retired entries, each with the entry's name."""
    rows = CatalogRow.objects.filter(connection=connection).filter(Q(remote_id__in=named) | Q(name__in=named))
    gone = dict(rows.exclude(retired_at=None).values_list("remote_id", "name"))
    still = set(rows.filter(retired_at=None).values_list("name", flat=True))
    return gone | {name: name for name in gone.values() if name not in still}
