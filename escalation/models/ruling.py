"""Where did the knowledge get lost, in the end? What a person says against what the rule found.

The rule itself (``upkeep.fault``) is asked anew each time; only a correction is kept.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from escalation.models.handoff import Handoff


class Ruling(models.Model):
    """What a person says one return or question back came from."""

    class Fault(models.TextChoices):
        NEVER_ASKED = "never_asked", _("The template never asked")
        MAPPING_MISSED = "mapping_missed", _("The mapping missed it")
        CATALOG_LACKED = "catalog_lacked", _("The catalog lacked it")
        DID_NOT_EXIST = "did_not_exist", _("The information did not exist")
        SKIPPED = "skipped", _("A person skipped it")

    handoff = models.ForeignKey(Handoff, on_delete=models.CASCADE, related_name="rulings")
    sequence = models.PositiveIntegerField(help_text=_("The timeline's line it is about"))
    fault = models.CharField(max_length=16, choices=Fault)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["handoff", "sequence"], name="ruling_once")]

    def __str__(self) -> str:
        return f"{self.get_fault_display()} ({self.handoff_id} #{self.sequence})"
