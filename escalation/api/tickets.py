"""Which tickets are open in the tool that a route begins in?"""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from escalation.api.answers import TicketSerializer
from escalation.api.problem import not_changed, problems
from escalation.api.resource import MOST_NUMBER, Resource
from escalation.capture import prefill
from escalation.models import Route


class Tickets(Resource):
    """The open tickets of a route's sender."""

    @extend_schema(
        responses={200: TicketSerializer(many=True), **not_changed(), **problems(404, 422, 502)},
    )
    def get(self, request: Request, route_id: int) -> Response:  # noqa: ARG002
        """Return the open tickets as the tool has them now, at most a hundred, the newest change first."""
        routes = Route.objects.open_to(self.person).select_related("source")
        route = get_object_or_404(routes, pk=min(route_id, MOST_NUMBER))
        return Response(TicketSerializer(prefill.open_tickets(connection=route.source), many=True).data)
