"""Which files travel with a handoff, and where are their bytes?

In the database: one backup holds everything, and a file that is confirmed cannot be missing from a disk.
The bytes have a table of their own, so that a list of files never reads them. A file is never changed;
one that a person takes away keeps its row with ``removed_at`` and can be put back.
"""

import builtins
import uuid
from datetime import datetime
from typing import Final

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.db import models
from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from escalation.models.connection import Connection
from escalation.models.handoff import Handoff

LARGEST_FILE: Final = 10 * 1024 * 1024  # bytes; ServiceNow, Jira and Zendesk all take this by default
LARGEST_TOGETHER: Final = 25 * 1024 * 1024  # bytes, of one handoff


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    """Attachments, as a person may see them."""

    def visible_to(self, user: User | AnonymousUser) -> "AttachmentQuerySet":
        """This will keep the files of handoffs that the person may see."""
        return self.filter(handoff__in=Handoff.objects.visible_to(user).values("pk"))

    def travelling(self) -> "AttachmentQuerySet":
        """This will keep what goes out with the handoff, in the order it was added."""
        sent = Q(amendment=None) | Q(amendment__sent_at__isnull=False)
        return self.filter(sent, removed_at=None).order_by("added_at", "pk")

    def together(self) -> int:
        """This will return the bytes of these files together."""
        return self.aggregate(total=Sum("size"))["total"] or 0


class Attachment(models.Model):
    """One file of a handoff, as it was stored: what had to be taken out is out already."""

    # A row's identity is drawn here and nowhere below the pages.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)  # noqa: TID251
    handoff = models.ForeignKey(Handoff, on_delete=models.PROTECT, related_name="attachments")
    item = models.CharField(
        max_length=64, blank=True, help_text=_("The item of the state that it is evidence of")
    )
    name = models.CharField(max_length=255, help_text=_("As the person or the tool named it"))
    content_type = models.CharField(max_length=120, help_text=_("Found by its content, not by its name"))
    size = models.PositiveIntegerField(help_text=_("Bytes, as stored"))
    sha256 = models.CharField(max_length=64, help_text=_("Of the bytes as stored"))
    stripped = models.CharField(
        max_length=255, blank=True, help_text=_("What was taken out before it was stored, in words")
    )
    seen_in = models.ForeignKey(
        Connection,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The tool it was fetched from, when nobody uploaded it"),
    )
    remote_id = models.CharField(max_length=120, blank=True, help_text=_("Its id in that tool"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    added_at = models.DateTimeField()
    amendment = models.ForeignKey(
        "Amendment",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="files",
        db_index=False,  # it has one that was built without a lock
        help_text=_("The correction it comes with; it travels once that is sent"),
    )
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(size__lte=LARGEST_FILE), name="attachment_not_too_large"),
            models.UniqueConstraint(
                fields=["handoff", "seen_in", "remote_id"], condition=~Q(remote_id=""), name="fetched_once"
            ),
        ]
        indexes = [
            models.Index(fields=["handoff", "added_at"], name="attachment_of_handoff"),
            models.Index(
                fields=["amendment"], name="attachment_of_amendment", condition=Q(amendment__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def body(self) -> builtins.bytes:
        """The bytes as stored; one query."""
        return builtins.bytes(AttachmentBytes.objects.only("body").get(attachment_id=self.pk).body)

    def take_away(self, *, at: datetime) -> None:
        """This will keep the file from travelling; ``put_back`` undoes it."""
        self.removed_at = at
        self.save(update_fields=["removed_at"])

    def put_back(self) -> None:
        """This will let the file travel again."""
        self.removed_at = None
        self.save(update_fields=["removed_at"])


class AttachmentBytes(models.Model):
    """The bytes of one file, written once."""

    attachment = models.OneToOneField(
        Attachment, on_delete=models.CASCADE, primary_key=True, related_name="bytes"
    )
    body = models.BinaryField()

    class Meta:
        verbose_name_plural = "attachment bytes"

    def __str__(self) -> str:
        return f"bytes of {self.attachment_id}"
