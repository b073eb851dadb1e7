"""How does a program ask a team first, and how does the team answer, before anything is handed over?"""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from escalation.api.answers import ConsultSerializer, ConsultsSerializer
from escalation.api.bodies import AnswerSerializer, AskFirstSerializer
from escalation.api.once import IDEMPOTENCY_KEY, once
from escalation.api.paging import NewestFirst
from escalation.api.press import REFUSED, Press, press
from escalation.api.problem import not_changed, problems
from escalation.api.resource import MOST_NUMBER, Meaningless, Resource
from escalation.models import Consult, Route
from escalation.models.access_token import Scope
from escalation.reception import consult as consulting


class Pages(NewestFirst):
    """Pages of questions."""

    ordering = "-at"


class ConsultResource(Resource):
    """A question that was asked first."""

    def seen(self) -> QuerySet[Consult]:
        """Return what the person asked, and what the person's teams were asked."""
        rows = Consult.objects.filter(Q(by=self.person) | Q(team__in=self._teams()))
        return rows.select_related("team", "by", "answered_by", "handoff")

    def own(self, consult_id: int) -> Consult:
        """Return a question of the person's own; raises 404."""
        return get_object_or_404(self.seen(), pk=min(consult_id, MOST_NUMBER), by=self.person)

    def asked(self, consult_id: int) -> Consult:
        """Return a question to a team of the person; raises 404."""
        return get_object_or_404(self.seen(), pk=min(consult_id, MOST_NUMBER), team__in=self._teams())

    def _teams(self) -> list[int]:
        return list(self.person.memberships.values_list("team", flat=True))


class Consults(ConsultResource):
    """The questions that a person asked first, or that the person's teams were asked."""

    @extend_schema(
        operation_id="consults_list",
        parameters=[OpenApiParameter("cursor", str, description="From the answer's “next”.")],
        responses={200: ConsultsSerializer, **not_changed(), **problems(404)},
    )
    def get(self, request: Request) -> Response:
        """Return a page of them, newest first, with what became of each."""
        pages = Pages()
        found = pages.paginate_queryset(self.seen(), request, view=self)
        return pages.get_paginated_response(ConsultSerializer(found, many=True).data)


class OneConsult(ConsultResource):
    """One question that was asked first."""

    @extend_schema(responses={200: ConsultSerializer, **not_changed(), **problems(404)})
    def get(self, request: Request, consult_id: int) -> Response:  # noqa: ARG002
        """Return the question with what was known when it was asked, and the answer once there is one."""
        return Response(
            ConsultSerializer(get_object_or_404(self.seen(), pk=min(consult_id, MOST_NUMBER))).data
        )


class AskFirst(Resource):
    """A question about one's own draft."""

    writes = Scope.SEND

    @extend_schema(
        parameters=[IDEMPOTENCY_KEY],
        request=AskFirstSerializer,
        responses={201: ConsultSerializer, **problems(*REFUSED)},
    )
    @once
    def post(self, request: Request, pk: UUID) -> Response:
        """Ask the team that a route leads to; it sees the draft without its secrets."""
        handoff = self.draft(pk)
        body = AskFirstSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        said = body.validated_data
        ways = Route.objects.open_to(self.person).select_related("receiver")
        way = ways.filter(pk=said["route"]).first()
        if way is None:
            raise Meaningless(errors={"route": ["You hand off on no such route."]})
        asked = consulting.ask_first(
            handoff=handoff, team=way.receiver, question=said["question"], by=self.person, now=self.now
        )
        return Response(ConsultSerializer(asked).data, status=201)


class ConsultPress(ConsultResource, Press[Consult]):
    """One press on one question."""

    shown = ConsultSerializer

    def find(self, pk: int) -> Consult:
        """Return the question as far as the press is the person's; raises 404."""
        return self.own(pk)

    def again(self, pk: int) -> Consult:
        """Return the question as it stands afterwards."""
        return self.seen().get(pk=pk)


@press(AnswerSerializer)
class AnswerFirst(ConsultPress):
    """Answer as one of the team that was asked."""

    writes = Scope.RECEIVE

    def find(self, pk: int) -> Consult:
        """Return what a team of the person was asked."""
        return self.asked(pk)

    def act(self, consult: Consult, said: dict[str, Any]) -> None:
        """Answer it."""
        consulting.answer_first(consult=consult, text=said["answer"], by=self.person, now=self.now)


@press()
class HandOver(ConsultPress):
    """End one's own question as a handoff: the draft gains the answer, and is sent by its preview as ever."""

    writes = Scope.WRITE

    def act(self, consult: Consult, said: dict[str, Any]) -> None:  # noqa: ARG002
        """End it so."""
        consulting.hand_over(consult=consult, by=self.person, now=self.now)


@press()
class Settle(ConsultPress):
    """End one's own question as solved without a handoff; its draft is put aside."""

    writes = Scope.WRITE

    def act(self, consult: Consult, said: dict[str, Any]) -> None:  # noqa: ARG002
        """End it so."""
        consulting.settle(consult=consult, by=self.person, now=self.now)
