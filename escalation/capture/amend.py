"""How does a sender correct or complete what has left the building?

Never by changing it: the snapshot stays as it was confirmed. An amendment is the whole state as it should
read now; what is sent is the difference, as one internal note on the same record, and the timeline holds
it. Until then it is a draft of its own, saved like any other, one at a time.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from escalation.capture.amend_files import digests, file_changes, owe_amendment_files
from escalation.capture.draft import MOST_ITEMS, MOST_SECONDS, Edit, TooMuch, state_of, zone_of
from escalation.capture.holds import in_words, secrets_in, sent_past
from escalation.capture.owed import settle_rest
from escalation.capture.reading import understood
from escalation.capture.submit import Changed
from escalation.capture.window import already_saved, remember
from escalation.knowledge.codec import from_json, to_json
from escalation.knowledge.fingerprint import fingerprint, state_fingerprint
from escalation.knowledge.state import KnowledgeState
from escalation.knowledge.words import Part
from escalation.lifecycle.table import NotAllowedNow
from escalation.lifecycle.words import OPEN, Status
from escalation.models import Amendment, Entry, Handoff
from escalation.outbox.owe import Note, owe_note
from escalation.timeline.record import Line, record
from escalation.translation.amending import Change, changes, note

# As long as somebody works on it, or has sent it back for something that was wrong in it.
AMENDABLE = OPEN | {Status.BOUNCED}


class NothingNew(Exception):
    """The amendment says what was said already; the text says so."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Outgoing:
    """What an amendment would send, as it stands: the differences and the exact note."""

    changes: tuple[Change, ...]
    text: str
    digests: tuple[str, ...] = ()  # of the files that come along

    @property
    def fingerprint(self) -> str:
        """By this a press names what was looked at."""
        return fingerprint({"text": self.text, "files": list(self.digests)})


@transaction.atomic
def begin(*, handoff: Handoff, by: User, now: datetime) -> Amendment:
    """This will open an amendment, or return the one that is open; raises ``NotAllowedNow``."""
    locked = _locked(handoff)
    open_one = locked.amendments.filter(sent_at__isnull=True).first()
    if open_one is not None:
        if open_one.by_id != by.pk:
            raise NotAllowedNow("A colleague is writing a correction just now. Ask them, or wait for it.")
        return open_one
    before = state_of(locked)
    return Amendment.objects.create(
        handoff=locked,
        number=locked.amendments.count() + 1,
        kind=Amendment.Kind.SUPPLEMENT if locked.owed else Amendment.Kind.CORRECTION,
        state=to_json(_with_suggestions(locked, before)),
        before_fingerprint=state_fingerprint(before),
        by=by,
        created_at=now,
        saved_at=now,
    )


@transaction.atomic
def save(*, amendment: Amendment, edit: Edit, by: User, now: datetime) -> Amendment:
    """This will save the amendment's draft; raises ``Stale``, ``TooMuch`` or ``NotAllowedNow``."""
    locked = _open(amendment, by)
    if already_saved(locked, revision=edit.revision, request=edit.request):
        return locked
    if sum(1 for _ in edit.state.items()) > MOST_ITEMS:
        raise TooMuch
    handoff = amendment.handoff
    old, zone = from_json(locked.state), zone_of(handoff)
    locked.state = to_json(understood(edit.state, old=old, said_at=locked.created_at, zone=zone))
    locked.active_seconds = min(MOST_SECONDS, max(locked.active_seconds, edit.active_seconds))
    remember(locked, request=edit.request)
    locked.saved_at = now
    locked.save(update_fields=["state", "active_seconds", "revision", "saved_from", "saved_at"])
    return locked


def outgoing(amendment: Amendment) -> Outgoing:
    """This will return what would be sent if the amendment were sent as it stands."""
    handoff = amendment.handoff
    found = (
        *changes(state_of(handoff), from_json(amendment.state), today=amendment.created_at.date()),
        *file_changes(amendment),
    )
    who = amendment.by.get_full_name() or amendment.by.get_username()
    when = amendment.created_at.astimezone(UTC)
    text = note(
        found,
        heading=f"{amendment.get_kind_display().upper()} {amendment.number} to what was handed off",
        signed=f"{who}, {handoff.route.sender.name}, {when:%Y-%m-%d %H:%M} UTC. "
        "What was confirmed before stays readable in Baton.",
    )
    return Outgoing(changes=found, text=text, digests=tuple(digests(amendment)))


