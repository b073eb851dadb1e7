"""What did an escalation take before Baton, as somebody who knows the team states it?"""

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from escalation.models.team import Team

A_DAY = 24 * 60


def _minutes(help_text: Any) -> "models.FloatField[float, float]":
    return models.FloatField(validators=[MinValueValidator(0), MaxValueValidator(A_DAY)], help_text=help_text)


class Baseline(models.Model):
    """The assumptions that payback is reckoned from, for what one team sends: per escalation, in minutes."""

    team = models.OneToOneField(Team, on_delete=models.CASCADE, primary_key=True, related_name="baseline")
    effort_minutes = _minutes(_("Writing one"))
    rebuild_minutes = _minutes(_("Understanding one, at the receiver"))
    known_from = models.CharField(
        max_length=200, help_text=_("How that is known: a study, a sample, a guess")
    )
    stated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    stated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(effort_minutes__gte=0, rebuild_minutes__gte=0), name="baseline_not_negative"
            )
        ]

    def __str__(self) -> str:
        return f"before Baton, {self.team}"
