"""Which address of the company's own is told of handoffs, of which events, and what has become of each?

A message is owed in the transaction of the line that it tells of. It names the line and holds no words: those
are read when it is sent, so that nothing of them has to be erased here.
"""

import uuid
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from escalation.models.entry import Entry
from escalation.models.sealed import seal, unseal
from escalation.models.team import Membership, Team
from escalation.transport.credentials import Unsigned
from escalation.transport.door import Door
from escalation.transport.opening import open_door
from escalation.transport.way_out import WayOut


class Event(models.TextChoices):
    """What can be told."""

    SENT = "handoff.sent", _("A handoff is sent")
    DELIVERED = "handoff.delivered", _("Its record is in the receiver’s tool")
    ACCEPTED = "handoff.accepted", _("The receiver accepts it")
    ASKED_BACK = "handoff.asked_back", _("The receiver asks back")
    BOUNCED = "handoff.bounced", _("The receiver returns it")
    UPDATE = "handoff.update", _("The receiver writes something")
    RESOLVED = "handoff.resolved", _("It is resolved")


# Told when an owner presses the test; nobody subscribes to it.
TEST = "test"


class SubscriberQuerySet(models.QuerySet["Subscriber"]):
    """Subscribers, by who may see them."""

    def owned_by(self, user: User) -> "SubscriberQuerySet":
        """This will keep those of the teams that the person owns."""
        own = Membership.objects.filter(user=user, role=Membership.Role.OWNER)
        return self.filter(team__in=own.values("team"))


WANTS_NO_MORE = "It answered 410: it wants to be told nothing more."


class Subscriber(models.Model):
    """One address that is told."""

    # A row's identity is drawn here and nowhere below the pages.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)  # noqa: TID251
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="subscribers")
    name = models.CharField(max_length=60)
    url = models.URLField(max_length=500)
    sealed_secret = models.TextField(editable=False)
    events = ArrayField(models.CharField(max_length=32, choices=Event))
    with_words = models.BooleanField(default=False, help_text=_("What people wrote is sent too"))
    allow_private = models.BooleanField(
        default=False, help_text=_("It stands in our own network, on a private or loopback address")
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True, blank=True)
    stopped_because = models.CharField(max_length=255, blank=True)
    failures = models.PositiveIntegerField(default=0, help_text=_("In a row"))
    not_before = models.DateTimeField(help_text=_("After a failure the address is left alone until then"))

    objects = SubscriberQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def ended_itself(self) -> bool:
        """Whether the program asked to be told nothing more, and no owner did."""
        return self.stopped_at is not None and self.stopped_because == WANTS_NO_MORE

    @property
    def secret(self) -> str:
        """What its messages are signed with; raises ``sealed.Unreadable``."""
        return unseal(self.sealed_secret)["secret"]

    def keep_secret(self, secret: str) -> None:
        """This will seal the secret onto the row; the caller saves."""
        self.sealed_secret = seal({"secret": secret})

    def door(self) -> Door:
        """This will open a door to its host alone; raises ``ValueError`` where the way out is none."""
        way_out = WayOut(proxy=settings.OUTBOUND_PROXY, trusted=settings.OUTBOUND_CA)
        return open_door(
            base_url=self.url, credentials=Unsigned(), allow_private=self.allow_private, way_out=way_out
        )


class MessageQuerySet(models.QuerySet["Message"]):
    """Messages, as whoever sends them needs them."""

    def due(self, *, now: datetime) -> "MessageQuerySet":
        """This will keep what may be sent now, the oldest first."""
        waiting = self.filter(status=Message.Status.OWED, not_before__lte=now, subscriber__stopped_at=None)
        return waiting.filter(subscriber__not_before__lte=now).order_by("not_before", "made_at")


class Message(models.Model):
    """One event, owed to one address."""

    class Status(models.TextChoices):
        OWED = "owed", _("On its way")
        DONE = "done", _("Taken")
        GIVEN_UP = "given_up", _("Given up")

    id = models.UUIDField(primary_key=True, editable=False, help_text=_("The same for every try"))
    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="messages")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, null=True, related_name="messages")
    event = models.CharField(max_length=32)
    data = models.JSONField(default=dict, help_text=_("What was so when it happened, without words"))
    status = models.CharField(max_length=16, choices=Status, default=Status.OWED)
    tries = models.PositiveIntegerField(default=0)
    answers = models.JSONField(
        default=list, help_text=_("The last answers: when, which status, what was said")
    )
    not_before = models.DateTimeField()
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subscriber", "entry"], name="message_once")]
        indexes = [
            models.Index(fields=["not_before"], condition=Q(status="owed"), name="message_waiting"),
            models.Index(fields=["subscriber", "-made_at"], name="message_by_subscriber"),
        ]

    def __str__(self) -> str:
        return f"{self.event} to {self.subscriber_id}"