@transaction.atomic
def send(*, amendment: Amendment, fingerprint: str, by: User, now: datetime, reason: str = "") -> Handoff:
    """This will send exactly the note that was looked at; ``reason`` says why a secret goes along.

    Raises ``Changed``, ``NothingNew``, ``Held`` or ``NotAllowedNow``.
    """
    handoff = _locked(amendment.handoff)
    locked = _open(amendment, by)
    locked.handoff = handoff
    leaving = outgoing(locked)
    if not leaving.changes:
        raise NothingNew(
            "Nothing is different from what was sent. Change, add or remove a line, or add a file."
        )
    if leaving.fingerprint != fingerprint:
        raise Changed("This has changed since you looked at it. Please look once more before sending.")
    state = from_json(locked.state).stated()
    past = sent_past(secrets_in(state, target=handoff.route.target), reason=reason)
    _owe(locked, leaving, by=by, now=now)
    _restate(handoff, state)
    line = Line(
        kind=Entry.Kind.AMENDED,
        happened_at=now,
        by=by,
        tool=handoff.route.target.tool,
        text="\n\n".join(filter(None, (leaving.text, in_words(past)))),
        details=past | {"number": locked.number, "what": f"a {locked.get_kind_display().lower()}"},
    )
    record(handoff=handoff, line=line, now=now)
    return handoff


@transaction.atomic
def drop(*, amendment: Amendment, by: User) -> None:
    """This will give up an amendment that was not sent."""
    _open(amendment, by).delete()


def _owe(amendment: Amendment, leaving: Outgoing, *, by: User, now: datetime) -> None:
    handoff = amendment.handoff
    owed = Note(remote_id=handoff.remote_id, text=leaving.text, by=by, once=f"amendment {amendment.number}")
    amendment.delivery = owe_note(handoff=handoff, connection=handoff.route.target, note=owed, now=now)
    amendment.text, amendment.sent_at = leaving.text, now
    amendment.save(update_fields=["delivery", "text", "sent_at"])
    owe_amendment_files(amendment=amendment, now=now)


def _restate(handoff: Handoff, state: KnowledgeState) -> None:
    handoff.state, handoff.summary = to_json(state), state.summary[:255]
    settle_rest(handoff, state=state)
    handoff.save(update_fields=["state", "summary", "owed", "owed_due_at"])


def _with_suggestions(handoff: Handoff, sent: KnowledgeState) -> KnowledgeState:
    """The first amendment of an urgent handoff goes on where its form was left, suggestions and all."""
    kept = handoff.snapshot.draft
    if not handoff.owed or not kept or handoff.amendments.exists():
        return sent
    form = from_json(kept)
    parts: dict[str, Any] = {part.value: form.part(part) for part in Part}
    return replace(sent, **parts)


def _locked(handoff: Handoff) -> Handoff:
    rows = Handoff.objects.select_for_update(of=("self",))
    locked = rows.select_related("route__sender", "route__target", "snapshot").get(pk=handoff.pk)
    if locked.status not in AMENDABLE:
        raise NotAllowedNow("This handoff is over: nobody would read a correction of it.")
    return locked


def _open(amendment: Amendment, by: User) -> Amendment:
    rows = Amendment.objects.select_for_update(of=("self",)).select_related("by")
    locked = rows.filter(pk=amendment.pk).first()
    if locked is None:
        raise NotAllowedNow("This correction was given up in another window. Nothing of it was sent.")
    if locked.by_id != by.pk:
        raise NotAllowedNow("Only whoever began this correction can change it.")
    if locked.sent_at is not None:
        raise NotAllowedNow("This correction has been sent; what was confirmed no longer changes.")
    return locked
