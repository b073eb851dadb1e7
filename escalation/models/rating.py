"""What did users say of the help they got, ticket by ticket, as a tool collected it?"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from escalation.models.connection import Connection


class Rating(models.Model):
    """One user's rating of one ticket of a source tool; a rating that was changed is the same row."""

    class Score(models.TextChoices):
        GOOD = "good", _("Good")
        BAD = "bad", _("Bad")

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="ratings")
    remote_id = models.CharField(max_length=120, help_text=_("The rating's id in the tool"))
    ticket = models.CharField(max_length=120, help_text=_("Reference of the rated ticket"))
    score = models.CharField(max_length=8, choices=Score)
    rated_at = models.DateTimeField(help_text=_("By the tool's clock"))
    category = models.CharField(max_length=120, blank=True, help_text=_("Of the ticket; blank when unknown"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["connection", "remote_id"], name="rating_once")]
        indexes = [
            models.Index(fields=["rated_at"], name="rating_by_time"),
            models.Index(fields=["connection", "ticket"], name="rating_of_ticket"),
        ]

    def __str__(self) -> str:
        return f"{self.get_score_display()} for {self.ticket}"


class RatingPass(models.Model):
    """How far a connection's ratings are read, and by which of the tool's ways they are collected."""

    connection = models.OneToOneField(Connection, on_delete=models.CASCADE, related_name="rating_pass")
    way = models.CharField(
        max_length=16, blank=True, help_text=_("The tool's way of asking users; blank when it asks in none")
    )
    cursor = models.CharField(max_length=255, blank=True, help_text=_("Where the next reading goes on"))
    read_at = models.DateTimeField(null=True, blank=True)
    trouble = models.TextField(blank=True, help_text=_("Why the last reading failed; blank when well"))

    class Meta:
        verbose_name_plural = "rating passes"

    def __str__(self) -> str:
        return f"ratings of {self.connection_id}"
