"""What did a tool tell us, exactly as it came, and what did we make of it?"""

from typing import Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from escalation.models.connection import Connection
from escalation.models.handoff import Handoff
from escalation.models.insert import UNLESS_HELD, Insert


class Inbox(models.Model):
    """One webhook, stored raw before anything is made of it."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        APPLIED = "applied", _("Applied")
        PARKED = "parked", _("Parked: the record is not known yet")
        IGNORED = "ignored", _("Not for us")
        BROKEN = "broken", _("Cannot be read")

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="inbox")
    event_id = models.CharField(max_length=255, blank=True, help_text=_("The tool's id of the event"))
    headers = models.JSONField(default=dict, help_text=_("Without credentials and signatures"))
    body = models.BinaryField()
    status = models.CharField(max_length=16, choices=Status, default=Status.WAITING)
    words = models.TextField(blank=True)
    tries = models.PositiveIntegerField(default=0)
    not_before = models.DateTimeField()
    received_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "inbox"
        constraints = [
            models.UniqueConstraint(
                fields=["connection", "event_id"], condition=~Q(event_id=""), name="event_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["not_before"], condition=Q(status__in=["waiting", "parked"]), name="inbox_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.connection} at {self.received_at:%Y-%m-%d %H:%M:%S}"

    def keep(self) -> bool:
        """This will write the row; False where the event is held already.

        One statement, without a transaction around it: the tool waits for the answer, and one that delivers
        twice is no error.
        """
        return KEEP.write(self)


KEEP: Final = Insert(Inbox, ending=UNLESS_HELD)


class RemoteUpdate(models.Model):
    """One normalised change on one record of a handoff, applied once whatever brought it."""

    class Way(models.TextChoices):
        WEBHOOK = "webhook", _("Webhook")
        POLL = "poll", _("Poll")

    handoff = models.ForeignKey(Handoff, on_delete=models.CASCADE, related_name="updates")
    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="updates")
    key = models.CharField(max_length=255)
    kind = models.CharField(max_length=16)
    remote_id = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    words = models.CharField(max_length=255, blank=True)
    author = models.CharField(max_length=160, blank=True)
    internal = models.BooleanField(default=True)
    state = models.CharField(max_length=16, blank=True)
    way = models.CharField(
        max_length=8, choices=Way, blank=True, default="", db_default="", help_text=_("What brought it first")
    )
    echo = models.BooleanField(default=False, help_text=_("Our own write coming back"))
    happened_at = models.DateTimeField()
    applied_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["handoff", "connection", "key"], name="update_once"),
        ]
        indexes = [models.Index(fields=["connection", "way", "applied_at"], name="update_by_way")]

    def __str__(self) -> str:
        return f"{self.kind} on {self.remote_id}"
