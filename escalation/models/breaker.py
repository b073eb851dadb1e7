"""Is a connection left alone for now, since when, until when, and why?

One row for each connection that has ever failed, so that every worker and every page sees the same. Times
are the database's own: workers whose clocks differ still agree on when a pause is over.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from time import monotonic
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from escalation.transport import breaker
from escalation.transport.budget import rest_s
from escalation.transport.errors import Ambiguous, Limited, Paused, TransportError, Unavailable


class BreakerQuerySet(models.QuerySet["Breaker"]):
    """Breakers by what they let pass."""

    def pausing(self) -> "BreakerQuerySet":
        """This will keep those that let nothing pass right now."""
        return self.filter(paused_until__gt=Now())

    def on_trial(self) -> "BreakerQuerySet":
        """This will keep those whose pause is over and whose tool has not yet proven itself."""
        return self.filter(cause=Breaker.Cause.AWAY, paused_until__lte=Now())

    def slow(self) -> "BreakerQuerySet":
        """This will keep those whose tool took its time a moment ago."""
        return self.filter(slow_until__gt=Now())


class Breaker(models.Model):
    """What is known of a connection's failures in a row."""

    class Cause(models.TextChoices):
        AWAY = "away", _("The tool does not answer")
        LIMIT = "limit", _("The tool's rate limit")

    connection = models.OneToOneField(
        "escalation.Connection", on_delete=models.CASCADE, primary_key=True, related_name="breaker"
    )
    failures = models.PositiveIntegerField(default=0, help_text=_("In a row, over all workers"))
    pauses = models.PositiveIntegerField(default=0, help_text=_("Since the last answer"))
    cause = models.CharField(max_length=8, choices=Cause, blank=True)
    reason = models.TextField(blank=True, help_text=_("What was said last"))
    paused_at = models.DateTimeField(null=True, blank=True)
    paused_until = models.DateTimeField(null=True, blank=True)
    slow_until = models.DateTimeField(
        null=True, blank=True, help_text=_("Until then one delivery at a time: a call took its time")
    )

    objects = BreakerQuerySet.as_manager()

    def __str__(self) -> str:
        return self.words or f"{self.connection} is called as usual"

    @property
    def words(self) -> str:
        """Why and until when nothing is called, for people; "" when nothing was paused."""
        if self.paused_until is None:
            return ""
        until = f"{self.paused_until:%H:%M:%S} UTC"
        if self.cause == self.Cause.LIMIT:
            return f"Calls rest until {until}, for the tool's rate limit is nearly or wholly used up."
        return f"Calls pause until {until}, for {self.failures} in a row came to nothing. {self.reason}"


