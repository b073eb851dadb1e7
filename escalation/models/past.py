"""How did a tool's records go before Baton came, and how far has the reading of them come?"""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from escalation.models.connection import Connection


class PastReading(models.Model):
    """The reading of one connection's past, so that it can go on where it stopped."""

    connection = models.OneToOneField(Connection, on_delete=models.CASCADE, related_name="past_reading")
    since = models.DateTimeField(help_text=_("What was opened before is left out"))
    cursor = models.CharField(max_length=255, blank=True, help_text=_("Where it goes on; blank at the start"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    began_at = models.DateTimeField()
    moved_at = models.DateTimeField(help_text=_("When the last page was kept"))
    finished_at = models.DateTimeField(null=True, blank=True, help_text=_("Blank while it is under way"))
    records_read = models.PositiveIntegerField(default=0)
    lessons_learned = models.PositiveIntegerField(default=0)
    holders_known = models.BooleanField(default=True, help_text=_("Whether the tool says who had a record"))
    trouble = models.TextField(blank=True, help_text=_("Why it does not go on at the moment"))

    def __str__(self) -> str:
        return f"past of {self.connection_id}"


class PastRecord(models.Model):
    """One resolved record that Baton had no part in."""

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="past", db_index=False)
    remote_id = models.CharField(max_length=120)
    number = models.CharField(max_length=120, blank=True)
    opened_at = models.DateTimeField()
    resolved_at = models.DateTimeField()
    reassignments = models.PositiveIntegerField()
    holders = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    category = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["connection", "remote_id"], name="past_record_once")]

    def __str__(self) -> str:
        return self.number or self.remote_id
