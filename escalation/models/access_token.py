"""By what does a program act for a person, how much may it do, and until when?

Only a token's digest is kept: whoever reads the table can use none of them.
"""

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """What a token may do; never more than its person may."""

    READ = "read", _("Read handoffs, timelines and names")
    WRITE = "write", _("Begin drafts and fill them in")
    SEND = "send", _("Send, call back, answer for the sender")
    RECEIVE = "receive", _("Accept, ask back, return and resolve for the receiver")
    FIGURES = "figures", _("Read figures")


class AccessTokenQuerySet(models.QuerySet["AccessToken"]):
    """Tokens by whether they still open anything."""

    def in_force(self, *, now: datetime) -> "AccessTokenQuerySet":
        """This will keep what has neither expired nor been revoked, of people who may still log in."""
        return self.filter(revoked_at=None, expires_at__gt=now, user__is_active=True)


class AccessToken(models.Model):
    """One token of one person."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="access_tokens")
    name = models.CharField(max_length=60, help_text=_("What uses it, in its person's words"))
    digest = models.CharField(max_length=64, unique=True, help_text=_("SHA-256 of the token"))
    scopes = ArrayField(models.CharField(max_length=16, choices=Scope))
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True, help_text=_("Last use, to the minute"))
    used_from = models.CharField(max_length=64, blank=True, help_text=_("Network address of the last use"))

    objects = AccessTokenQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="token_expires"),
            models.CheckConstraint(condition=~Q(scopes=[]), name="token_may_do_something"),
        ]

    def __str__(self) -> str:
        return self.name
