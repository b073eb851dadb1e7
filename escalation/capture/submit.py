"""How does a draft leave the building?

One transaction: snapshot, what is owed to the tool, the line on the timeline. What is owed are the
bytes of the very record that was reviewed: if it came out different meanwhile, nothing is sent and the
technician looks again.
"""

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction

from escalation.capture import reviewed
from escalation.capture.asked import template_of
from escalation.capture.holds import holds_of, in_words, sent_past
from escalation.capture.owed import owe_rest
from escalation.capture.preview import stated, translate
from escalation.catalog.learn import learn
from escalation.catalog.spoken import technical_text
from escalation.guard.advice import lines_of
from escalation.knowledge.codec import to_json
from escalation.knowledge.fingerprint import state_fingerprint
from escalation.knowledge.state import KnowledgeState
from escalation.lifecycle.table import NotAllowedNow, after
from escalation.lifecycle.words import Move, Status
from escalation.models import Entry, Handoff, Lane, RuleSet, Snapshot
from escalation.models.insert import Insert
from escalation.models.prepared import Prepared
from escalation.outbox.files import owe_files
from escalation.outbox.links import owe_links
from escalation.outbox.owe import owe_record
from escalation.outbox.owed_rest import owe_rest_note
from escalation.timeline.record import Line, record
from escalation.translation.codec import to_json as translation_to_json
from escalation.translation.draft import Translation
from escalation.translation.rules import Rules
from escalation.translation.sections import title

AS_GOOD_AS_NAMED = 0.9
SNAPSHOT: Final = Insert(Snapshot)
LOCKED: Final = Prepared(lambda handoff: Handoff.objects.select_for_update().filter(pk=handoff), handoff=UUID)


class Changed(Exception):
    """The record is no longer the one that was reviewed; the technician looks again."""


@transaction.atomic
def submit(*, handoff: Handoff, fingerprint: str, by: User, now: datetime, reason: str = "") -> Handoff:
    """This will confirm the draft and owe it to the receiver's tool.

    ``reason`` says why it goes past what holds it up; it is kept on the timeline. Raises ``Held``,
    ``Changed``, or ``NotAllowedNow`` when it was sent already.
    """
    return submit_locked(locked=_locked(handoff), fingerprint=fingerprint, by=by, now=now, reason=reason)


def submit_locked(*, locked: Handoff, fingerprint: str, by: User, now: datetime, reason: str = "") -> Handoff:
    """This will do what ``submit`` does for whoever has locked the draft in a transaction already.

    What it raises, it raises before anything is written.
    """
    if locked.author_id != by.pk:
        raise NotAllowedNow("Only the author can send a draft.")
    status = after(Status(locked.status), Move.CONFIRM)
    state = stated(locked)
    past = sent_past(holds_of(locked, state), reason=reason)
    rule_set = locked.route.rule_set_in_force()
    rules = rule_set.rules if rule_set else Rules()
    seen = reviewed.still(locked, reviewed.basis_of(locked, state=state, rules=rules))
    translation = seen or translate(handoff=locked, state=state, rules=rules)
    if translation.draft.fingerprint() != fingerprint:
        raise Changed("The record has changed since you looked at it. Please look once more before sending.")
    _freeze(locked, state, translation, rule_set, by=by, now=now)
    changed = _confirm(locked, status, state, now=now)
    _owe(locked, state, translation, now=now)
    _learn(locked, state, translation, now=now)
    line = Line(
        kind=Entry.Kind.CONFIRMED,
        happened_at=now,
        by=by,
        tool=locked.route.target.tool,
        text=in_words(past),
        details=past | _looked_like(locked, state),
    )
    record(handoff=locked, line=line, now=now, also=changed)
    return locked


def _looked_like(handoff: Handoff, state: KnowledgeState) -> dict[str, Any]:
    # Written down now, for the figures: what counts as empty words may be another list tomorrow.
    stated, junk = lines_of(state)
    return {"stated": stated, "junk": junk, "lane": str(handoff.lane)}


def _locked(handoff: Handoff) -> Handoff:
    (locked,) = LOCKED.rows(handoff=handoff.pk)
    # What the caller has read around it need not be read again; where it is another by now, it is.
    if locked.route_id == handoff.route_id:
        locked.route = handoff.route
    if locked.template_id is not None and locked.template_id == handoff.template_id:
        locked.template = handoff.template
    return locked


def _confirm(handoff: Handoff, status: Status, state: KnowledgeState, *, now: datetime) -> tuple[str, ...]:
    """Change the row; returns the fields to write."""
    handoff.status, handoff.confirmed_at, handoff.state = status, now, to_json(state)
    if not handoff.summary.strip():
        # Sent without one: lists call it what the record is called.
        handoff.summary = title(state, limit=255).text
    if handoff.lane == Lane.URGENT:
        owe_rest(handoff, state=state, now=now)
    return ("status", "confirmed_at", "state", "summary", "owed", "owed_due_at")


def _owe(handoff: Handoff, state: KnowledgeState, translation: Translation, *, now: datetime) -> None:
    connection, wait = handoff.route.target, timedelta(seconds=handoff.route.recall_seconds)
    owe_record(handoff=handoff, connection=connection, draft=translation.draft, now=now, leaves_at=now + wait)
    owe_links(handoff=handoff, connection=connection, payload=translation.draft.payload(), now=now)
    owe_rest_note(handoff=handoff, now=now)
    if state.files:
        owe_files(handoff=handoff, connection=connection, now=now)


def _freeze(  # noqa: PLR0913 - a snapshot's row, named
    handoff: Handoff,
    state: KnowledgeState,
    translation: Translation,
    rule_set: RuleSet | None,
    *,
    by: User,
    now: datetime,
) -> None:
    SNAPSHOT.create(
        handoff=handoff,
        state=to_json(state),
        state_fingerprint=state_fingerprint(state),
        translation=translation_to_json(translation),
        template=template_of(handoff),
        rule_set=rule_set,
        draft=handoff.state,
        confirmed_by=by,
        confirmed_at=now,
    )


def _learn(handoff: Handoff, state: KnowledgeState, translation: Translation, *, now: datetime) -> None:
    # What a person chose, and what was as good as named. A field that was merely left as it was filled
    # is no lesson: the index would learn its own guesses.
    learn(
        connection=handoff.route.target,
        reference=str(handoff.pk),
        text=technical_text(state),
        remote_ids=(
            each.entry or each.value
            for each in translation.draft.fields
            if (each.entry or isinstance(each.value, str))
            and (each.name in handoff.answers or (each.score or 0) >= AS_GOOD_AS_NAMED)
        ),
        now=now,
    )
