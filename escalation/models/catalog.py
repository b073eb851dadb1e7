"""What does a connection's tool know by name, and what have people taught us about it?"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from escalation.linking.entries import EntryKind
from escalation.models.connection import Connection


class CatalogRow(models.Model):
    """One catalog entry, as last synced."""

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="catalog")
    remote_id = models.CharField(max_length=120)
    kind = models.CharField(max_length=32, choices=[(kind, kind.replace("_", " ")) for kind in EntryKind])
    name = models.CharField(max_length=255)
    description = models.TextField(blank=True)
    aliases = ArrayField(models.CharField(max_length=255), default=list, blank=True)
    hosts = ArrayField(models.CharField(max_length=255), default=list, blank=True)
    related = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)
    synced_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["connection", "remote_id"], name="catalog_entry_once"),
        ]
        indexes = [
            models.Index(fields=["connection", "kind", "name"], name="catalog_by_name"),
            # Asked after every pause in typing, of what is about to be suggested; there are few of them.
            models.Index(
                fields=["connection", "remote_id"],
                condition=models.Q(retired_at__isnull=False),
                name="catalog_retired",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CatalogPass(models.Model):
    """How far the reading of a connection's catalog has come, so that it can go on where it stopped."""

    connection = models.OneToOneField(Connection, on_delete=models.CASCADE, related_name="catalog_pass")
    whole = models.BooleanField(default=True, help_text=_("Reads everything, so that what is gone is seen"))
    cursor = models.CharField(max_length=255, blank=True, help_text=_("Where it goes on; blank at the start"))
    began_at = models.DateTimeField()
    moved_at = models.DateTimeField(help_text=_("When the last page was kept"))
    finished_at = models.DateTimeField(null=True, blank=True, help_text=_("Blank while it is under way"))
    entries_read = models.PositiveIntegerField(default=0)
    entries_changed = models.PositiveIntegerField(default=0)
    whole_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When the last reading of everything began that came to its end")
    )
    current_to = models.DateTimeField(null=True, blank=True, help_text=_("Changes up to here have been read"))

    class Meta:
        verbose_name_plural = "catalog passes"

    def __str__(self) -> str:
        return f"catalog of {self.connection_id}"


class Lesson(models.Model):
    """A text that ended up as these entries: a confirmation or a correction by a person."""

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="lessons")
    reference = models.CharField(max_length=120)
    text = models.TextField()
    remote_ids = ArrayField(models.CharField(max_length=120))
    learned_at = models.DateTimeField(help_text=_("When it was confirmed or corrected"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["connection", "reference"], name="lesson_once")]
        indexes = [models.Index(fields=["connection", "id"], name="lesson_in_order")]

    def __str__(self) -> str:
        return self.reference
