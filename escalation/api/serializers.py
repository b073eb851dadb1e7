"""How does the API write a handoff and its timeline as JSON?"""

from rest_framework import serializers

from escalation.models import Handoff


class HandoffSerializer(serializers.ModelSerializer[Handoff]):
    """One handoff, without the conversation it was prefilled from."""

    route = serializers.CharField(source="route.name")
    author = serializers.CharField(source="author.get_username")

    class Meta:
        model = Handoff
        fields = (
            "id",
            "route",
            "author",
            "status",
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
