"""How is a draft written as JSON, and what of it may a request change?

The six parts as the codec writes them. Source, files, evidence and the times that words were resolved to are
there to be read: a request may send them back as they came, and they stay as they are. A name that is none of
ours is refused, because it would be lost without a word.
"""

from collections.abc import Mapping
from typing import Any, cast

from rest_framework import serializers

from escalation.knowledge.words import Channel, Confidence, Level, Origin, Outcome, Part, Role, Standing
from escalation.models import Lane

LONGEST = 10_000  # characters of one field; a longer text is a log, which belongs into a file
ITEM_ID = r"^[A-Za-z0-9_:.-]{1,64}$"
Base = serializers.Serializer[Any]


def free_text(*, longest: int = LONGEST, **more: Any) -> serializers.CharField:
    """Return a field for free words that may be left empty."""
    return serializers.CharField(max_length=longest, allow_blank=True, **({"required": False} | more))


def choice(kind: Any, **more: Any) -> serializers.ChoiceField:
    """Return a field for one word of a closed vocabulary."""
    return serializers.ChoiceField([each.value for each in kind], **({"required": False} | more))


class Strict(Base):
    """A body in which every name has a meaning."""

    def to_internal_value(self, data: Any) -> Any:
        """Refuse what is none of the fields."""
        if isinstance(data, Mapping) and (unknown := sorted(set(data) - set(self.fields))):
            raise serializers.ValidationError(
                {str(each)[:60]: ["There is no such field."] for each in unknown}
            )
        return super().to_internal_value(data)


class EvidenceSerializer(Base):
    """One quoted line and where it can be read in full."""

    quote = serializers.CharField()
    tool = serializers.CharField()
    reference = serializers.CharField()
    permalink = serializers.CharField()
    author = serializers.CharField()
    author_role = choice(Role, required=True)
    at = serializers.DateTimeField(allow_null=True)


class MomentSerializer(Strict):
    """A time as somebody said it, and what it was resolved to."""

    words = serializers.CharField(min_length=1, max_length=LONGEST, trim_whitespace=False)
    at = serializers.DateTimeField(read_only=True, allow_null=True)


class WindowSerializer(Base):
    """A span in which the user can be reached."""

    opens = serializers.CharField(help_text="In the zone, as 08:00:00.")
    closes = serializers.CharField()
    zone = serializers.CharField()
    weekdays = serializers.ListField(child=serializers.IntegerField(min_value=0, max_value=6))
    on = serializers.DateField(allow_null=True)


class ItemSerializer(Strict):
    """What the lines of all six parts share."""

    id = serializers.RegexField(
        ITEM_ID, required=False, help_text="Of a line that is there already, its own; a new line gets one."
    )
    origin = choice(Origin, help_text="To accept a suggestion, send “confirmed” where it said “found”.")
    evidence = EvidenceSerializer(many=True, read_only=True)


class FactSerializer(ItemSerializer):
    """One statement, with how far it is established."""

    statement = free_text(required=True)
    standing = choice(Standing)
    how_verified = free_text()


class DiagnosticSerializer(ItemSerializer):
    """One check and what it showed."""

    check = free_text(required=True)
    observation = free_text()
    error_code = free_text()
    when = MomentSerializer(required=False, allow_null=True)


class RemediationSerializer(ItemSerializer):
    """One step that was carried out, with its outcome."""

    step = free_text(required=True)
    outcome = choice(Outcome)
    when = MomentSerializer(required=False, allow_null=True)


class HypothesisSerializer(ItemSerializer):
    """A suspected cause, unproven wherever it goes."""

    statement = free_text(required=True)
    confidence = choice(Confidence)
    because = free_text()
    wrong_if = free_text()


class BusinessSerializer(ItemSerializer):
    """Who is hit and what it costs."""

    affected = free_text(required=True)
    affected_count = serializers.IntegerField(
        min_value=0, max_value=9_999_999, required=False, allow_null=True
    )
    impact = choice(Level, allow_null=True)
    urgency = choice(Level, allow_null=True)
    deadline = MomentSerializer(required=False, allow_null=True)
    priority_reason = free_text()


class AvailabilitySerializer(ItemSerializer):
    """When and how the user can be reached."""

    words = free_text(required=True)
    windows = WindowSerializer(many=True, read_only=True)
    channel = choice(Channel, allow_null=True)
    handle = free_text()
    can_test = serializers.BooleanField(required=False, allow_null=True)


PARTS: dict[Part, type[ItemSerializer]] = {
    Part.FACTS: FactSerializer,
    Part.DIAGNOSTICS: DiagnosticSerializer,
    Part.REMEDIATION: RemediationSerializer,
    Part.HYPOTHESIS: HypothesisSerializer,
    Part.BUSINESS: BusinessSerializer,
    Part.AVAILABILITY: AvailabilitySerializer,
}


class SourceSerializer(Base):
    """The ticket in the sender's tool."""

    tool = serializers.CharField()
    reference = serializers.CharField()
    number = serializers.CharField()
    url = serializers.CharField()
    requester = serializers.CharField()
    requester_email = serializers.CharField()
    requester_zone = serializers.CharField()
    requester_language = serializers.CharField()
    organisation = serializers.CharField()
    priority = serializers.CharField()
    thread_urls = serializers.ListField(child=serializers.CharField())


class FileSerializer(Base):
    """A file that travels with the handoff; its bytes are on the page."""

    id = serializers.CharField()
    name = serializers.CharField()
    content_type = serializers.CharField()
    size = serializers.IntegerField(help_text="Bytes.")
    item = serializers.CharField()
    stripped = serializers.CharField()


class StateSerializer(Strict):
    """What is known: the summary, the ask and the six parts."""

    summary = free_text(required=True)
    ask = free_text(required=True)
    facts = FactSerializer(many=True)
    diagnostics = DiagnosticSerializer(many=True)
    remediation = RemediationSerializer(many=True)
    hypothesis = HypothesisSerializer(many=True)
    business = BusinessSerializer(many=True)
    availability = AvailabilitySerializer(many=True)
    source = SourceSerializer(read_only=True, allow_null=True)  # type: ignore[assignment]
    investigation_url = serializers.CharField(read_only=True)
    files = FileSerializer(many=True, read_only=True)


class DraftSerializer(StateSerializer):
    """A draft: what is known, and what the route asks besides."""

    lane = choice(Lane)
    category = free_text(longest=60, help_text="One of the template's categories, or none.")
    extras = serializers.DictField(
        child=free_text(longest=500), required=False, help_text="The template's own fields, by name."
    )
    answers = serializers.DictField(
        child=free_text(longest=500),
        required=False,
        help_text="The tool's field to the chosen value, for what the preview asks; “” leaves it empty.",
    )
    id = serializers.UUIDField(read_only=True)
    route = serializers.IntegerField(read_only=True)
    revision = serializers.IntegerField(read_only=True, help_text="Counts the saves.")


def part_of(values: Mapping[str, Any], part: Part) -> list[dict[str, Any]]:
    """Return the validated lines of one part."""
    return cast("list[dict[str, Any]]", values[part.value])
