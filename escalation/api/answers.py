"""How does the API write what is read?"""

from typing import Any

from rest_framework import serializers

from escalation.api.draft_body import choice
from escalation.guard.findings import Severity
from escalation.knowledge.words import Part
from escalation.metrics.figures import Form
from escalation.models import CatalogRow, Handoff, Question, Route

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
