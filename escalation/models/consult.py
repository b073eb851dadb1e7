"""What is asked of another team before anything is handed to it?

One question with the state as it stood; nobody owns anything new by it. It ends as a handoff or without
one, and is counted apart from both handoffs and questions asked back.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from escalation.models.handoff import Handoff
from escalation.models.team import Team


class Consult(models.Model):
    """One question to a team, on a draft."""

    class Outcome(models.TextChoices):
        ESCALATED = "escalated", _("Became a handoff")
        SETTLED = "settled", _("Solved without a handoff")

    handoff = models.ForeignKey(Handoff, on_delete=models.CASCADE, related_name="consults")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="consults")
    question = models.CharField(max_length=280)
    state = models.JSONField(help_text=_("The knowledge state as it was when asked"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=16, choices=Outcome, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["handoff", "team"],
                condition=Q(answered_at=None, ended_at=None),
                name="one_open_consult",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="", answered_by=None)
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
                name="consult_answer_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", ended_at=None) | (~Q(outcome="") & Q(ended_at__isnull=False)),
                name="consult_end_is_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["team", "at"], condition=Q(ended_at=None), name="consult_open_by_team")
        ]

    def __str__(self) -> str:
        return self.question
