"""What does the receiver say about single items, and what did the whole turn out to be?

A question never moves the handoff: ownership and status stay. A link that was followed to an answer is
kept by its digest, so that it works once.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from escalation.knowledge.words import PART_TITLES
from escalation.models.handoff import Handoff

PARTS = [(part.value, title) for part, title in PART_TITLES.items()]


class Said(models.Model):
    """What somebody of ours, or somebody in a tool, said about a handoff."""

    handoff = models.ForeignKey(Handoff, on_delete=models.PROTECT, related_name="%(class)ss")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    who = models.CharField(max_length=160, blank=True, help_text=_("A name in a tool, when nobody of ours"))
    at = models.DateTimeField()

    class Meta:
        abstract = True

    @property
    def name(self) -> str:
        """Who said it, for a page."""
        return (self.by.get_full_name() or self.by.get_username()) if self.by else self.who


class Question(Said):
    """One thing the receiver asks back: about an item, a part, or (both blank) the whole."""

    part = models.CharField(max_length=16, choices=PARTS, blank=True)
    item_id = models.CharField(max_length=64, blank=True)
    text = models.CharField(max_length=500)
    prevented_by = models.CharField(
        max_length=16, choices=PARTS, blank=True, help_text=_("The part that should have asked for it")
    )
    prevented_words = models.CharField(
        max_length=200, blank=True, db_default="", help_text=_("The question in the form that was missing")
    )
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["handoff", "part", "item_id", "text"],
                condition=Q(answered_at=None),
                name="open_question_once",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="", answered_by=None)
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
                name="answer_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def answerer(self) -> str:
        """Who answered, for a page."""
        return (
            (self.answered_by.get_full_name() or self.answered_by.get_username()) if self.answered_by else ""
        )


class ItemMark(Said):
    """What the receiver found about one item."""

    class Kind(models.TextChoices):
        REDONE = "redone", _("Done again")
        WRONG = "wrong", _("Wrong")
        DECISIVE = "decisive", _("Decisive")

    item_id = models.CharField(max_length=64)
    kind = models.CharField(max_length=16, choices=Kind)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["handoff", "item_id", "kind"], name="item_mark_once")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.get_kind_display()}"


class Verdict(Said):
    """What it was: cause, fix, and how far the sender's guess was right."""

    class Guess(models.TextChoices):
        RIGHT = "right", _("Right")
        PARTLY = "partly", _("Partly right")
        WRONG = "wrong", _("Wrong")

    cause = models.CharField(max_length=500, blank=True)
    fix = models.CharField(max_length=500, blank=True)
    guess = models.CharField(max_length=16, choices=Guess, blank=True)
    level_one_could = models.BooleanField(default=False, help_text=_("Level One could have done this"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["handoff"], name="verdict_once")]

    def __str__(self) -> str:
        return self.cause or self.fix or self.get_guess_display()


class UsedLink(models.Model):
    """A signed link that has been acted on; only its digest is kept."""

    handoff = models.ForeignKey(Handoff, on_delete=models.CASCADE, related_name="used_links")
    purpose = models.CharField(max_length=16)
    digest = models.CharField(max_length=64, unique=True, help_text=_("SHA-256 of the token"))
    used_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.purpose} for {self.handoff_id}"
