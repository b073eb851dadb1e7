"""How does a program take a case beyond its handoff: to the next tier, into a running one, to the user?"""

from typing import Any
from uuid import UUID

from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from escalation.api.answers import HandoffSerializer
from escalation.api.bodies import FurtherSerializer, JoinSerializer, ReplySerializer
from escalation.api.draft_body import DraftSerializer
from escalation.api.drafts import draft_values
from escalation.api.marks import mark_of
from escalation.api.once import IDEMPOTENCY_KEY, once
from escalation.api.press import REFUSED, HandoffPress, press
from escalation.api.problem import problems
from escalation.api.resource import Meaningless, Resource
from escalation.api.views import AT
from escalation.capture.join import join
from escalation.models import Handoff, Route
from escalation.models.access_token import Scope
from escalation.outbox.reply import can_reply, reply_to_user
from escalation.reception.further import escalate_further


class Further(Resource):
    """The next tier."""

    writes = Scope.RECEIVE

    @extend_schema(
        parameters=[IDEMPOTENCY_KEY, AT],
        request=FurtherSerializer,
        responses={201: DraftSerializer, **problems(*REFUSED)},
    )
    @once
    def post(self, request: Request, pk: UUID) -> Response:
        """Begin the next handoff with all that is known; of one handoff and route a person has one draft."""
        held = self.received(pk)
        body = FurtherSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        route = Route.objects.open_to(self.person).filter(pk=body.validated_data["route"]).first()
        if route is None:
            raise Meaningless(errors={"route": ["You hand off on no such route."]})
        begun = escalate_further(handoff=held, route=route, by=self.person, now=self.now)
        values = draft_values(self.draft(begun.pk))
        headers = {"Location": reverse("api_draft", args=[begun.pk]), "ETag": mark_of(values)}
        return Response(values, status=201, headers=headers)


class Join(Resource):
    """A handoff that is already running."""

    writes = Scope.SEND

    @extend_schema(
        parameters=[IDEMPOTENCY_KEY],
        request=JoinSerializer,
        responses={200: HandoffSerializer, **problems(*REFUSED)},
    )
    @once
    def post(self, request: Request, pk: UUID) -> Response:
        """Put one's own draft aside and add its ticket to a running handoff of the same route."""
        draft = self.draft(pk)
        body = JoinSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        running = self.visible().filter(pk=body.validated_data["running"]).first()
        if running is None:
            raise Meaningless(errors={"running": ["You see no such handoff."]})
        join(handoff=draft, running=running, by=self.person, now=self.now)
        return Response(HandoffSerializer(self.handoff(running.pk)).data)


@press(ReplySerializer)
class Reply(HandoffPress):
    """Tell the user something through the source ticket, for everybody on it to read."""

    writes = Scope.SEND

    def find(self, pk: UUID) -> Handoff:
        """Return what the person's team sent."""
        return self.sent(pk)

    def act(self, handoff: Handoff, said: dict[str, Any]) -> None:
        """Owe the reply."""
        if not can_reply(handoff):
            raise Meaningless("There is no ticket through which the user could be told.")
        if not said["text"].strip():
            raise Meaningless(errors={"text": ["Write what the user shall read."]})
        reply_to_user(handoff=handoff, by=self.person, now=self.now, **said)
