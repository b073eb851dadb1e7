"""How does a program correct or complete what was sent? By a version of its own, looked at before it goes."""

import secrets
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from escalation.api.answers import (
    AmendmentSerializer,
    AttachmentSerializer,
    HandoffSerializer,
    OpenAmendmentSerializer,
)
from escalation.api.bodies import ConfirmSerializer
from escalation.api.draft_body import StateSerializer
from escalation.api.drafts import ETAG
from escalation.api.files import ITEM, NAME, OCTETS, Octets, file_from
from escalation.api.marks import IF_MATCH, mark_of, require
from escalation.api.once import IDEMPOTENCY_KEY, once
from escalation.api.press import REFUSED
from escalation.api.problem import not_changed, problems
from escalation.api.resource import Meaningless, Resource
from escalation.capture import amend
from escalation.capture.amend_files import add_files
from escalation.capture.draft import Edit, state_of
from escalation.capture.stating import Misstated, stated_by
from escalation.knowledge.codec import to_json
from escalation.models import Amendment, Handoff
from escalation.models.access_token import Scope

MOST_AMENDMENTS = 2**31 - 1  # what the column of their numbers holds


def open_values(amendment: Amendment) -> dict[str, Any]:
    """Return an open amendment as it is read, written and marked, with what it would send."""
    leaving = amend.outgoing(amendment)
    values = {name: value for name, value in to_json(state_of(amendment)).items() if name != "schema"}
    return values | {
        "number": amendment.number,
        "kind": str(amendment.kind),
        "revision": amendment.revision,
        "text": leaving.text if leaving.changes else "",
        "fingerprint": leaving.fingerprint,
    }


class AmendmentResource(Resource):
    """A correction of one handoff."""

    def amendments(self, handoff: Handoff) -> QuerySet[Amendment]:
        """Return those that were sent, and the person's own that is open."""
        seen = Q(sent_at__isnull=False) | Q(by=self.person)
        return handoff.amendments.filter(seen).select_related("by")

    def open_one(self, pk: UUID, number: int) -> Amendment:
        """Return the person's own open amendment; raises 404."""
        handoff = self.sent(pk)
        mine = handoff.amendments.filter(by=self.person, sent_at=None).select_related("by")
        found = get_object_or_404(mine, number=min(number, MOST_AMENDMENTS))
        found.handoff = handoff
        return found


class Amendments(AmendmentResource):
    """The corrections of one handoff."""

    writes = Scope.WRITE

    @extend_schema(
        operation_id="handoffs_amendments_list",
        responses={200: AmendmentSerializer(many=True), **not_changed(), **problems(404)},
    )
    def get(self, request: Request, pk: UUID) -> Response:  # noqa: ARG002
        """Return those that were sent, and one's own that is open, by number."""
        rows = self.amendments(self.handoff(pk)).order_by("number")
        return Response(AmendmentSerializer(rows, many=True).data)

    @extend_schema(
        parameters=[IDEMPOTENCY_KEY, ETAG],
        request=None,
        responses={201: OpenAmendmentSerializer, **problems(*REFUSED)},
    )
    @once
    def post(self, request: Request, pk: UUID) -> Response:  # noqa: ARG002
        """Open a correction of what was sent, or return the person's own that is open."""
        opened = amend.begin(handoff=self.sent(pk), by=self.person, now=self.now)
        return _marked(self.open_one(pk, opened.number), status=201)


class OneAmendment(AmendmentResource):
    """One's own correction that is not sent yet."""

    writes = Scope.WRITE

    @extend_schema(
        parameters=[ETAG], responses={200: OpenAmendmentSerializer, **not_changed(), **problems(404)}
    )
    def get(self, request: Request, pk: UUID, number: int) -> Response:  # noqa: ARG002
        """Return the whole state as it should read now, and the exact note that would go."""
        return _marked(self.open_one(pk, number))

    @extend_schema(
        parameters=[IF_MATCH, IDEMPOTENCY_KEY, ETAG],
        request=StateSerializer,
        responses={200: OpenAmendmentSerializer, **problems(400, 404, 409, 412, 413, 415, 422, 428)},
    )
    @once
    def put(self, request: Request, pk: UUID, number: int) -> Response:
        """Save the whole state over what was read; what was confirmed before stays as it is."""
        body = StateSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        with transaction.atomic():
            found = self.open_one(pk, number)
            # Nobody else writes between the look at the mark and the save.
            Amendment.objects.select_for_update().get(pk=found.pk)
            found = self.open_one(pk, number)
            require(request, mark=mark_of(open_values(found)))
            try:
                state = stated_by(
                    state_of(found), dict(body.validated_data), new_id=lambda: secrets.token_hex(8)
                )
            except Misstated as error:
                raise Meaningless(errors=error.errors) from error
            edit = Edit(state=state, revision=found.revision)
            amend.save(amendment=found, edit=edit, by=self.person, now=self.now)
        return _marked(self.open_one(pk, number))


class SendAmendment(AmendmentResource):
    """Send a correction."""

    writes = Scope.SEND

    @extend_schema(
        parameters=[IDEMPOTENCY_KEY],
        request=ConfirmSerializer,
        responses={200: HandoffSerializer, **problems(*REFUSED)},
    )
    @once
    def post(self, request: Request, pk: UUID, number: int) -> Response:
        """Send the very note that was read; if it is another one by now, nothing goes."""
        found = self.open_one(pk, number)
        body = ConfirmSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        amend.send(amendment=found, by=self.person, now=self.now, **body.validated_data)
        return Response(HandoffSerializer(self.handoff(pk)).data)


class DropAmendment(AmendmentResource):
    """Give a correction up."""

    writes = Scope.WRITE

    @extend_schema(
        parameters=[IDEMPOTENCY_KEY],
        request=None,
        responses={200: HandoffSerializer, **problems(*REFUSED)},
    )
    @once
    def post(self, request: Request, pk: UUID, number: int) -> Response:  # noqa: ARG002
        """Give one's own open correction up; nothing of it was sent."""
        amend.drop(amendment=self.open_one(pk, number), by=self.person)
        return Response(HandoffSerializer(self.handoff(pk)).data)


class AmendmentFiles(AmendmentResource):
    """The files that come with a correction."""

    writes = Scope.WRITE
    parser_classes = (Octets,)

    @extend_schema(responses={200: AttachmentSerializer(many=True), **not_changed(), **problems(404)})
    def get(self, request: Request, pk: UUID, number: int) -> Response:  # noqa: ARG002
        """Return those of one's own open correction."""
        rows = self.open_one(pk, number).files.order_by("added_at", "pk")
        return Response(AttachmentSerializer(rows, many=True).data)

    @extend_schema(
        parameters=[NAME, ITEM, IDEMPOTENCY_KEY],
        request={OCTETS: OpenApiTypes.BINARY},
        responses={201: AttachmentSerializer, **problems(*REFUSED)},
    )
    @once
    def post(self, request: Request, pk: UUID, number: int) -> Response:
        """Put one file to it; it follows the note to the receiver."""
        found = self.open_one(pk, number)
        upload, _ = file_from(request)
        taken = add_files(amendment=found, uploads=(upload,), by=self.person, now=self.now)
        if taken.refused:
            raise Meaningless(" ".join(taken.refused))
        return Response(AttachmentSerializer(taken.kept[0]).data, status=201)


def _marked(amendment: Amendment, *, status: int = 200) -> Response:
    values = open_values(amendment)
    return Response(values, status=status, headers={"ETag": mark_of(values)})
