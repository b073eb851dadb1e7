"""Which past handoffs must go on reading as they do, whatever is changed on their route?

A case holds everything that its translation is made from, the links too: whatever differs later comes
from the rules and from nothing else.
"""

from django.conf import settings
from django.db import models

from escalation.models.handoff import Handoff
from escalation.models.route import Route


class GoldenCase(models.Model):
    """One frozen handoff, and how its record is expected to read."""

    route = models.ForeignKey(Route, on_delete=models.CASCADE, related_name="golden_cases")
    handoff = models.ForeignKey(Handoff, on_delete=models.SET_NULL, null=True, related_name="+")
    summary = models.CharField(max_length=255)
    number = models.CharField(max_length=120, blank=True)
    category = models.CharField(max_length=60, blank=True)
    state = models.JSONField()
    given = models.JSONField()
    expected = models.JSONField()
    expected_since = models.DateTimeField()
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["route", "handoff"], name="golden_case_once")]

    def __str__(self) -> str:
        return self.summary
