"""How does the API write what is read?"""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from escalation.api.draft_body import StateSerializer, choice
from escalation.guard.findings import Severity
from escalation.knowledge.codec import from_json, to_json
from escalation.knowledge.words import Part
from escalation.metrics.figures import Form
from escalation.models import (
    Amendment,
    Attachment,
    CatalogRow,
    Consult,
    Delivery,
    Handoff,
    Question,
    Route,
)

Base = serializers.Serializer[Any]


class HandoffSerializer(serializers.ModelSerializer[Handoff]):
    """One handoff, without the conversation it was prefilled from."""

    route = serializers.CharField(source="route.name")
    author = serializers.CharField(source="author.get_username")
    remote_url = serializers.CharField(help_text="Empty until it is delivered.")

    class Meta:
        model = Handoff
        fields = (
            "id",
            "route",
            "author",
            "status",
            "lane",
            "summary",
            "source_number",
            "remote_number",
            "remote_url",
            "read_back",
            "created_at",
            "confirmed_at",
            "update_due_at",
            "last_sequence",
        )
        read_only_fields = fields


class LineSerializer(serializers.Serializer[object]):
    """One line of a timeline (``timeline.read.TimelineLine``)."""

    sequence = serializers.IntegerField()
    kind = serializers.CharField()
    title = serializers.CharField()
    text = serializers.CharField()
    sayable = serializers.CharField()
    certain = serializers.BooleanField()
    who = serializers.CharField()
    tool = serializers.CharField()
    happened_at = serializers.DateTimeField()
    recorded_at = serializers.DateTimeField()


class PlacedSerializer(Base):
    """One field of the record, in the tool's own words."""

    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    value = serializers.JSONField(help_text="The JSON value that is sent.")
    shown = serializers.CharField()
    items = serializers.ListField(child=serializers.CharField())
    because = serializers.CharField()
    score = serializers.FloatField(allow_null=True)
    cut = serializers.BooleanField()


class LossSerializer(Base):
    """Something the tool cannot hold."""

    what = serializers.CharField()
    part = choice(Part, required=True, allow_null=True)
    item_id = serializers.CharField()
    field = serializers.CharField()


class CandidateSerializer(Base):
    """One candidate answer."""

    value = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # declared fields leave the class
    score = serializers.FloatField(allow_null=True)
    because = serializers.CharField()


class UncertainSerializer(Base):
    """Something uncertain that a person can settle."""

    field = serializers.CharField()
    prompt = serializers.CharField()
    choices = CandidateSerializer(many=True)
    items = serializers.ListField(child=serializers.CharField())


class AdviceSerializer(Base):
    """One thing worth a second look."""

    code = serializers.CharField()
    message = serializers.CharField()
    part = choice(Part, required=True, allow_null=True)
    item_id = serializers.CharField(allow_null=True)
    severity = choice(Severity, required=True)


class PreviewSerializer(Base):
    """The exact record, and everything to know before it is sent."""

    tool = serializers.CharField()
    record = serializers.CharField(help_text="The tool's word for what is created.")
    fingerprint = serializers.CharField(help_text="Send it to confirm.")
    fields = PlacedSerializer(many=True)  # type: ignore[assignment]  # declared fields leave the class
    losses = LossSerializer(many=True)
    questions = UncertainSerializer(many=True)
    advice = AdviceSerializer(many=True)


class QuestionSerializer(serializers.ModelSerializer[Question]):
    """One question asked back, with its answer once there is one."""

    item = serializers.CharField(source="item_id")
    part = serializers.CharField(help_text="Empty where it is about the whole.")
    asked_by = serializers.CharField(source="name")
    asked_at = serializers.DateTimeField(source="at")
    answered_by = serializers.CharField(source="answerer")

    class Meta:
        model = Question
        fields = (
            *("id", "part", "item", "text", "asked_by", "asked_at"),
            *("answer", "answered_by", "answered_at"),
        )
        read_only_fields = fields


class RouteSerializer(serializers.ModelSerializer[Route]):
    """One way to hand off."""

    sender = serializers.CharField(source="sender.name")
    receiver = serializers.CharField(source="receiver.name")
    source = serializers.CharField(source="source.name")  # type: ignore[assignment]
    target = serializers.CharField(source="target.name")

    class Meta:
        model = Route
        fields = ("id", "name", "sender", "receiver", "source", "target", "recall_seconds")
        read_only_fields = fields


