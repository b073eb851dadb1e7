"""What did the sender correct or supply after sending?

A snapshot never changes: what is sent later is a numbered version of its own that names the one before.
Until it is sent it is a draft of one person, saved like any other.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from escalation.models.delivery import Delivery
from escalation.models.handoff import Handoff


class Amendment(models.Model):
    """One later version of what a handoff says."""

    class Kind(models.TextChoices):
        CORRECTION = "correction", _("Correction")
        SUPPLEMENT = "supplement", _("Supplement")

    handoff = models.ForeignKey(Handoff, on_delete=models.PROTECT, related_name="amendments")
    number = models.PositiveIntegerField(help_text=_("Counts per handoff from 1"))
    kind = models.CharField(max_length=16, choices=Kind)
    state = models.JSONField(help_text=_("The whole state as it reads with this version"))
    before_fingerprint = models.CharField(max_length=64, help_text=_("Of the state that it changes"))
    revision = models.PositiveIntegerField(default=0)
    saved_from = models.CharField(
        max_length=48,
        blank=True,
        default="",
        db_default="",
        help_text=_("That revision, and the request of a window that led to it"),
    )
    active_seconds = models.PositiveIntegerField(default=0)
    text = models.TextField(blank=True, help_text=_("The note, as it was confirmed"))
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["handoff", "number"], name="amendment_number_once"),
            models.UniqueConstraint(
                fields=["handoff"], condition=Q(sent_at__isnull=True), name="one_amendment_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number} to {self.handoff_id}"
