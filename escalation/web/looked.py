"""What does a lead look at: which routes, which days, which kind of handoff?

The choice stands in the address, so that every number can be a link to what it is made of.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlencode

from django.http import Http404
from django.utils import timezone

from escalation.metrics.cells import DIMENSIONS
from escalation.metrics.keep import catch_up
from escalation.metrics.read import PERIODS, USUAL, Kind, Period, midnight_after
from escalation.metrics.satisfaction import catch_up as catch_up_ratings
from escalation.models import Route
from escalation.web.access import PersonRequest, Role
from escalation.web.posted import whole_number

A_WEEK = 7
NUMBERED = frozenset({"template", "parts"})  # dimensions whose values are numbers


@dataclass(frozen=True, kw_only=True, slots=True)
class Looked:
    """The choice of one request."""

    routes: Mapping[int, Route]  # all that the person may choose from
    route: Route | None
    days: int
    ends: datetime  # the midnight, in UTC, that ends the last day
    now: datetime
    kind: Kind | None = None

    @property
    def route_ids(self) -> tuple[int, ...]:
        """The routes whose handoffs count."""
        return (self.route.pk,) if self.route else tuple(self.routes)

    @property
    def period(self) -> Period:
        """The days looked at, the last one included."""
        return self._ending(self.ends)

    @property
    def before(self) -> Period:
        """As many days before those."""
        return self._ending(self.period.since)

    @property
    def last_day(self) -> date:
        """The last day looked at."""
        return self.ends.date() - timedelta(days=1)

    @property
    def now_running(self) -> bool:
        """Whether the days run up to today."""
        return self.ends > self.now

    @property
    def query(self) -> str:
        """The choice as part of an address."""
        chosen: dict[str, str | int] = {"days": self.days}
        if self.route:
            chosen["route"] = self.route.pk
        if not self.now_running:
            chosen["to"] = self.last_day.isoformat()
        if self.kind:
            chosen |= {"by": self.kind.dimension, "of": self.kind.value}
        return urlencode(chosen)

    @property
    def query_before(self) -> str:
        """The same choice in the period before."""
        return replace(self, ends=self.period.since).query

    def query_of(self, kind: Kind) -> str:
        """The same choice for one kind of handoff."""
        return replace(self, kind=kind).query

    def query_of_week(self, starts: date) -> str:
        """The same choice for the week from that Monday."""
        ends = datetime.combine(starts + timedelta(days=A_WEEK), time(), UTC)
        return replace(self, days=A_WEEK, ends=min(ends, self.tomorrow)).query

    def query_on(self, route: Route) -> str:
        """The same choice on one route."""
        return replace(self, route=route).query

    @property
    def tomorrow(self) -> datetime:
        """The midnight, in UTC, that ends today."""
        return midnight_after(self.now)

    def _ending(self, end: datetime) -> Period:
        return Period.ending(end, days=self.days, until=self.now)


def looked(request: PersonRequest) -> Looked:
    """This will read the choice, with everything measured that moved; raises 404 for a route of others."""
    mine = Route.objects.of_teams_of(request.user, roles=(Role.LEAD, Role.OWNER))
    routes = {route.pk: route for route in mine.select_related("sender", "receiver").order_by("name")}
    chosen, days = request.GET.get("route", ""), whole_number(request.GET.get("days", ""))
    route = routes.get(whole_number(chosen) or 0)
    if chosen and route is None:
        raise Http404
    catch_up()
    catch_up_ratings()
    found = Looked(
        routes=routes,
        route=route,
        days=days if days in PERIODS else USUAL,
        ends=datetime.min.replace(tzinfo=UTC),
        now=timezone.now(),
        kind=_kind(request),
    )
    return replace(found, ends=min(_ends(request.GET.get("to", "")) or found.tomorrow, found.tomorrow))


def _ends(day: str) -> datetime | None:
    try:
        return datetime.combine(date.fromisoformat(day) + timedelta(days=1), time(), UTC)
    except (ValueError, OverflowError):
        return None


def _kind(request: PersonRequest) -> Kind | None:
    dimension, value = request.GET.get("by", ""), request.GET.get("of", "")
    if not dimension:
        return None
    if dimension not in DIMENSIONS or (dimension in NUMBERED and value and whole_number(value) is None):
        raise Http404
    return Kind(dimension=dimension, value=value)
