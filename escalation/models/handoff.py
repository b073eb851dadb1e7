"""What is one handoff, from the first line typed to its end?

While it is a draft its knowledge state may change and ``revision`` counts the saves; confirming
freezes a Snapshot, and from then on only the status and the timeline move.
"""

import uuid
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, When
from django.utils.translation import gettext_lazy as _

from escalation.lifecycle.promise import PROMISE_TITLES, PromiseSource
from escalation.lifecycle.words import OPEN, STATUS_TITLES, Status
from escalation.models.route import Route, RuleSet, Template
from escalation.models.team import Membership


class Lane(models.TextChoices):
    """How a handoff is sent: with everything at once, or three lines now and the rest owed."""

    STANDARD = "standard", _("Standard")
    URGENT = "urgent", _("Urgent")


class HandoffQuerySet(models.QuerySet["Handoff"]):
    """Handoffs, as a person may see them."""

    def visible_to(self, user: User | AnonymousUser) -> "HandoffQuerySet":
        """This will keep what the person's teams send or receive; a draft is its author's alone."""
        if isinstance(user, AnonymousUser):
            return self.none()
        mine = Q(author_id=user.pk)
        sent = Q(route__sender__memberships__user_id=user.pk)
        received = Q(route__receiver__memberships__user_id=user.pk)
        confirmed = ~Q(status__in=[Status.DRAFT, Status.DISCARDED])
        visible = Handoff.objects.filter(mine | (confirmed & (sent | received))).values("pk")
        return self.filter(pk__in=visible)

    def open_to(self, user: User | AnonymousUser) -> "HandoffQuerySet":
        """This will keep the same, for one handoff that is named by its key: no other is looked at."""
        if isinstance(user, AnonymousUser):
            return self.none()
        theirs = Membership.objects.filter(
            Q(team=OuterRef("route__sender_id")) | Q(team=OuterRef("route__receiver_id")), user_id=user.pk
        )
        confirmed = ~Q(status__in=[Status.DRAFT, Status.DISCARDED])
        return self.filter(Q(author_id=user.pk) | (confirmed & Exists(theirs)))

    def drafts_of(self, user: User | AnonymousUser) -> "HandoffQuerySet":
        """This will keep the person's own drafts."""
        if isinstance(user, AnonymousUser):
            return self.none()
        return self.filter(author_id=user.pk, status=Status.DRAFT)

    def received_by(self, user: User | AnonymousUser) -> "HandoffQuerySet":
        """This will keep what is confirmed and addressed to a team of the person."""
        if isinstance(user, AnonymousUser):
            return self.none()
        return (
            self.filter(route__receiver__memberships__user_id=user.pk)
            .exclude(status__in=[Status.DRAFT, Status.DISCARDED])
            .distinct()
        )

    def sent_by(self, user: User | AnonymousUser) -> "HandoffQuerySet":
        """This will keep what is confirmed and was sent by the person or a team of the person."""
        if isinstance(user, AnonymousUser):
            return self.none()
        mine = Q(author_id=user.pk) | Q(route__sender__memberships__user_id=user.pk)
        return self.filter(mine).exclude(status__in=[Status.DRAFT, Status.DISCARDED]).distinct()

    def overdue_first(self, *order: str, now: datetime) -> "HandoffQuerySet":
        """This will put broken promises first, the longest broken leading; the rest in the given order."""
        broken = Case(When(status__in=OPEN, update_due_at__lt=now, then="update_due_at"), default=None)
        return self.order_by(broken.asc(nulls_last=True), *order)


