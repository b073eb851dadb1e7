"""What does the API answer? Reading only for now: handoffs and their timelines, as far as one may see."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.exceptions import ValidationError
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response

from escalation.api.problem import not_changed, problems
from escalation.api.resource import Resource
from escalation.api.serializers import HandoffSerializer, LineSerializer
from escalation.models import Handoff
from escalation.models.handoff import HandoffQuerySet
from escalation.timeline.read import lines

# A line number fits the column it is compared with.
MOST_DIGITS = 9
AFTER = {"type": "integer", "minimum": 0, "maximum": 10**MOST_DIGITS - 1, "default": 0}


class NewestFirst(CursorPagination):
    """Pages that do not shift when something new arrives."""

    ordering = "-created_at"
    page_size = 50


def _visible(request: Request) -> HandoffQuerySet:
    return Handoff.objects.visible_to(request.user).select_related("route", "author")


@extend_schema_view(
    get=extend_schema(
        responses={200: HandoffSerializer(many=True), **not_changed(), **problems(401, 403, 404)}
    )
)
class Handoffs(Resource, ListAPIView[Handoff]):
    """The handoffs that the person may see, newest first."""

    queryset = Handoff.objects.none()  # for the schema; the real one depends on who asks
    serializer_class = HandoffSerializer
    pagination_class = NewestFirst

    def get_queryset(self) -> HandoffQuerySet:
        """Return what the person may see."""
        return _visible(self.request)


@extend_schema_view(
    get=extend_schema(responses={200: HandoffSerializer, **not_changed(), **problems(401, 403, 404)})
)
class OneHandoff(Resource, RetrieveAPIView[Handoff]):
    """One handoff."""

    queryset = Handoff.objects.none()
    serializer_class = HandoffSerializer

    def get_queryset(self) -> HandoffQuerySet:
        """Return what the person may see."""
        return _visible(self.request)


class Timeline(Resource):
    """The lines of one handoff's timeline, oldest first."""

    @extend_schema(
        parameters=[OpenApiParameter("after", AFTER, description="Only lines after this sequence number.")],
        responses={200: LineSerializer(many=True), **not_changed(), **problems(400, 401, 403, 404)},
    )
    def get(self, request: Request, pk: Any) -> Response:
        """Return the lines after the given number."""
        handoff = get_object_or_404(_visible(request), pk=pk)
        after = request.query_params.get("after", "0")
        if not (after.isascii() and after.isdecimal() and len(after) <= MOST_DIGITS):
            raise ValidationError({"after": [f"A whole number from 0 to {10**MOST_DIGITS - 1}."]})
        return Response(LineSerializer(lines(handoff=handoff, after=int(after)), many=True).data)
