"""Who saw, changed, sent or took away what? Lines that the database lets nobody change.

A line names the address by which something was done, not what was written there: the timeline has that. What
a log-in was, and what was changed in the administration, their own logs hold.
"""

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from escalation.models.handoff import Handoff
from escalation.models.team import Membership


class AuditQuerySet(models.QuerySet["AuditLine"]):
    """Lines by who may read them."""

    def about_teams_of(self, user: User) -> "AuditQuerySet":
        """This will keep what members of the person's teams did, and what was done to their handoffs."""
        teams = Membership.objects.filter(user=user).values("team")
        members = Membership.objects.filter(team__in=teams).values("user")
        handoffs = Handoff.objects.filter(Q(route__sender__in=teams) | Q(route__receiver__in=teams))
        return self.filter(Q(user__in=members) | Q(handoff_id__in=handoffs.values("pk")))


class AuditLine(models.Model):
    """One thing that one person did."""

    class Did(models.TextChoices):
        SAW = "saw", _("Saw")
        CHANGED = "changed", _("Changed")
        SENT = "sent", _("Sent")
        EXPORTED = "exported", _("Took away as a file")
        SET_UP = "set_up", _("Set up")

    at = models.DateTimeField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    did = models.CharField(max_length=8, choices=Did)
    page = models.CharField(max_length=60, help_text=_("The address's name"))
    path = models.CharField(max_length=300)
    # No foreign key: the line outlives a draft that is deleted after its thirty days.
    handoff_id = models.UUIDField(null=True, blank=True)
    token = models.CharField(
        max_length=60,
        blank=True,
        db_default="",
        help_text=_("Name of the access token it was done with"),
    )
    come_from = models.CharField(max_length=64, blank=True, help_text=_("Network address"))

    objects = AuditQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["-at"], name="audit_by_time"),
            models.Index(fields=["handoff_id", "-at"], name="audit_by_handoff"),
            models.Index(fields=["user", "-at"], name="audit_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.get_did_display().lower()} {self.path}"
