"""Where in a chat is a handoff talked about: the channel a team reads, and the threads that belong to it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from escalation.models.connection import Connection
from escalation.models.handoff import Handoff
from escalation.models.team import Team


class TeamChannel(models.Model):
    """The chat channel in which a team reads what becomes of the handoffs it sends."""

    team = models.OneToOneField(Team, on_delete=models.CASCADE, related_name="channel")
    connection = models.ForeignKey(Connection, on_delete=models.PROTECT, related_name="team_channels")
    place = models.CharField(max_length=60, help_text=_("The channel's id in the chat"))
    name = models.CharField(max_length=120, help_text=_("As the chat showed it when it was chosen"))

    def __str__(self) -> str:
        return f"#{self.name}"


class ChatThread(models.Model):
    """One thread that belongs to a handoff; what is said in it comes onto the timeline."""

    handoff = models.ForeignKey(Handoff, on_delete=models.CASCADE, related_name="threads")
    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="threads")
    remote_id = models.CharField(max_length=120, help_text=_("Channel and first message, as the tool says"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["handoff", "connection", "remote_id"], name="thread_once")
        ]
        indexes = [models.Index(fields=["connection", "remote_id"], name="thread_by_remote")]

    def __str__(self) -> str:
        return self.remote_id
