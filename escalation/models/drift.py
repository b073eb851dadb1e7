"""What of a tool no longer fits how we translate into it?

One row for each thing found, for as long as it is so: the check that no longer finds it ends the row.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from escalation.models.connection import Connection
from escalation.models.route import Route


class Drift(models.Model):
    """One finding of the drift check."""

    class Kind(models.TextChoices):
        FIELD_GONE = "field_gone", _("Field gone")
        FIELD_REQUIRED = "field_required", _("Field newly required")
        CHOICE_GONE = "choice_gone", _("Value no longer offered")
        CHOICE_RENAMED = "choice_renamed", _("Value renamed")
        ENTRY_RETIRED = "entry_retired", _("Catalog entry retired")
        RIGHT_MISSING = "right_missing", _("Permission missing")

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="drifts")
    route = models.ForeignKey(Route, on_delete=models.CASCADE, related_name="drifts")
    kind = models.CharField(max_length=16, choices=Kind)
    field = models.CharField(max_length=120, help_text=_("The tool's field"))
    value = models.CharField(max_length=255, blank=True, help_text=_("The value in question, if it is one"))
    what = models.CharField(max_length=500)
    fix = models.CharField(max_length=500)
    since = models.DateTimeField()
    over_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["route", "kind", "field", "value"],
                condition=Q(over_at=None),
                name="drift_open_once",
            )
        ]

    def __str__(self) -> str:
        return self.what
