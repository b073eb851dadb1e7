"""Which chat threads does a handoff stand on, and where are its news told to a team?"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from escalation.models.connection import Connection
from escalation.models.handoff import Handoff
from escalation.models.route import Route


class CapturedThread(models.Model):
    """A chat thread that was read into a handoff, so that a later edit of it finds the handoff."""

    handoff = models.ForeignKey(Handoff, on_delete=models.CASCADE, related_name="captured_threads")
    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="captured_threads")
    channel = models.CharField(max_length=64)
    thread = models.CharField(max_length=64, help_text=_("The tool's id of the thread's first message"))
    read_at = models.DateTimeField(help_text=_("When the snapshot was taken"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["handoff", "connection", "channel", "thread"], name="thread_captured_once"
            )
        ]
        indexes = [models.Index(fields=["connection", "channel", "thread"], name="thread_by_place")]

    def __str__(self) -> str:
        return f"{self.channel}/{self.thread}"


class StatusChannel(models.Model):
    """A channel in which a team wants to read the news of a route's handoffs."""

    route = models.ForeignKey(Route, on_delete=models.CASCADE, related_name="status_channels")
    connection = models.ForeignKey(Connection, on_delete=models.PROTECT, related_name="status_channels")
    channel = models.CharField(max_length=64, help_text=_("The channel's id, as C024BE91L"))
    name = models.CharField(max_length=120, blank=True, help_text=_("The channel's name, for people"))
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["route", "connection", "channel"], name="status_channel_once")
        ]

    def __str__(self) -> str:
        return f"#{self.name or self.channel} for {self.route}"
