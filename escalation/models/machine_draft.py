"""What did a language model propose, and what became of each proposal?

One row for each thing a model was asked about: a draft's form, or one line of a timeline. The unique pair
is also the lease: of two workers only the one that made the row asks.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from escalation.models.connection import Connection
from escalation.models.handoff import Handoff


class MachineDraft(models.Model):
    """One question to a language model about one handoff, and what it proposed."""

    class Status(models.TextChoices):
        ASKED = "asked", _("Being read")
        ANSWERED = "answered", _("Read")
        FAILED = "failed", _("Came to nothing")

    handoff = models.ForeignKey(Handoff, on_delete=models.CASCADE, related_name="machine_drafts")
    sequence = models.PositiveIntegerField(
        default=0, help_text=_("The timeline's line it is about; 0 is the form")
    )
    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="+")
    model = models.CharField(max_length=120, help_text=_("The model's name, as the endpoint knows it"))
    status = models.CharField(max_length=8, choices=Status, default=Status.ASKED)
    reason = models.TextField(blank=True, help_text=_("Why it came to nothing, in words"))
    proposals = models.JSONField(default=list, help_text=_("What passed the checks, each with a verdict"))
    dropped = models.PositiveIntegerField(default=0, help_text=_("Proposals that did not pass"))
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["handoff", "sequence"], name="machine_draft_asked_once")
        ]

    def __str__(self) -> str:
        return f"{self.model} on {self.handoff_id} #{self.sequence}: {self.get_status_display()}"
