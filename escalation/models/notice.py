"""What is a person told of without looking, how, and when not?

One row for one person and one cause, whatever brought it: the constraint is what keeps a person from being
told twice. ``mail_at`` and ``slack_at`` say when it may leave, and are empty where it may not.
"""

from datetime import time

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext_lazy as _

from escalation.models.handoff import Handoff


class NoticeKind(models.TextChoices):
    """What a notice is about."""

    ARRIVED = "arrived", _("A handoff has come to my team")
    ASKED = "asked", _("The receiver asks back, or a team asks ours first")
    ANSWERED = "answered", _("A question of mine is answered")
    TAKEN = "taken", _("A handoff of mine is accepted, read back or started")
    WORD = "word", _("The other side wrote")
    RETURNED = "returned", _("A handoff of mine is returned")
    ENDED = "ended", _("A handoff is resolved, on hold or open again")
    SILENT = "silent", _("A promised word is overdue")
    STUCK = "stuck", _("Something of mine cannot be delivered")
    COACHED = "coached", _("A lead has a word for me about a handoff of mine")
    DRIFTED = "drifted", _("A tool has changed under a route I answer for")
    WAITS = "waits", _("A route waits for me: its review, or a draft for a second person")


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices, as a person has them before them."""

    def unread_by(self, user: User) -> "NoticeQuerySet":
        """This will keep what stands in the person's list and was not looked at yet."""
        return self.filter(user=user, read_at=None, in_page=True)

    def handoffs(self) -> int:
        """This will count what they are about: ten lines of one handoff are one thing to look at."""
        about = Coalesce(Cast("handoff", models.CharField()), "address")
        return self.order_by().values(about=about).distinct().count()


class Notice(models.Model):
    """One thing one person is told once."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    handoff = models.ForeignKey(
        Handoff,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="notices",
        help_text=_("Empty where it is about a route"),
    )
    kind = models.CharField(max_length=16, choices=NoticeKind)
    cause = models.CharField(max_length=120, help_text=_("What it follows from; nobody is told twice of one"))
    title = models.CharField(max_length=255)
    text = models.CharField(max_length=500, blank=True)
    address = models.CharField(max_length=200, help_text=_("The page that shows it, from the root"))
    in_page = models.BooleanField(default=True, help_text=_("Shown in the list of notices"))
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    mail_at = models.DateTimeField(null=True, blank=True, help_text=_("When it may be mailed"))
    mailed_at = models.DateTimeField(null=True, blank=True)
    slack_at = models.DateTimeField(null=True, blank=True, help_text=_("When it may be posted in Slack"))
    slacked_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=255, blank=True, help_text=_("Why it could not leave"))

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "cause"], name="notice_once_a_cause")]
        indexes = [
            models.Index(fields=["user", "-made_at"], name="notice_by_person"),
            models.Index(fields=["user"], condition=Q(read_at=None, in_page=True), name="notice_unread"),
            models.Index(
                fields=["mail_at"],
                condition=Q(mail_at__isnull=False, mailed_at=None),
                name="notice_to_mail",
            ),
            models.Index(
                fields=["slack_at"],
                condition=Q(slack_at__isnull=False, slacked_at=None),
                name="notice_to_slack",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class NoticeHours(models.Model):
    """When a person is left alone, and when the daily digest comes; both by the person's own clock."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_hours"
    )
    zone = models.CharField(max_length=64, default="UTC", help_text=_("IANA zone"))
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_until = models.TimeField(null=True, blank=True)
    digest_at = models.TimeField(default=time(8))
    weekly = models.BooleanField(
        default=True, db_default=True, help_text=_("The figures of the week by mail, to leads")
    )
    weekly_for = models.DateField(null=True, blank=True, help_text=_("The Monday of the week last mailed"))
    slack_user = models.CharField(max_length=64, blank=True, help_text=_("The member's id in Slack"))

    class Meta:
        verbose_name_plural = "notice hours"
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_until=None)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="quiet_hours_are_whole",
            )
        ]

    def __str__(self) -> str:
        return f"hours of {self.user}"


class NoticeChoice(models.Model):
    """How a person wants to be told of one kind; without a row the kind's own default stands."""

    class Mail(models.TextChoices):
        NEVER = "never", _("Never")
        AT_ONCE = "at_once", _("At once")
        DIGEST = "digest", _("In the daily digest")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_choices"
    )
    kind = models.CharField(max_length=16, choices=NoticeKind)
    page = models.BooleanField(default=True)
    mail = models.CharField(max_length=16, choices=Mail, default=Mail.NEVER)
    slack = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="notice_choice_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.kind}"
