"""How does a program put files to a draft or a correction, list them, and take them away?

A file comes as the bare bytes of the body. What it is, its content says; it is cleaned or refused as one that
is dropped on the form.
"""

from typing import IO, Any
from urllib.parse import quote
from uuid import UUID

from django.db import transaction
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from escalation.api.answers import AttachmentSerializer
from escalation.api.bodies import FileChangeSerializer, FileQuerySerializer
from escalation.api.once import IDEMPOTENCY_KEY, once
from escalation.api.parsing import JSON, TooLarge
from escalation.api.press import REFUSED
from escalation.api.problem import not_changed, problems
from escalation.api.resource import Meaningless, Resource
from escalation.capture.draft import own_draft, state_of
from escalation.capture.take_files import Upload, point, put_file_back, remove_file, take_one
from escalation.models import Attachment
from escalation.models.attachment import LARGEST_FILE

OCTETS = "application/octet-stream"
NO_NUL = r"^[^\x00]*$"
NAME = OpenApiParameter(
    "name",
    {"type": "string", "minLength": 1, "maxLength": 200, "pattern": NO_NUL},
    required=True,
    description="As people know it.",
)
ITEM = OpenApiParameter(
    "item",
    {"type": "string", "maxLength": 64, "pattern": NO_NUL},
    description="The id of the line that it is evidence of.",
)


class Octets(BaseParser):
    """The bare bytes of one file."""

    media_type = OCTETS

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,  # noqa: ARG002  # REST framework's signature
        parser_context: Any = None,  # noqa: ARG002
    ) -> dict[str, bytes]:
        """Return the bytes as the one value ``file``; raises ``TooLarge``."""
        body: bytes = stream.read(LARGEST_FILE + 1)
        if len(body) > LARGEST_FILE:
            raise TooLarge(f"A file may have {LARGEST_FILE // 1_048_576} MB.")
        return {"file": body}


class AsOctets(BaseRenderer):
    """Bytes as they are; a problem is JSON all the same."""

    media_type = OCTETS
    format = "bytes"
    charset = None
    render_style = "binary"

    def render(self, data: Any, *_: Any, **__: Any) -> bytes:
        """Return the bytes of the answer."""
        return data if isinstance(data, bytes) else JSONRenderer().render(data)


def file_from(request: Request) -> tuple[Upload, str]:
    """Return the file that was sent, and which line it is evidence of."""
    asked = FileQuerySerializer(data=request.query_params)
    asked.is_valid(raise_exception=True)
    body = request.data.get("file", b"")
    if not body:
        raise Meaningless("Send the file's bytes as the body.")
    return Upload(name=asked.validated_data["name"], body=body), asked.validated_data["item"]


class Files(Resource):
    """The files of one handoff."""

    parser_classes = (Octets,)

    @extend_schema(
        operation_id="handoffs_files_list",
        responses={200: AttachmentSerializer(many=True), **not_changed(), **problems(404)},
    )
    def get(self, request: Request, pk: UUID) -> Response:  # noqa: ARG002
        """Return what travels with it, in the order it was added."""
        return Response(AttachmentSerializer(self.handoff(pk).attachments.travelling(), many=True).data)

    @extend_schema(
        parameters=[NAME, ITEM, IDEMPOTENCY_KEY],
        request={OCTETS: OpenApiTypes.BINARY},
        responses={201: AttachmentSerializer, **problems(*REFUSED)},
    )
    @once
    def post(self, request: Request, pk: UUID) -> Response:
        """Put one file to one's own draft; what a log or a recording tells is suggested in the draft."""
        handoff = self.draft(pk)
        upload, item = file_from(request)
        if item and state_of(handoff).find(item) is None:
            raise Meaningless(errors={"item": ["The draft has no such line."]})
        with transaction.atomic():
            own_draft(handoff, self.person)
            row, _ = take_one(
                handoff,
                Upload(name=upload.name, body=upload.body, item=item),
                by=self.person,
                now=self.now,
            )
        return Response(AttachmentSerializer(row).data, status=201)


class OneFile(Resource):
    """One file of one handoff."""

    parser_classes = (JSON,)

    @extend_schema(responses={200: AttachmentSerializer, **not_changed(), **problems(404)})
    def get(self, request: Request, pk: UUID, file_id: UUID) -> Response:  # noqa: ARG002
        """Return what is known of it."""
        row = get_object_or_404(self.handoff(pk).attachments.travelling(), pk=file_id)
        return Response(AttachmentSerializer(row).data)

    @extend_schema(
        operation_id="handoffs_files_change",
        parameters=[IDEMPOTENCY_KEY],
        request=FileChangeSerializer,
        responses={200: AttachmentSerializer, **problems(*REFUSED)},
    )
    @once
    def post(self, request: Request, pk: UUID, file_id: UUID) -> Response:
        """Say which line of one's own draft it shows, keep it from travelling, or let it travel again."""
        handoff = self.draft(pk)
        row = get_object_or_404(handoff.attachments.all(), pk=file_id)
        body = FileChangeSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        said = body.validated_data
        if said.get("item") and state_of(handoff).find(said["item"]) is None:
            raise Meaningless(errors={"item": ["The draft has no such line."]})
        with transaction.atomic():
            if "item" in said:
                point(handoff=handoff, items={row.pk: said["item"]}, by=self.person)
            if said.get("removed") is True:
                remove_file(handoff=handoff, file=row.pk, by=self.person, now=self.now)
            elif said.get("removed") is False:
                put_file_back(handoff=handoff, file=row.pk, by=self.person)
        row.refresh_from_db()
        return Response(AttachmentSerializer(row).data)


class FileBytes(Resource):
    """The bytes of one file."""

    renderer_classes = (AsOctets, JSONRenderer)

    @extend_schema(responses={(200, OCTETS): OpenApiTypes.BINARY, **not_changed(), **problems(404)})
    def get(self, request: Request, pk: UUID, file_id: UUID) -> Response:  # noqa: ARG002
        """Return the file as it was kept, to be saved and not to be shown."""
        row: Attachment = get_object_or_404(self.handoff(pk).attachments.travelling(), pk=file_id)
        headers = {
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(row.name)}",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "X-Content-Type-Options": "nosniff",
        }
        return Response(row.body, headers=headers, content_type=OCTETS)
