"""How did handoffs go? The figures of the page, for the routes that a person leads or owns."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from escalation.api.answers import FiguresSerializer
from escalation.api.bodies import FiguresQuerySerializer
from escalation.api.problem import not_changed, problems
from escalation.api.resource import Resource
from escalation.metrics.adding import Summary
from escalation.metrics.figures import METRICS
from escalation.metrics.keep import catch_up
from escalation.metrics.read import PERIODS, USUAL, Period, midnight_after, summaries
from escalation.models import Membership, Route
from escalation.models.access_token import Scope

ROLES = (Membership.Role.LEAD, Membership.Role.OWNER)


class Figures(Resource):
    """What leads and owners see under Figures."""

    reads = Scope.FIGURES

    @extend_schema(
        parameters=[OpenApiParameter("days", {"type": "integer", "enum": list(PERIODS), "default": USUAL})],
        responses={200: FiguresSerializer(many=True), **not_changed(), **problems(400, 404)},
    )
    def get(self, request: Request) -> Response:
        """Return the figures of all routes together first, then those of each with handoffs."""
        routes = Route.objects.of_teams_of(self.person, roles=ROLES)
        if not Membership.objects.filter(user=self.person, role__in=ROLES).exists():
            raise Http404
        asked = FiguresQuerySerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        catch_up()
        now, days = self.now, asked.validated_data["days"]
        period = Period.ending(midnight_after(now), days=days, until=now)
        found = summaries(route_ids=sorted(routes.values_list("pk", flat=True).distinct()), period=period)
        return Response(FiguresSerializer([_values(each) for each in found], many=True).data)


def _values(summary: Summary) -> dict[str, Any]:
    figures = [
        {
            "key": key,
            "title": metric.title,
            "means": metric.means,
            "form": metric.form.value,
            "value": summary.figures[key].value,
            "p90": summary.figures[key].p90,
            "n": summary.figures[key].n,
        }
        for key, metric in METRICS.items()
    ]
    return {"route": summary.route_id, "sent": summary.sent, "figures": figures}
