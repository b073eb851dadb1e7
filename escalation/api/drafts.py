"""How does a program begin a draft, fill it in, look at the record, send it and call it back?"""

import secrets
from typing import Any
from uuid import UUID

from django.db import transaction
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from escalation.api.answers import PreviewSerializer
from escalation.api.bodies import ConfirmSerializer
from escalation.api.draft_body import DraftSerializer
from escalation.api.marks import IF_MATCH, mark_of, require
from escalation.api.once import IDEMPOTENCY_KEY, once
from escalation.api.press import HandoffPress, press
from escalation.api.problem import not_changed, problems
from escalation.api.resource import Meaningless, Resource
from escalation.capture import draft as drafting
from escalation.capture import recall as recalling
from escalation.capture import urgent
from escalation.capture.answering import offered
from escalation.capture.asked import body_for
from escalation.capture.draft import state_of
from escalation.capture.preview import advice, preview
from escalation.capture.stating import Misstated, stated_by
from escalation.capture.submit import submit
from escalation.knowledge.codec import to_json
from escalation.models import Handoff, Lane
from escalation.models.access_token import Scope
from escalation.translation.asking import TemplateBody

ETAG = OpenApiParameter(
    "ETag",
    str,
    OpenApiParameter.HEADER,
    response=[200],
    description="Send it back as If-Match, or as If-None-Match.",
)


def draft_values(handoff: Handoff) -> dict[str, Any]:
    """Return the draft as it is read, written and marked."""
    values = {name: value for name, value in to_json(state_of(handoff)).items() if name != "schema"}
    return values | {
        "id": str(handoff.pk),
        "route": handoff.route_id,
        "revision": handoff.revision,
        "lane": str(handoff.lane),
        "category": handoff.category,
        "extras": handoff.extras,
        "answers": handoff.answers,
    }


def marked_draft(handoff: Handoff) -> Response:
    """Return the draft with its mark."""
    values = draft_values(handoff)
    return Response(values, headers={"ETag": mark_of(values)})


class Draft(Resource):
    """The whole of one's own draft."""

    writes = Scope.WRITE

    @extend_schema(parameters=[ETAG], responses={200: DraftSerializer, **not_changed(), **problems(404)})
    def get(self, request: Request, pk: UUID) -> Response:  # noqa: ARG002
        """Return the draft, with the suggestions that nobody has accepted yet."""
        return marked_draft(self.draft(pk))

    @extend_schema(
        parameters=[IF_MATCH, IDEMPOTENCY_KEY, ETAG],
        request=DraftSerializer,
        responses={200: DraftSerializer, **problems(400, 404, 409, 412, 413, 415, 422, 428)},
    )
    @once
    def put(self, request: Request, pk: UUID) -> Response:
        """Save the whole draft over what was read; a part that is sent empty becomes empty."""
        body = DraftSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        with transaction.atomic():
            handoff = self.draft(pk)
            # Nobody else writes between the look at the mark and the save.
            drafting.own_draft(handoff, self.person)
            handoff = self.draft(pk)
            require(request, mark=mark_of(draft_values(handoff)))
            self._save(handoff, dict(body.validated_data))
        return marked_draft(self.draft(pk))

    def _save(self, handoff: Handoff, said: dict[str, Any]) -> None:
        template = body_for(handoff)
        try:
            state = stated_by(state_of(handoff), said, new_id=lambda: secrets.token_hex(8))
        except Misstated as error:
            raise Meaningless(errors=error.errors) from error
        edit = drafting.Edit(
            state=state,
            revision=handoff.revision,
            answers=_answers(said.get("answers", handoff.answers), handoff),
            category=_category(said.get("category"), template),
            extras=_extras(said.get("extras"), template, handoff),
        )
        drafting.save(handoff=handoff, edit=edit, by=self.person, now=self.now)
        if "lane" in said:
            urgent.choose_lane(handoff=handoff, lane=Lane(said["lane"]), by=self.person)


