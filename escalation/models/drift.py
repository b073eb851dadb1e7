"""What of a tool no longer fits how we translate into it?

One row for each thing found, for as long as it is so: the check that no longer finds it ends the row.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from escalation.models.connection import Connection
from escalation.models.route import Route


class DriftManager(models.Manager["Drift"]):
    """Findings, and those that a delivery makes: no check could see them, for the tool says nothing."""

    def keep(
        self, route: Route, found: Iterable["Drift"], *, kinds: "Collection[Drift.Kind]", at: datetime
    ) -> "list[Drift]":
        """This will keep what a look found of these kinds, and end what is no longer so; returns what is new.

        What stood already keeps its first date and takes the words of today. ``found`` are unsaved rows,
        without their route.
        """
        standing = {row.key: row for row in self.filter(route=route, over_at=None, kind__in=kinds)}
        wanted = {each.key: each for each in found}
        for key, row in standing.items():
            each = wanted.get(key)
            if each is None:
                row.over_at = at
                row.save(update_fields=["over_at"])
            elif (row.what, row.fix) != (each.what, each.fix):
                row.what, row.fix = each.what, each.fix
                row.save(update_fields=["what", "fix"])
        fresh = [each for key, each in wanted.items() if key not in standing]
        for each in fresh:
            each.route, each.connection_id = route, route.target_id
        # Two looks may find the same at once: the schedules, a person's press, two deliveries.
        self.bulk_create(fresh, ignore_conflicts=True)
        return fresh

    def note_ignored(
        self, route: Route, fields: Iterable[str], *, record: str, at: datetime
    ) -> "list[Drift]":
        """This will keep which fields the route's newest record lost on the way in; returns the new ones.

        What it kept is over.
        """
        rows = [
            Drift(
                kind=Drift.Kind.FIELD_IGNORED,
                field=each[:120],
                what=f"The tool did not keep {each}: {record} was made without it, and nobody was told."[
                    :500
                ],
                fix=f"Let the integration user write {each}, or take it out of the route's rules. The next "
                "record that keeps it ends this.",
                since=at,
            )
            for each in fields
        ]
        return self.keep(route, rows, kinds=(Drift.Kind.FIELD_IGNORED,), at=at)


class Drift(models.Model):
    """One finding of the drift check, or of a delivery."""

    class Kind(models.TextChoices):
        FIELD_GONE = "field_gone", _("Field gone")
        FIELD_REQUIRED = "field_required", _("Field newly required")
        CHOICE_GONE = "choice_gone", _("Value no longer offered")
        CHOICE_RENAMED = "choice_renamed", _("Value renamed")
        ENTRY_RETIRED = "entry_retired", _("Catalog entry retired")
        RIGHT_MISSING = "right_missing", _("Permission missing")
        FIELD_IGNORED = "field_ignored", _("Field not kept")
        LINKS_FALLING = "links_falling", _("Links stand less often")
        LOSSES_RISING = "losses_rising", _("More is lost")
        LAG_GROWING = "lag_growing", _("Webhooks come later")

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="drifts")
    route = models.ForeignKey(Route, on_delete=models.CASCADE, related_name="drifts")
    kind = models.CharField(max_length=16, choices=Kind)
    field = models.CharField(max_length=120, help_text=_("The tool's field"))
    value = models.CharField(max_length=255, blank=True, help_text=_("The value in question, if it is one"))
    what = models.CharField(max_length=500)
    fix = models.CharField(max_length=500)
    since = models.DateTimeField()
    over_at = models.DateTimeField(null=True, blank=True)
    known_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,  # looked for by nobody, and an index would hold up whoever writes
        help_text=_("Who ended it by saying that it is known"),
    )

    objects = DriftManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["route", "kind", "field", "value"],
                condition=Q(over_at=None),
                name="drift_open_once",
            )
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes it the same finding tomorrow."""
        return str(self.kind), self.field, self.value
