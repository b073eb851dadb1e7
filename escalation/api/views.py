"""What does the API answer about handoffs as a whole: which are there, one of them, how it went on?"""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from escalation.api.answers import HandoffSerializer, LineSerializer
from escalation.api.bodies import StartSerializer
from escalation.api.draft_body import DraftSerializer, StateSerializer
from escalation.api.drafts import draft_values
from escalation.api.marks import mark_of
from escalation.api.once import IDEMPOTENCY_KEY, once_read
from escalation.api.paging import NewestFirst
from escalation.api.problem import not_changed, problems
from escalation.api.resource import Meaningless, Resource
from escalation.capture import prefill
from escalation.capture.draft import state_of
from escalation.knowledge.codec import to_json
from escalation.models import Handoff, Route
from escalation.models.access_token import Scope
from escalation.timeline.read import lines

# A line number fits the column it is compared with.
MOST_DIGITS = 9
AFTER = {"type": "integer", "minimum": 0, "maximum": 10**MOST_DIGITS - 1, "default": 0}
NOT_A_TICKET = "That is neither a ticket's address nor its number in {}."
AT = OpenApiParameter("Location", str, OpenApiParameter.HEADER, response=[201], description="The draft.")


class PageSerializer(serializers.Serializer[Any]):
    """One page of handoffs."""

    next = serializers.CharField(allow_null=True, help_text="The address of the following page.")
    previous = serializers.CharField(allow_null=True)
    results = HandoffSerializer(many=True)


class Handoffs(Resource):
    """The handoffs that a person may see."""

    writes = Scope.WRITE

    @extend_schema(
        operation_id="handoffs_list",
        parameters=[OpenApiParameter("cursor", str, description="From the answer's “next”.")],
        responses={200: PageSerializer, **not_changed(), **problems(404)},
    )
    def get(self, request: Request) -> Response:
        """Return a page of them, newest first."""
        pages = NewestFirst()
        found = pages.paginate_queryset(self.visible(), request, view=self)
        return pages.get_paginated_response(HandoffSerializer(found, many=True).data)

    def read(self, request: Request) -> Callable[[], Handoff]:
        """Read what a draft begins with, where it is, and return how to begin it."""
        body = StartSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        return self._ready(**body.validated_data)

    @extend_schema(
        parameters=[IDEMPOTENCY_KEY, AT],
        request=StartSerializer,
        responses={201: DraftSerializer, **problems(400, 409, 413, 415, 422, 502)},
    )
    @once_read(read)
    def post(self, request: Request, begin: Callable[[], Handoff]) -> Response:  # noqa: ARG002
        """Begin a draft, prefilled from a ticket or from text; of one ticket a person has one draft."""
        handoff = begin()
        headers = {"Location": reverse("api_draft", args=[handoff.pk])}
        values = draft_values(handoff)
        return Response(values, status=201, headers=headers | {"ETag": mark_of(values)})

    def _ready(self, *, route: int, ticket: str, text: str) -> Callable[[], Handoff]:
        ways = Route.objects.open_to(self.person)
        way = ways.select_related("source", "target", "sender", "receiver").filter(pk=route).first()
        if way is None:
            raise Meaningless(errors={"route": ["You hand off on no such route."]})
        if ticket.strip() and text.strip():
            raise Meaningless(errors={"text": ["Begin from a ticket or from text, not from both."]})
        own: dict[str, Any] = {"route": way, "by": self.person, "now": self.now}
        if text.strip():
            return partial(prefill.start_from_text, text=text, **own)
        if not ticket.strip():
            return partial(prefill.start_empty, **own)
        reference = prefill.reference_of(connection=way.source, text=ticket.strip())
        if not reference:
            raise Meaningless(errors={"ticket": [NOT_A_TICKET.format(way.source.name)]})
        earlier = prefill.draft_of(route=way, reference=reference, by=self.person)
        if earlier is not None:
            return lambda: earlier
        begun = prefill.read_ticket(route=way, reference=reference)
        return partial(prefill.begin_from_ticket, begun=begun, **own)


class OneHandoff(Resource):
    """One handoff."""

    @extend_schema(responses={200: HandoffSerializer, **not_changed(), **problems(404)})
    def get(self, request: Request, pk: UUID) -> Response:  # noqa: ARG002
        """Return where it stands."""
        return Response(HandoffSerializer(self.handoff(pk)).data)


class State(Resource):
    """What is known."""

    @extend_schema(responses={200: StateSerializer, **not_changed(), **problems(404)})
    def get(self, request: Request, pk: UUID) -> Response:  # noqa: ARG002
        """Return what people stated, with every line's evidence; suggestions are in the draft alone."""
        values: dict[str, Any] = to_json(state_of(self.handoff(pk)).stated())
        return Response({name: value for name, value in values.items() if name != "schema"})


class Timeline(Resource):
    """The lines of one handoff's timeline."""

    @extend_schema(
        parameters=[OpenApiParameter("after", AFTER, description="Only lines after this sequence number.")],
        responses={200: LineSerializer(many=True), **not_changed(), **problems(400, 404)},
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Return the lines after the given number, oldest first."""
        handoff = self.handoff(pk)
        after = request.query_params.get("after", "0")
        if not (after.isascii() and after.isdecimal() and len(after) <= MOST_DIGITS):
            raise ValidationError({"after": [f"A whole number from 0 to {10**MOST_DIGITS - 1}."]})
        return Response(LineSerializer(lines(handoff=handoff, after=int(after)), many=True).data)
