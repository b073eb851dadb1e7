"""Where may a person hand off to, from which tickets, and what does the receiver call things?"""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from escalation.api.answers import EntrySerializer, RouteSerializer
from escalation.api.bodies import CatalogQuerySerializer
from escalation.api.problem import not_changed, problems
from escalation.api.resource import MOST_NUMBER, Resource
from escalation.linking.entries import EntryKind
from escalation.models import CatalogRow, Membership, Route

MOST_FOUND = 50


class Routes(Resource):
    """The person's ways to hand off."""

    @extend_schema(responses={200: RouteSerializer(many=True), **not_changed(), **problems()})
    def get(self, request: Request) -> Response:  # noqa: ARG002
        """Return the routes on which the person's teams send, by name."""
        rows = Route.objects.open_to(self.person).select_related("sender", "receiver", "source", "target")
        return Response(RouteSerializer(rows.order_by("name"), many=True).data)


class Names(Resource):
    """The receiver's catalog."""

    @extend_schema(
        parameters=[
            OpenApiParameter("words", {"type": "string", "maxLength": 200}, description="Part of a name."),
            OpenApiParameter("kind", str, enum=[each.value for each in EntryKind]),
        ],
        responses={200: EntrySerializer(many=True), **not_changed(), **problems(400, 404)},
    )
    def get(self, request: Request, route_id: int) -> Response:
        """Return what the receiving tool of a route knows by such a name, at most fifty."""
        routes = Route.objects.of_teams_of(self.person, roles=Membership.Role.values)
        route = get_object_or_404(routes, pk=min(route_id, MOST_NUMBER))
        asked = CatalogQuerySerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        said = asked.validated_data
        rows = CatalogRow.objects.filter(connection=route.target_id, retired_at=None)
        if said["words"]:
            rows = rows.filter(name__icontains=said["words"])
        if said["kind"]:
            rows = rows.filter(kind=said["kind"])
        return Response(EntrySerializer(rows.order_by("name", "pk")[:MOST_FOUND], many=True).data)
