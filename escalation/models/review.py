"""What do leads think of single handoffs, and which of them are worth being shown to others?

A review is about a handoff: its author is told the words that are meant for them, and no score.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from escalation.models.handoff import Handoff
from escalation.models.route import Route


class ReviewSample(models.Model):
    """A handoff that chance has chosen for review."""

    class Why(models.TextChoices):
        CHANCE = "chance", _("Drawn by chance")
        CLAIM = "claim", _("The receiver said that Level One could have done it")

    handoff = models.OneToOneField(
        Handoff, on_delete=models.CASCADE, primary_key=True, related_name="review_sample"
    )
    route = models.ForeignKey(Route, on_delete=models.CASCADE, related_name="+", db_index=False)
    week = models.DateField(help_text=_("The Monday of the week it was sent in, UTC"))
    why = models.CharField(max_length=8, choices=Why)

    class Meta:
        indexes = [models.Index(fields=["route", "week"], name="review_sample_by_week")]

    def __str__(self) -> str:
        return f"{self.handoff_id}: {self.get_why_display()}"


class Review(models.Model):
    """What one person answered to the rubric about one handoff."""

    class Answer(models.IntegerChoices):
        NO = 0, _("No")
        PARTLY = 1, _("Partly")
        YES = 2, _("Yes")

    handoff = models.ForeignKey(Handoff, on_delete=models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    ask_clear = models.PositiveSmallIntegerField(choices=Answer, help_text=_("Is the ask clear?"))
    traceable = models.PositiveSmallIntegerField(choices=Answer, help_text=_("Is each fact traceable?"))
    start_here = models.PositiveSmallIntegerField(choices=Answer, help_text=_("Would you start from here?"))
    level_one_could = models.BooleanField(
        null=True, help_text=_("Whether the reviewer thinks so too, where the receiver said it")
    )
    comment = models.CharField(max_length=500, blank=True, help_text=_("For the author, who alone reads it"))
    seconds = models.PositiveIntegerField(help_text=_("From opening the page to saving"))
    reviewed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["handoff", "reviewer"], name="review_once_a_person"),
            models.CheckConstraint(
                condition=Q(ask_clear__lte=2, traceable__lte=2, start_here__lte=2), name="review_on_the_scale"
            ),
        ]
        indexes = [models.Index(fields=["reviewed_at"], name="review_by_time")]

    def __str__(self) -> str:
        return f"review of {self.handoff_id}"


class GoodExample(models.Model):
    """A handoff that others may learn from."""

    handoff = models.OneToOneField(
        Handoff, on_delete=models.CASCADE, primary_key=True, related_name="good_example"
    )
    why = models.CharField(max_length=200, help_text=_("What is good about it"))
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    kept_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.why
