"""By which words is a handoff found, and which views of the queue does a person keep?

PostgreSQL keeps ``words`` itself, by triggers of the migration that made the table, so that whatever writes
a handoff or a line of its timeline is found without having to know of search.
"""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from escalation.models.handoff import Handoff


class SearchText(models.Model):
    """Every word of one confirmed handoff: what was captured, its numbers, what was written since."""

    handoff = models.OneToOneField(
        Handoff, on_delete=models.CASCADE, primary_key=True, related_name="search_text"
    )
    words = SearchVectorField()

    class Meta:
        indexes = [GinIndex(fields=["words"], name="search_words")]

    def __str__(self) -> str:
        return f"words of {self.handoff_id}"


class SavedView(models.Model):
    """One person's named choice of filters."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=500, blank=True, help_text=_("The filters, as they stand in a link"))
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="saved_view_once")]

    def __str__(self) -> str:
        return self.name
