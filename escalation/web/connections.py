"""How are the tools we talk to, and what would an owner have to mend?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from escalation.models import Breaker, CatalogPass, CatalogRow, Connection, Delivery, Drift, Inbox, Route
from escalation.tools import registry
from escalation.web.access import PersonRequest, Role, page
from escalation.web.owed import waiting_for

_OWED = Q(status__in=[Delivery.Status.OWED, Delivery.Status.UNDER_WAY])
_TO_READ = Q(status__in=[Inbox.Status.WAITING, Inbox.Status.PARKED])


@dataclass(frozen=True, kw_only=True, slots=True)
class Health:
    """One connection as its line shows it; counts are of rows that wait for it."""

    connection: Connection
    tool: str
    owed: int
    owed_since: datetime | None
    stuck: int
    to_read: int
    unreadable: int
    drifts: int
    can_be_tested: bool
    entries: int = 0  # in the catalog, without what is retired
    catalog: CatalogPass | None = None  # None: it has no catalog, or nobody has read it yet
    paused: str = ""  # why and until when Baton makes no calls


@page(Role.OWNER)
@require_safe
def connections(request: PersonRequest) -> HttpResponse:
    """This will show how the connections are, what waits for them, and the person's routes."""
    mine = Route.objects.of_teams_of(request.user, roles=(Role.OWNER,))
    routes = mine.select_related("sender", "receiver", "source", "target", "owner").order_by("name")
    context = {
        "rows": _healths(),
        "routes": routes.annotate(findings=Count("drifts", filter=Q(drifts__over_at=None))),
        "today": timezone.localdate(),
        "waiting": waiting_for(request.user, tuple(routes), today=timezone.localdate()),
    }
    return render(request, "pages/connections.html", context)


def _healths() -> list[Health]:
    owed = _counted(Delivery.objects.filter(_OWED))
    since = dict(
        Delivery.objects.filter(_OWED).values_list("connection").annotate(Min("created_at")).order_by()
    )
    stuck = _counted(Delivery.objects.filter(status=Delivery.Status.STUCK))
    to_read, broken = (
        _counted(Inbox.objects.filter(each)) for each in (_TO_READ, Q(status=Inbox.Status.BROKEN))
    )
    pauses = {each.pk: each.words for each in Breaker.objects.pausing()}
    entries = _counted(CatalogRow.objects.filter(retired_at=None))
    passes = {each.connection_id: each for each in CatalogPass.objects.all()}
    drifts = _counted(Drift.objects.filter(over_at=None))
    return [
        Health(
            connection=each,
            tool=registry.label(each.tool),
            owed=owed.get(each.pk, 0),
            owed_since=since.get(each.pk),
            stuck=stuck.get(each.pk, 0),
            to_read=to_read.get(each.pk, 0),
            unreadable=broken.get(each.pk, 0),
            drifts=drifts.get(each.pk, 0),
            paused=pauses.get(each.pk, ""),
            entries=entries.get(each.pk, 0),
            catalog=passes.get(each.pk),
            can_be_tested=bool((known := registry.TOOLS.get(each.tool)) and known.upkeep),
        )
        for each in Connection.objects.order_by("name")
    ]


def _counted(
    rows: "QuerySet[Delivery] | QuerySet[Inbox] | QuerySet[Drift] | QuerySet[CatalogRow]",
) -> Mapping[UUID, int]:
    return dict(rows.values_list("connection").annotate(Count("pk")).order_by())