class Preview(Resource):
    """What the receiver will see."""

    @extend_schema(responses={200: PreviewSerializer, **not_changed(), **problems(404, 409)})
    def get(self, request: Request, pk: UUID) -> Response:  # noqa: ARG002
        """Return the exact record with its fingerprint, what it loses, what it asks, and advice."""
        handoff = self.draft(pk)
        shown = preview(handoff=handoff)
        values = {
            "tool": shown.draft.tool,
            "record": shown.draft.record,
            "fingerprint": shown.draft.fingerprint(),
            "fields": shown.draft.fields,
            "losses": shown.losses,
            "questions": shown.questions,
            "advice": advice(handoff=handoff),
        }
        return Response(PreviewSerializer(values).data)


@press(ConfirmSerializer)
class Confirm(HandoffPress):
    """Send the very record that was previewed; if it is another one by now, nothing is sent."""

    writes = Scope.SEND

    def find(self, pk: UUID) -> Handoff:
        """Return the person's own draft."""
        return self.draft(pk)

    def act(self, handoff: Handoff, said: dict[str, Any]) -> None:
        """Send it."""
        submit(handoff=handoff, by=self.person, now=self.now, **said)


@press()
class Back(HandoffPress):
    """Make a draft of it again, within the route's seconds."""

    writes = Scope.SEND

    def find(self, pk: UUID) -> Handoff:
        """Return what the person's team sent."""
        return self.sent(pk)

    def act(self, handoff: Handoff, said: dict[str, Any]) -> None:  # noqa: ARG002
        """Call it back."""
        recalling.recall(handoff=handoff, by=self.person, now=self.now)


@press()
class Release(HandoffPress):
    """Send it without waiting for the rest of its seconds."""

    writes = Scope.SEND

    def find(self, pk: UUID) -> Handoff:
        """Return what the person's team sent."""
        return self.sent(pk)

    def act(self, handoff: Handoff, said: dict[str, Any]) -> None:  # noqa: ARG002
        """Let it go."""
        recalling.release(handoff=handoff, by=self.person, now=self.now)


@press()
class Discard(HandoffPress):
    """Put one's own draft aside; it can be restored for thirty days."""

    writes = Scope.WRITE

    def find(self, pk: UUID) -> Handoff:
        """Return the person's own draft."""
        return self.draft(pk)

    def act(self, handoff: Handoff, said: dict[str, Any]) -> None:  # noqa: ARG002
        """Put it aside."""
        drafting.discard(handoff=handoff, by=self.person, now=self.now)


@press()
class Restore(HandoffPress):
    """Take a discarded draft up again."""

    writes = Scope.WRITE

    def act(self, handoff: Handoff, said: dict[str, Any]) -> None:  # noqa: ARG002
        """Take it up."""
        drafting.restore(handoff=handoff, by=self.person, now=self.now)


def _answers(said: dict[str, str], handoff: Handoff) -> dict[str, str]:
    kept = offered(said, handoff=handoff)
    refused = sorted(set(said) - set(kept))
    if refused:
        what = f"{handoff.route.target.name} does not offer this answer now, or does not ask."
        raise Meaningless(errors={f"answers.{field[:60]}": [what] for field in refused})
    return kept


def _category(said: str | None, template: TemplateBody) -> str | None:
    if said and said not in template.categories:
        raise Meaningless(errors={"category": ["The template has no such category."]})
    return said


def _extras(said: dict[str, str] | None, template: TemplateBody, handoff: Handoff) -> dict[str, str] | None:
    known = {each.name for each in template.fields} | set(handoff.extras)
    known |= {each.name for more in template.categories.values() for each in more.fields}
    unknown = sorted(set(said or ()) - known)
    if unknown:
        raise Meaningless(
            errors={f"extras.{each[:60]}": ["The template has no such field."] for each in unknown}
        )
    return said
