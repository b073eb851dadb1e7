"""How does the API write what is read, and what may a press bring along?"""

from typing import Any

from rest_framework import serializers

from escalation.api.draft_body import Strict, choice, free_text
from escalation.api.resource import MOST_NUMBER
from escalation.guard.findings import Severity
from escalation.knowledge.words import Part
from escalation.lifecycle.reasons import BounceReason
from escalation.linking.entries import EntryKind
from escalation.metrics.figures import Form
from escalation.metrics.read import PERIODS, USUAL
from escalation.models import CatalogRow, Handoff, Question, Route, Verdict
from escalation.outbox.reply import LONGEST_REPLY
from escalation.reception.ask_back import LONGEST_ANSWER, LONGEST_QUESTION
from escalation.reception.prevented import LONGEST_WORDS
from escalation.reception.promise import LONGEST_WORDS as LONGEST_PROMISE
from escalation.reception.read_back import LONGEST_READ_BACK
from escalation.reception.reopen import LONGEST_WHY

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


class StartSerializer(Strict):
    """From what a handoff begins: a ticket, a pasted conversation, or neither when somebody called."""

    route = serializers.IntegerField(min_value=1, max_value=MOST_NUMBER)
    ticket = free_text(longest=1000, default="", help_text="Its address or number in the sender's tool.")
    text = free_text(longest=200_000, default="", help_text="Chat, mail or notes, as they were pasted.")


class FurtherSerializer(Strict):
    """On which route it goes on."""

    route = serializers.IntegerField(min_value=1, max_value=2**63 - 1)


class JoinSerializer(Strict):
    """Which handoff is joined."""

    running = serializers.UUIDField()


class ReplySerializer(Strict):
    """What the user will read; the same again, with the same ``after``, is sent once."""

    text = free_text(longest=LONGEST_REPLY, required=True)
    after = serializers.IntegerField(
        min_value=0,
        max_value=100_000,
        help_text="How many replies you know of; with another one, nothing goes.",
    )


class ConfirmSerializer(Strict):
    """Which record was looked at."""

    fingerprint = serializers.RegexField(r"^[0-9a-f]{64}$", help_text="As the preview said it.")
    reason = free_text(longest=500, default="", help_text="Why it goes all the same.")


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


class ReadBackSerializer(Strict):
    """The ask in the receiver's words."""

    read_back = free_text(longest=LONGEST_READ_BACK, default="")


class WordsBackSerializer(Strict):
    """The same, where it is what is said."""

    read_back = free_text(longest=LONGEST_READ_BACK, required=True)


class PromiseSerializer(Strict):
    """By when the next word comes."""

    by = free_text(longest=LONGEST_PROMISE, required=True)


class VerdictSerializer(Strict):
    """What it was."""

    cause = free_text(longest=500, default="")
    fix = free_text(longest=500, default="")
    guess = serializers.ChoiceField(
        ["", *Verdict.Guess.values], default="", help_text="How far it was right."
    )
    level_one_could = serializers.BooleanField(default=False)


class PreventedSerializer(Strict):
    """Which question of the form would have made it needless, as the card lists them."""

    prevented_by = free_text(longest=60, default="")
    prevented_words = free_text(longest=LONGEST_WORDS, default="")


class ReturnSerializer(PreventedSerializer):
    """Why it goes back."""

    reason = choice(BounceReason, required=True)
    words = free_text(longest=500, default="")


class ReopenSerializer(Strict):
    """Why it is not over."""

    why = free_text(longest=LONGEST_WHY, required=True)


class AskSerializer(PreventedSerializer):
    """A question about an item, a part, or the whole."""

    text = free_text(longest=LONGEST_QUESTION, required=True)
    part = serializers.ChoiceField(["", *(each.value for each in Part)], default="")
    item = free_text(longest=64, default="", help_text="The id of a line.")


class AnswerSerializer(Strict):
    """The answer to a question."""

    answer = free_text(longest=LONGEST_ANSWER, required=True)


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


class CatalogQuerySerializer(Base):
    """Which names are looked for."""

    words = free_text(longest=200, default="")
    kind = serializers.ChoiceField(["", *(each.value for each in EntryKind)], default="")


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


class FiguresQuerySerializer(Base):
    """Over how many days, up to today."""

    days = serializers.ChoiceField(PERIODS, default=USUAL)
