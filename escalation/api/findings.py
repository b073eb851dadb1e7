"""What do both sides say of a handoff beside its course: marks on lines, a correction, what it was; and how
does a person set going again what the tool refused?
"""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from escalation.api.answers import DeliverySerializer
from escalation.api.bodies import MarkSerializer, VerdictSerializer, WordsBackSerializer
from escalation.api.once import IDEMPOTENCY_KEY, once
from escalation.api.press import REFUSED, HandoffPress, press
from escalation.api.problem import not_changed, problems
from escalation.api.receiving import Received
from escalation.api.resource import Resource
from escalation.dispatch.retry import retry
from escalation.models import Delivery, Handoff, ItemMark
from escalation.models.access_token import Scope
from escalation.reception import mark as marking
from escalation.reception import set_right as correcting
from escalation.reception import verdict
from escalation.reception.verdict import Found


@press(MarkSerializer)
class Mark(Received):
    """Mark a line as done again, wrong or decisive, or take the mark away."""

    def act(self, handoff: Handoff, said: dict[str, Any]) -> None:
        """Mark it."""
        kind = ItemMark.Kind(said["kind"])
        if said["off"]:
            marking.unmark(handoff=handoff, item_id=said["item"], kind=kind)
        else:
            marking.mark(handoff=handoff, item_id=said["item"], kind=kind, by=self.person, now=self.now)


@press(VerdictSerializer)
class Learned(Received):
    """Say what it was, where the tool has resolved it."""

    def act(self, handoff: Handoff, said: dict[str, Any]) -> None:
        """Say it."""
        verdict.give(handoff=handoff, found=Found(**said), by=self.person, now=self.now)


@press(WordsBackSerializer)
class SetRight(HandoffPress):
    """Correct how the receiver read the ask back."""

    writes = Scope.SEND

    def find(self, pk: UUID) -> Handoff:
        """Return what the person's team sent."""
        return self.sent(pk)

    def act(self, handoff: Handoff, said: dict[str, Any]) -> None:
        """Correct it."""
        correcting.set_right(handoff=handoff, words=said["read_back"], by=self.person, now=self.now)


class Deliveries(Resource):
    """What is owed to the tools for one handoff."""

    @extend_schema(responses={200: DeliverySerializer(many=True), **not_changed(), **problems(404)})
    def get(self, request: Request, pk: UUID) -> Response:  # noqa: ARG002
        """Return what was owed, in its order, and where it stands."""
        rows = Delivery.objects.filter(handoff=self.handoff(pk)).select_related("connection")
        return Response(DeliverySerializer(rows.order_by("created_at", "position"), many=True).data)


class Retry(Resource):
    """One delivery, once more."""

    writes = Scope.SEND

    @extend_schema(
        parameters=[IDEMPOTENCY_KEY], request=None, responses={200: DeliverySerializer, **problems(*REFUSED)}
    )
    @once
    def post(self, request: Request, pk: UUID, delivery_id: UUID) -> Response:  # noqa: ARG002
        """Try what is stuck again: the same bytes, after a look whether they have arrived."""
        rows = Delivery.objects.filter(handoff=self.handoff(pk)).select_related("connection")
        row = retry(delivery=get_object_or_404(rows, pk=delivery_id), by=self.person, now=self.now)
        return Response(DeliverySerializer(row).data)
