"""What do we owe to a tool, what have we tried, and what proves that it arrived?

The row is the truth and the task queue only the engine. ``body`` holds the exact bytes a person
confirmed; nothing on the way to the tool makes them again.
"""

from datetime import UTC, datetime
from uuid import UUID

from django.conf import settings
from django.db import connection, models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from escalation.models.breaker import Breaker
from escalation.models.connection import Connection
from escalation.models.fixed import Fixed
from escalation.models.handoff import Handoff
from escalation.transport import trace


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Deliveries, as the relay needs them."""

    def due(self, *, now: datetime) -> "DeliveryQuerySet":
        """This will keep the rows that may be tried now: first of their lane, time come, lease free.

        What is owed to a tool whose calls pause is not tried: it would use up tries and workers. A slow tool
        gets one worker at a time, so that the other workers are there for the other tools.
        """
        earlier = Delivery.objects.filter(
            handoff=OuterRef("handoff"),
            connection=OuterRef("connection"),
            position__lt=OuterRef("position"),
        ).exclude(
            # What is beside the words holds no words up when the tool refuses it.
            Q(status=Delivery.Status.DONE) | Q(status=Delivery.Status.STUCK, kind__in=BESIDE)
        )
        here = OuterRef("connection")
        # None of them is one of the rows asked for: those are owed, or their lease has run out.
        busy = Delivery.objects.filter(
            connection=here, status=Delivery.Status.UNDER_WAY, leased_until__gte=now
        )
        waits = Exists(earlier) | Exists(Breaker.objects.pausing().filter(pk=here))
        waits |= Exists(Breaker.objects.slow().filter(pk=here)) & Exists(busy)
        return self.filter(
            Q(status=Delivery.Status.OWED) | Q(status=Delivery.Status.UNDER_WAY, leased_until__lt=now),
            not_before__lte=now,
        ).exclude(waits)


class Delivery(models.Model):
    """One thing owed to one tool for one handoff."""

    class Kind(models.TextChoices):
        CREATE = "create", _("Create the record")
        NOTE = "note", _("Internal note")
        REPLY = "reply", _("Reply to the user")
        FILE = "file", _("File on the record")
        POST = "post", _("Post in the team's channel")
        STATUS = "status", _("Status of the record")
        LINK = "link", _("Link on the record")

    class Status(models.TextChoices):
        OWED = "owed", _("Owed")
        UNDER_WAY = "under_way", _("Under way")
        DONE = "done", _("Done")
        STUCK = "stuck", _("Stuck")

    id = models.UUIDField(
        primary_key=True, editable=False, help_text=_("Derived from the handoff, never drawn")
    )
    handoff = models.ForeignKey(Handoff, on_delete=models.PROTECT, related_name="deliveries")
    connection = models.ForeignKey(Connection, on_delete=models.PROTECT, related_name="deliveries")
    kind = models.CharField(max_length=16, choices=Kind)
    position = models.PositiveIntegerField(help_text=_("Order within the handoff"))
    remote_id = models.CharField(max_length=120, blank=True, help_text=_("The record a note is for"))
    body = models.BinaryField(help_text=_("The exact bytes that were confirmed"))
    fingerprint = models.CharField(max_length=64)
    status = models.CharField(max_length=16, choices=Status, default=Status.OWED)
    ambiguous = models.BooleanField(
        default=False, help_text=_("A try may have arrived: find before doing again")
    )
    attempts_made = models.PositiveIntegerField(default=0)
    not_before = models.DateTimeField()
    queued_at = models.DateTimeField(null=True, blank=True, help_text=_("When a task was last sent for it"))
    lease = models.UUIDField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True, help_text=_("Why it cannot go on, for a person"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Who asked for it"),
    )
    traceparent = models.CharField(
        max_length=trace.LONGEST,
        blank=True,
        default=trace.here,
        db_default="",
        help_text=_("The trace in which it came to be owed; blank where nothing is traced"),
    )
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(fields=["handoff", "position"], name="delivery_position_once"),
            models.UniqueConstraint(
                fields=["handoff"], condition=Q(kind="create"), name="one_record_per_handoff"
            ),
            models.CheckConstraint(condition=~Q(status="stuck") | ~Q(reason=""), name="stuck_says_why"),
            models.CheckConstraint(
                condition=Q(status="under_way", lease__isnull=False, leased_until__isnull=False)
                | (~Q(status="under_way") & Q(lease__isnull=True, leased_until__isnull=True)),
                name="under_way_means_leased",
            ),
        ]
        indexes = [
            models.Index(
                fields=["not_before"], condition=Q(status__in=["owed", "under_way"]), name="delivery_waiting"
            ),
            models.Index(fields=["handoff", "connection", "position"], name="delivery_lane"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} for {self.handoff_id}"

    @property
    def key(self) -> str:
        """The idempotency key: 32 hex digits, the same for every try."""
        return self.id.hex


BESIDE = (Delivery.Kind.STATUS, Delivery.Kind.LINK)

# ``due`` of one delivery, and of what waits behind one: asked by every try, so written down once.
_WHEN, _ONE, _OTHER = datetime(1, 1, 1, tzinfo=UTC), UUID(int=1), UUID(int=2)
DUE = Fixed(lambda *, now, pk: Delivery.objects.due(now=now).filter(pk=pk).values("pk"), now=_WHEN, pk=_ONE)
DUE_IN_LANE = Fixed(
    lambda *, now, handoff, connection: (
        Delivery.objects.due(now=now).filter(handoff_id=handoff, connection_id=connection).values("pk")
    ),
    now=_WHEN,
    handoff=_ONE,
    connection=_OTHER,
)
# What one worker may take beside what it was told of. Of a tool that is slow, or whose pause is just over,
# one goes at a time, and the relay says which.
_NEXT = Fixed(
    lambda *, now: (
        Delivery.objects.due(now=now)
        .exclude(
            Exists((Breaker.objects.on_trial() | Breaker.objects.slow()).filter(pk=OuterRef("connection")))
        )
        .order_by("not_before", "pk")
        .values("pk")
    ),
    now=_WHEN,
)


def next_due(*, now: datetime, most: int) -> list[UUID]:
    """This will return the ids of what has been due longest, at most so many."""
    statement, values = _NEXT.sql(now=now)
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} LIMIT %s", [*values, most])
        return [pk for (pk,) in cursor.fetchall()]


class Attempt(models.Model):
    """One try at a delivery."""

    class Result(models.TextChoices):
        FOUND = "found", _("Was already there")
        DONE = "done", _("Done")
        WAIT = "wait", _("Has to wait")
        AMBIGUOUS = "ambiguous", _("No answer")
        REFUSED = "refused", _("Refused")

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="attempts")
    number = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    result = models.CharField(max_length=16, choices=Result, blank=True)
    words = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["delivery", "number"], name="attempt_number_once")]

    def __str__(self) -> str:
        return f"try {self.number} of {self.delivery_id}"


class Receipt(models.Model):
    """The tool's proof: which record, what it kept, what it ignored."""

    delivery = models.OneToOneField(Delivery, on_delete=models.PROTECT, related_name="receipt")
    remote_id = models.CharField(max_length=120)
    number = models.CharField(max_length=120, blank=True)
    url = models.URLField(max_length=500, blank=True)
    kept = models.JSONField(default=dict)
    ignored = models.JSONField(default=list)
    note_ids = models.JSONField(default=list, help_text=_("Remote ids of our own notes, to know their echo"))
    received_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["remote_id"], name="receipt_by_remote")]

    def __str__(self) -> str:
        return self.number or self.remote_id
