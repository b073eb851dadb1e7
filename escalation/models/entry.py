"""What happened, line by line? The timeline is append-only: nothing here is changed or removed."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from escalation.models.handoff import Handoff


class Entry(models.Model):
    """One line of a handoff's timeline; ``sequence`` counts per handoff without a gap."""

    class Kind(models.TextChoices):
        STARTED = "started", _("Started")
        JOINED = "joined", _("Joined by another ticket")
        CONFIRMED = "confirmed", _("Confirmed and queued")
        RECALLED = "recalled", _("Called back")
        AMENDED = "amended", _("Amended after sending")
        DELIVERED = "delivered", _("Delivered")
        FIELD_IGNORED = "field_ignored", _("The tool did not take a field")
        DELAYED = "delayed", _("Delayed")
        STUCK = "stuck", _("Could not be delivered")
        RETRIED = "retried", _("Tried again")
        SEEN = "seen", _("Seen")
        ACCEPTED = "accepted", _("Accepted")
        READ_BACK = "read_back", _("Read back")
        DIAGNOSING = "diagnosing", _("Started diagnosing")
        WAITING = "waiting", _("On hold")
        WENT_ON = "went_on", _("Work goes on")
        NOTE = "note", _("Note from the receiver")
        STATE = "state", _("State changed")
        ASSIGNED = "assigned", _("Assigned")
        CORRECTED = "corrected", _("Filed under something else")
        RESOLVED = "resolved", _("Resolved")
        REOPENED = "reopened", _("Reopened")
        BOUNCED = "bounced", _("Returned")
        REASON = "reason", _("Said why it was returned")
        LEARNED = "learned", _("Cause and fix said")
        PROMISED = "promised", _("Next update promised")
        SILENT = "silent", _("Silent past the promise")
        ASKED = "asked", _("Asked back")
        ANSWERED = "answered", _("Answered")
        TOLD = "told", _("Copied for the user")
        NOTE_SENT = "note_sent", _("Added to the source ticket")
        POSTED = "posted", _("Posted in the team's channel")
        REPLIED = "replied", _("Sent to the user")
        CONSULTED = "consulted", _("Asked another team first")
        ADVISED = "advised", _("Another team answered")
        FILE_SENT = "file_sent", _("File added to the record")
        FILE_SEEN = "file_seen", _("File added in the tool")
        STATUS_SENT = "status_sent", _("Status carried to another tool")
        UNKNOWN = "unknown", _("Something we could not read")

    handoff = models.ForeignKey(Handoff, on_delete=models.PROTECT, related_name="entries")
    sequence = models.PositiveIntegerField()
    kind = models.CharField(max_length=16, choices=Kind)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    who = models.CharField(max_length=160, blank=True, help_text=_("A name in a tool, when nobody of ours"))
    tool = models.CharField(max_length=32, blank=True)
    text = models.TextField(blank=True, help_text=_("The original words"))
    sayable = models.TextField(blank=True, help_text=_("What can be said to the user"))
    certain = models.BooleanField(default=True, help_text=_("False where the sayable line is only neutral"))
    details = models.JSONField(default=dict, blank=True)
    happened_at = models.DateTimeField(help_text=_("When it happened, by the tool's clock"))
    recorded_at = models.DateTimeField(help_text=_("When we learned of it"))

    class Meta:
        verbose_name_plural = "entries"
        constraints = [models.UniqueConstraint(fields=["handoff", "sequence"], name="entry_sequence_once")]
        indexes = [models.Index(fields=["handoff", "kind"], name="entry_by_kind")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.handoff_id} #{self.sequence})"