class BreakerGate:
    """The gate of one connection's session (``transport.gate.Gate``); as short-lived as the session."""

    def __init__(self, connection: UUID, *, trial: bool = False) -> None:
        """``trial`` lets a person's test pass although calls pause."""
        self._rows = Breaker.objects.filter(pk=connection)
        self._connection = connection
        self._since: float | None = None  # when the call that is under way began
        self._begin(passes=trial, trial=trial)

    def begin(self, *, well: bool) -> None:
        """This will begin anew for another use; ``well``: it was just read that nothing has failed."""
        self._begin(passes=well, trial=False)

    def _begin(self, *, passes: bool, trial: bool) -> None:
        self._passes = passes
        self._first = trial  # ours is the call that finds out whether the tool is back
        self._spoilt = trial  # there may be something that an answer would end

    def enter(self) -> None:
        """This will raise ``Paused`` while calls pause; when the pause is over, one caller goes first."""
        self._ask_leave()
        self._since = monotonic()

    def _ask_leave(self) -> None:
        if self._passes:
            return
        row: Any = self._rows.annotate(here=Now()).first()
        self._passes = True
        if row is None or (row.paused_until is None and not row.failures):
            return
        self._spoilt = True
        if row.paused_until is None:
            return
        if row.paused_until > row.here:
            self._turn_away(row.words, (row.paused_until - row.here).total_seconds())
        if row.cause == Breaker.Cause.AWAY and not self._goes_first(row.paused_until):
            self._turn_away("Another call tries right now whether the tool is back.", breaker.TRIAL_S)

    def failed(self, error: TransportError) -> None:
        """This will count a failure, and begin a pause when it is one too many."""
        self._note_pace()
        match error:
            case Paused():
                return
            case Limited():
                if error.everywhere:
                    wait = breaker.LIMITED_S if error.wait_s is None else error.wait_s
                    self._rest(str(error), wait)
            case Unavailable() | Ambiguous():
                self._count(error)
            case _:
                # A refusal is an answer: whoever says no is there.
                self.answered({})

    def answered(self, headers: Mapping[str, str]) -> None:
        """This will end what was counted, or begin a rest before the tool grants nothing any more."""
        self._note_pace()
        wait = rest_s(headers)
        if wait is not None:
            self._rest("The tool grants few more calls for now.", wait)
        elif self._spoilt:
            self._spoilt = False
            # A late answer to an older call does not end a rest that the tool has asked for since.
            resting = models.Q(cause=Breaker.Cause.LIMIT, paused_until__gt=Now())
            self._rows.exclude(resting).update(
                failures=0, pauses=0, cause="", reason="", paused_at=None, paused_until=None
            )

    def _note_pace(self) -> None:
        """Keep that the tool is slow, where it is; written seldom, however many calls say so."""
        took, self._since = monotonic() - (self._since or monotonic()), None
        if took < breaker.SLOW_S:
            return
        Breaker.objects.bulk_create([Breaker(pk=self._connection)], ignore_conflicts=True)
        soon = Now() + timedelta(seconds=breaker.SLOW_FOR_S / 2)
        rows = self._rows.filter(models.Q(slow_until=None) | models.Q(slow_until__lt=soon))
        rows.update(slow_until=Now() + timedelta(seconds=breaker.SLOW_FOR_S))

    def _turn_away(self, words: str, wait_s: float) -> None:
        self._passes = False
        raise Paused(words, wait_s=wait_s)

    def _goes_first(self, paused_until: datetime) -> bool:
        ours = self._rows.filter(paused_until=paused_until)
        self._first = bool(ours.update(paused_until=Now() + timedelta(seconds=breaker.TRIAL_S)))
        return self._first

    def _count(self, error: Unavailable | Ambiguous) -> None:
        self._spoilt = True
        with transaction.atomic():
            row = self._locked()
            row.failures += 1
            row.reason = str(error)
            wait = breaker.pause_s(failures=row.failures, pauses=row.pauses)
            # Calls that were under way when the pause began fail into it; they do not make it longer.
            if wait is not None and (self._first or row.paused_until is None or row.paused_until <= row.here):
                row.pauses += 1
                self._first = False  # one trial, one longer pause: a read of it may be asked twice
                self._pause(row, Breaker.Cause.AWAY, max(wait, getattr(error, "wait_s", None) or 0.0))
            row.save()

    def _rest(self, words: str, wait_s: float) -> None:
        with transaction.atomic():
            row = self._locked()
            row.reason = words
            self._pause(row, Breaker.Cause.LIMIT, wait_s)
            row.save()

    def _locked(self) -> Any:
        """The row, made where there is none, with the database's time as ``here``."""
        Breaker.objects.bulk_create([Breaker(pk=self._connection)], ignore_conflicts=True)
        return self._rows.select_for_update().annotate(here=Now()).get()

    def _pause(self, row: Any, cause: Breaker.Cause, wait_s: float) -> None:
        row.cause, row.paused_at = cause, row.paused_at or row.here
        row.paused_until = row.here + timedelta(seconds=wait_s)
        self._passes = self._first = False  # the session that saw it obeys it too