class EntrySerializer(serializers.ModelSerializer[CatalogRow]):
    """One thing that the receiving tool knows by name."""

    class Meta:
        model = CatalogRow
        fields = ("remote_id", "kind", "name", "description", "aliases", "hosts")
        read_only_fields = fields


class FigureSerializer(Base):
    """One figure over the handoffs of a period."""

    key = serializers.CharField()
    title = serializers.CharField()
    means = serializers.CharField()
    form = choice(Form, required=True, help_text="Spans are seconds, shares and parts 0 to 1.")
    value = serializers.FloatField(allow_null=True, help_text="Of spans the median.")
    p90 = serializers.FloatField(allow_null=True)
    n = serializers.IntegerField(help_text="Handoffs it could be said of.")


class FiguresSerializer(Base):
    """The figures of one route, or of all together."""

    route = serializers.IntegerField(allow_null=True)
    sent = serializers.IntegerField()
    figures = FigureSerializer(many=True)


class TicketSerializer(Base):
    """One open ticket in the sender's tool."""

    reference = serializers.CharField(help_text="Begin a draft with it as “ticket”.")
    number = serializers.CharField()
    subject = serializers.CharField()
    requester = serializers.CharField()
    priority = serializers.CharField()
    updated_at = serializers.DateTimeField(allow_null=True)
    url = serializers.CharField()
    excerpt = serializers.CharField()


class AttachmentSerializer(serializers.ModelSerializer[Attachment]):
    """One file, as it was kept: what had to be taken out is out."""

    removed = serializers.SerializerMethodField(help_text="It does not travel.")

    class Meta:
        model = Attachment
        fields = (
            "id",
            "name",
            "content_type",
            "size",
            "sha256",
            "item",
            "stripped",
            "added_at",
            "removed",
        )
        read_only_fields = fields

    def get_removed(self, row: Attachment) -> bool:
        """Whether somebody took it away again."""
        return row.removed_at is not None


class ConsultSerializer(serializers.ModelSerializer[Consult]):
    """One question that was asked first, with what was known when it was asked."""

    handoff = serializers.UUIDField(source="handoff_id", help_text="The draft that it is about.")
    team = serializers.CharField(source="team.name")
    state = serializers.SerializerMethodField(help_text="As it was when asked, without its secrets.")
    asked_by = serializers.CharField(source="by.get_username")
    asked_at = serializers.DateTimeField(source="at")
    answered_by = serializers.CharField(source="answered_by.get_username", default="")
    outcome = serializers.CharField(help_text="Empty while it is open; escalated or settled.")

    class Meta:
        model = Consult
        fields = (
            *("id", "handoff", "team", "question", "state", "asked_by", "asked_at"),
            *("answer", "answered_by", "answered_at", "outcome", "ended_at"),
        )
        read_only_fields = fields

    @extend_schema_field(StateSerializer)
    def get_state(self, consult: Consult) -> dict[str, Any]:
        """What the team that was asked sees."""
        values: dict[str, Any] = to_json(from_json(consult.state))
        return {name: value for name, value in values.items() if name != "schema"}


class ConsultsSerializer(Base):
    """One page of questions."""

    next = serializers.CharField(allow_null=True, help_text="The address of the following page.")
    previous = serializers.CharField(allow_null=True)
    results = ConsultSerializer(many=True)


class AmendmentSerializer(serializers.ModelSerializer[Amendment]):
    """One correction: what was sent of it, or that it is open."""

    by = serializers.CharField(source="by.get_username")

    class Meta:
        model = Amendment
        fields = ("number", "kind", "by", "created_at", "sent_at", "text")
        read_only_fields = fields


class OpenAmendmentSerializer(StateSerializer):
    """One's own correction before it is sent: the whole state, and the note that it makes."""

    number = serializers.IntegerField()
    kind = choice(Amendment.Kind, required=True)
    revision = serializers.IntegerField(help_text="Counts the saves.")
    text = serializers.CharField(help_text="The exact note; empty where nothing is different.")
    fingerprint = serializers.CharField(help_text="Send it to send the note.")


class DeliverySerializer(serializers.ModelSerializer[Delivery]):
    """One thing that is owed to a tool, without its bytes."""

    connection = serializers.CharField(source="connection.name")
    reason = serializers.CharField(help_text="Why it waits, or cannot go on.")

    class Meta:
        model = Delivery
        fields = (
            *("id", "kind", "connection", "status", "reason", "attempts_made"),
            *("created_at", "not_before", "done_at"),
        )
        read_only_fields = fields
