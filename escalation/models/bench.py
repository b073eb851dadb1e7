"""What is an owner of a route changing at the moment?

One draft for each route and kind, shared by its owners and kept here, so that closing a browser loses
nothing. What was typed is kept as it was typed: a line that is not finished is no reason to forget it.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from escalation.models.route import Route


class BenchDraft(models.Model):
    """The rules or the template of a route as somebody is changing them."""

    class What(models.TextChoices):
        RULES = "rules", _("Rules")
        TEMPLATE = "template", _("Template")

    route = models.ForeignKey(Route, on_delete=models.CASCADE, related_name="bench_drafts")
    what = models.CharField(max_length=8, choices=What)
    typed = models.JSONField(help_text=_("Field of the form to what stands in it"))
    revision = models.PositiveIntegerField(default=1, help_text=_("Counts the saves"))
    own_since = models.PositiveIntegerField(
        default=1, help_text=_("The revision from which on nobody but the last one saved")
    )
    because = models.CharField(max_length=255, blank=True, help_text=_("What it was begun from"))
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    saved_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Who wants another owner to publish it"),
    )
    asked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["route", "what"], name="bench_draft_once"),
            models.CheckConstraint(
                condition=Q(asked_at=None, asked_by=None) | Q(asked_at__isnull=False),
                name="asked_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()} of {self.route}, being changed"
