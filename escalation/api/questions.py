"""How does a receiver ask back by the API, and a sender answer? Ownership stays where it is."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from escalation.api.answers import QuestionSerializer
from escalation.api.bodies import AnswerSerializer, AskSerializer
from escalation.api.once import IDEMPOTENCY_KEY, once
from escalation.api.press import REFUSED
from escalation.api.problem import not_changed, problems
from escalation.api.resource import MOST_NUMBER, Meaningless, Resource
from escalation.models import Handoff, Question
from escalation.models.access_token import Scope
from escalation.reception import ask_back
from escalation.reception.prevented import prevented


class Questions(Resource):
    """What is asked back about one handoff."""

    writes = Scope.RECEIVE

    @extend_schema(responses={200: QuestionSerializer(many=True), **not_changed(), **problems(404)})
    def get(self, request: Request, pk: UUID) -> Response:  # noqa: ARG002
        """Return the questions, oldest first."""
        rows = Question.objects.filter(handoff=self.handoff(pk)).select_related("by", "answered_by")
        return Response(QuestionSerializer(rows.order_by("at", "pk"), many=True).data)

    @extend_schema(
        parameters=[IDEMPOTENCY_KEY],
        request=AskSerializer,
        responses={201: QuestionSerializer, **problems(*REFUSED)},
    )
    @once
    def post(self, request: Request, pk: UUID) -> Response:
        """Ask about an item, a part or the whole. The same question, while it is open, is the same."""
        handoff = self.received(pk)
        body = AskSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        question = ask_back.ask(
            handoff=handoff, asked=_asked(body.validated_data, handoff), by=self.person, now=self.now
        )
        return Response(QuestionSerializer(question).data, status=201)


class Answer(Resource):
    """The answer to one question."""

    writes = Scope.SEND

    @extend_schema(
        parameters=[IDEMPOTENCY_KEY],
        request=AnswerSerializer,
        responses={200: QuestionSerializer, **problems(*REFUSED)},
    )
    @once
    def post(self, request: Request, pk: UUID, question_id: int) -> Response:
        """Answer it; the receiver has it on the card and in its record."""
        rows = Question.objects.select_related("handoff", "by", "answered_by")
        question = get_object_or_404(rows, handoff=self.sent(pk), pk=min(question_id, MOST_NUMBER))
        body = AnswerSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        text = body.validated_data["answer"]
        answered = ask_back.answer(question=question, text=text, by=self.person, now=self.now)
        return Response(QuestionSerializer(answered).data)


def _asked(said: dict[str, Any], handoff: Handoff) -> ask_back.Asked:
    if said["part"] and said["item"]:
        raise Meaningless(errors={"part": ["Name an item or a part, not both."]})
    missing = prevented(handoff=handoff, asked=said["prevented_by"], words=said["prevented_words"])
    return ask_back.Asked(text=said["text"], part=said["part"], item_id=said["item"], prevented=missing)
