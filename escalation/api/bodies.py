"""What may a press, or a question to the API, bring along?"""

from typing import Any

from rest_framework import serializers

from escalation.api.draft_body import Strict, choice, free_text
from escalation.api.resource import MOST_NUMBER
from escalation.knowledge.words import Part
from escalation.lifecycle.reasons import BounceReason
from escalation.linking.entries import EntryKind
from escalation.metrics.read import PERIODS, USUAL
from escalation.models import ItemMark, Verdict
from escalation.outbox.reply import LONGEST_REPLY
from escalation.reception.ask_back import LONGEST_ANSWER, LONGEST_QUESTION
from escalation.reception.consult import LONGEST_QUESTION as LONGEST_FIRST
from escalation.reception.prevented import LONGEST_WORDS
from escalation.reception.promise import LONGEST_WORDS as LONGEST_PROMISE
from escalation.reception.read_back import LONGEST_READ_BACK
from escalation.reception.reopen import LONGEST_WHY

Base = serializers.Serializer[Any]


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


class MarkSerializer(Strict):
    """What was found about one line."""

    item = free_text(longest=64, required=True, help_text="The id of the line.")
    kind = serializers.ChoiceField(ItemMark.Kind.values)
    off = serializers.BooleanField(default=False, help_text="Take the mark away.")


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


class CatalogQuerySerializer(Base):
    """Which names are looked for."""

    words = free_text(longest=200, default="")
    kind = serializers.ChoiceField(["", *(each.value for each in EntryKind)], default="")


class FiguresQuerySerializer(Base):
    """Over how many days, up to today."""

    days = serializers.ChoiceField(PERIODS, default=USUAL)


class AskFirstSerializer(Strict):
    """What is asked, and of whom."""

    route = serializers.IntegerField(min_value=1, max_value=MOST_NUMBER, help_text="Its receiver is asked.")
    question = free_text(longest=LONGEST_FIRST, required=True)


class FileQuerySerializer(Base):
    """What a file is called, and what it shows."""

    name = serializers.CharField(max_length=200, trim_whitespace=False)
    item = free_text(longest=64, default="")


class FileChangeSerializer(Strict):
    """What is to be different about a file."""

    item = free_text(longest=64, help_text="The id of the line that it shows; empty for none.")
    removed = serializers.BooleanField(required=False, help_text="It does not travel.")
