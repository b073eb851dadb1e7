"""How content was the user, as the source tool's survey says it?

Kept per source ticket, because the user is asked about the ticket and not about a handoff. A tool that
asks nobody leaves no row: unknown is not zero.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from escalation.models.connection import Connection


class Satisfaction(models.Model):
    """One answer of a user about one ticket; a changed answer replaces the earlier one."""

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="satisfaction")
    source_reference = models.CharField(max_length=120)
    key = models.CharField(max_length=120, help_text=_("The tool's id of the answer"))
    score = models.PositiveSmallIntegerField(help_text=_("From 1, the worst, to ``best``"))
    best = models.PositiveSmallIntegerField(help_text=_("The best score of this survey: 2 or 5"))
    words = models.CharField(max_length=60, help_text=_("The score as the tool says it"))
    comment = models.TextField(blank=True)
    reason = models.CharField(max_length=160, blank=True)
    given_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "satisfaction"
        constraints = [
            models.UniqueConstraint(fields=["connection", "key"], name="satisfaction_once"),
            models.CheckConstraint(
                condition=Q(score__gte=1) & Q(score__lte=F("best")), name="satisfaction_on_its_scale"
            ),
        ]
        indexes = [models.Index(fields=["connection", "source_reference"], name="satisfaction_of_ticket")]

    def __str__(self) -> str:
        return f"{self.words} for {self.source_reference}"