class Handoff(models.Model):
    """One functional escalation from a sending team to a receiving team."""

    # A row's identity is drawn here and nowhere below the pages.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)  # noqa: TID251
    route = models.ForeignKey(Route, on_delete=models.PROTECT, related_name="handoffs")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="handoffs")
    status = models.CharField(max_length=16, choices=list(STATUS_TITLES.items()), default=Status.DRAFT)
    summary = models.CharField(max_length=255, blank=True, help_text=_("Copied from the state, for lists"))
    state = models.JSONField(default=dict, help_text=_("The knowledge state, as its codec writes it"))
    conversation = models.JSONField(null=True, blank=True, help_text=_("What the form was prefilled from"))
    offered_files = models.JSONField(
        null=True,
        blank=True,
        help_text=_("Files seen on the source ticket, without their addresses; empty while nobody looked"),
    )
    people = models.JSONField(
        default=dict, blank=True, help_text=_("E-mail to the id of that user in the receiver's tool")
    )
    answers = models.JSONField(
        default=dict, blank=True, help_text=_("Tool field to the value a person chose")
    )
    extras = models.JSONField(
        default=dict,
        db_default={},
        blank=True,
        help_text=_("Field of a template to what was typed, kept when route or category change"),
    )
    category = models.CharField(max_length=60, blank=True, db_default="")
    template = models.ForeignKey(
        Template,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        help_text=_("The version the form last asked by"),
    )
    lane = models.CharField(max_length=16, choices=Lane, default=Lane.STANDARD, db_default=Lane.STANDARD)
    owed = models.JSONField(
        default=list,
        db_default=[],
        blank=True,
        help_text=_("Parts that the sender of an urgent handoff still owes"),
    )
    owed_due_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)
    saved_from = models.CharField(
        max_length=48,
        blank=True,
        default="",
        db_default="",
        help_text=_("That revision, and the request of a window that led to it"),
    )
    source_reference = models.CharField(max_length=120, blank=True)
    source_number = models.CharField(max_length=120, blank=True)
    remote_id = models.CharField(max_length=120, blank=True, help_text=_("The record in the receiver's tool"))
    remote_number = models.CharField(max_length=120, blank=True)
    remote_url = models.URLField(max_length=500, blank=True)
    previous = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="next_hops"
    )
    receiver_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    read_back = models.CharField(max_length=280, blank=True)
    active_seconds = models.PositiveIntegerField(
        default=0, help_text=_("Effort in the form, idle time left out")
    )
    last_sequence = models.PositiveIntegerField(default=0, help_text=_("Number of the newest timeline entry"))
    created_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    update_due_at = models.DateTimeField(null=True, blank=True, help_text=_("When the next word is promised"))
    promised_by = models.CharField(
        max_length=16, choices=list(PROMISE_TITLES.items()), default=PromiseSource.TEAM
    )
    silence_told_for = models.DateTimeField(
        null=True, blank=True, help_text=_("The promise whose breach both sides were told of")
    )

    objects = HandoffQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=[Status.DRAFT, Status.DISCARDED]) | Q(confirmed_at__isnull=False),
                name="sent_means_confirmed",
            ),
        ]
        indexes = [
            models.Index(fields=["author", "-saved_at"], name="handoff_by_author"),
            models.Index(fields=["route", "status", "-confirmed_at"], name="handoff_by_route"),
            models.Index(fields=["remote_id"], condition=~Q(remote_id=""), name="handoff_by_remote"),
            models.Index(
                fields=["update_due_at"], condition=Q(update_due_at__isnull=False), name="handoff_by_promise"
            ),
            models.Index(
                fields=["source_reference"], condition=~Q(source_reference=""), name="handoff_by_source"
            ),
        ]

    def __str__(self) -> str:
        return self.summary or str(self.pk)


class Snapshot(models.Model):
    """What was confirmed: the frozen state and the versions it was translated under."""

    handoff = models.OneToOneField(Handoff, on_delete=models.PROTECT, related_name="snapshot")
    state = models.JSONField()
    state_fingerprint = models.CharField(max_length=64)
    translation = models.JSONField(
        help_text=_("Fields with labels and sources, losses and questions, as shown")
    )
    template = models.ForeignKey(Template, on_delete=models.PROTECT, null=True, related_name="+")
    rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, null=True, related_name="+")
    draft = models.JSONField(
        null=True, blank=True, help_text=_("The form with its suggestions, for calling it back")
    )
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"snapshot of {self.handoff_id}"
