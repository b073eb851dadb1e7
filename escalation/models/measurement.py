"""What did each confirmed handoff come to, and what do those of one day or week come to together?

Kept beside the timelines so that no page of figures reads them: ``metrics.keep`` writes these rows, and
triggers of the migration that made the tables note in ``MeasureDue`` whose lines, verdict or snapshot moved.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from escalation.models.connection import Connection
from escalation.models.handoff import Handoff
from escalation.models.route import Route, Template


def _seconds() -> "models.FloatField[float | None, float | None]":
    return models.FloatField(null=True)


class Measurement(models.Model):
    """The measures of one handoff, in seconds; the fields are those of ``metrics.definitions.Measures``.

    Of a handoff still open, what runs until somebody looks is left out and begins at ``tail_at``.
    """

    handoff = models.OneToOneField(
        Handoff, on_delete=models.CASCADE, primary_key=True, related_name="measurement"
    )
    route = models.ForeignKey(Route, on_delete=models.PROTECT, related_name="+", db_index=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        db_index=False,
        db_constraint=False,  # to check it would lock a table of a million rows
    )
    confirmed_at = models.DateTimeField()
    category = models.CharField(max_length=60, blank=True)
    template = models.ForeignKey(
        Template, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    shift = models.CharField(max_length=8, help_text=_("Of the sending team, when it was confirmed"))
    tail_at = models.DateTimeField(null=True, help_text=_("The last human word, while it is open"))
    tail_waits = models.BooleanField(default=False)
    tail_on_user = models.BooleanField(default=False, db_default=False)
    effort = _seconds()
    to_delivered = _seconds()
    to_seen = _seconds()
    to_accepted = _seconds()
    to_engaged = _seconds()
    to_resolved = _seconds()
    to_seen_business = _seconds()
    to_accepted_business = _seconds()
    to_engaged_business = _seconds()
    to_resolved_business = _seconds()
    rebuild = _seconds()
    diagnosing = _seconds()
    user_seen = _seconds()
    user_accepted = _seconds()
    user_engaged = _seconds()
    user_resolved = _seconds()
    user_rebuild = _seconds()
    user_diagnosing = _seconds()
    lag = _seconds()
    told_lag = _seconds()
    silence = _seconds()
    open_s = models.FloatField(default=0)
    waiting_s = models.FloatField(default=0)
    on_user_s = models.FloatField(default=0, db_default=0)
    promised_s = models.FloatField(default=0)
    returned = models.BooleanField(default=False)
    asked = models.BooleanField(default=False)
    tossed = models.BooleanField(default=False)
    first_time_right = models.BooleanField(null=True)
    redone = models.BooleanField(null=True)
    listed_steps = models.PositiveIntegerField(null=True)
    redone_steps = models.PositiveIntegerField(null=True)
    guess_right = models.BooleanField(null=True)
    level_one_could = models.BooleanField(null=True)
    overridden = models.BooleanField(null=True)
    stated = models.PositiveIntegerField(null=True)
    junk = models.PositiveIntegerField(null=True)
    parts = models.PositiveSmallIntegerField(null=True, help_text=_("Of the six, how many say something"))
    undisclosed = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["route", "confirmed_at"], name="measurement_by_route"),
            models.Index(
                fields=["route", "confirmed_at"],
                condition=models.Q(tail_at__isnull=False),
                name="measurement_still_open",
            ),
        ]

    def __str__(self) -> str:
        return f"measures of {self.handoff_id}"


class Tally(models.Model):
    """What the handoffs of one route and day (or week) come to, all or those of one kind."""

    class Grain(models.TextChoices):
        DAY = "day", _("Day")
        WEEK = "week", _("Week")

    route = models.ForeignKey(Route, on_delete=models.CASCADE, related_name="+", db_index=False)
    grain = models.CharField(max_length=4, choices=Grain)
    starts = models.DateField(help_text=_("The day, or the Monday, in UTC"))
    dimension = models.CharField(max_length=8, blank=True, help_text=_("By what; blank for all"))
    value = models.CharField(max_length=60, blank=True)
    sent = models.PositiveIntegerField()
    numbers = models.JSONField(help_text=_("Measure to its sum and to how many it could be said of"))
    # The same packed, as columns are added up. None of what a version wrote that did not know of it.
    sums = models.BinaryField(null=True, help_text=_("The numbers, as metrics.packed writes them"))
    kinds = models.BinaryField(
        null=True, help_text=_("Of a tally of all: its kinds in brief, as metrics.packed folds them")
    )
    spans = models.BinaryField(help_text=_("How many spans of each length, as metrics.sketch writes it"))

    class Meta:
        verbose_name_plural = "tallies"
        constraints = [
            models.UniqueConstraint(
                fields=["route", "dimension", "grain", "starts", "value"], name="tally_once"
            )
        ]
        indexes = [models.Index(fields=["id"], condition=models.Q(sums=None), name="tally_not_packed")]

    def __str__(self) -> str:
        return f"{self.get_grain_display()} {self.starts} of {self.route_id} {self.value}"


class RatingTally(models.Model):
    """What the users of one source said on one day, of one kind of ticket: escalated ones and others."""

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="+", db_index=False)
    day = models.DateField(help_text=_("In UTC, by the rating"))
    category = models.CharField(max_length=120, blank=True)
    escalated = models.BooleanField(help_text=_("Whether a handoff was sent for the ticket"))
    good = models.PositiveIntegerField()
    bad = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "rating tallies"
        constraints = [
            models.UniqueConstraint(
                fields=["connection", "day", "category", "escalated"], name="rating_tally_once"
            )
        ]

    def __str__(self) -> str:
        return f"ratings of {self.day}"


class RatingDue(models.Model):
    """A day of ratings to be counted anew; one row each time, as with ``MeasureDue``."""

    connection_id = models.UUIDField()
    day = models.DateField()

    def __str__(self) -> str:
        return f"{self.connection_id} {self.day}"


class MeasureDue(models.Model):
    """A handoff to be measured anew; one row each time, so that no writer waits for another."""

    handoff_id = models.UUIDField()

    def __str__(self) -> str:
        return str(self.handoff_id)
