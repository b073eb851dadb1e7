"""How does a draft leave the building?

One transaction: snapshot, what is owed to the tool, the line on the timeline. What is owed are the
bytes of the very record that was reviewed: if it came out different meanwhile, nothing is sent and the
technician looks again.
"""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from escalation.capture.draft import state_of
from escalation.capture.preview import rules_in_force, translate
from escalation.catalog.learn import learn
from escalation.catalog.links import technical_text
from escalation.knowledge.codec import to_json
from escalation.knowledge.fingerprint import state_fingerprint
from escalation.knowledge.state import KnowledgeState
from escalation.lifecycle.table import NotAllowedNow, after
from escalation.lifecycle.words import Move, Status
from escalation.models import Entry, Handoff, Snapshot, Template
from escalation.outbox.owe import owe_record
from escalation.timeline.record import Line, record
from escalation.translation.codec import to_json as translation_to_json
from escalation.translation.draft import Translation

AS_GOOD_AS_NAMED = 0.9


class Changed(Exception):
    """The record is no longer the one that was reviewed; the technician looks again."""


class Incomplete(Exception):
    """Something without which the receiver cannot start is missing; ``messages`` says what."""

    def __init__(self, messages: tuple[str, ...]) -> None:
        super().__init__(" ".join(messages))
        self.messages = messages


@transaction.atomic
def submit(*, handoff: Handoff, fingerprint: str, by: User, now: datetime) -> Handoff:
    """This will confirm the draft and owe it to the receiver's tool.

    Raises ``Incomplete``, ``Changed``, or ``NotAllowedNow`` when it was sent already.
    """
    locked = _locked(handoff)
    if locked.author_id != by.pk:
        raise NotAllowedNow("Only the author can send a draft.")
    status = after(Status(locked.status), Move.CONFIRM)
    state = state_of(locked).stated()
    _require(state)
    translation = translate(handoff=locked, state=state)
    if translation.draft.fingerprint() != fingerprint:
        raise Changed("The record has changed since you looked at it. Please look once more before sending.")
    locked.status, locked.confirmed_at, locked.state = status, now, to_json(state)
    locked.save(update_fields=["status", "confirmed_at", "state"])
    _freeze(locked, state, translation, by=by, now=now)
    owe_record(handoff=locked, connection=locked.route.target, draft=translation.draft, now=now)
    _learn(locked, state, translation, now=now)
    line = Line(kind=Entry.Kind.CONFIRMED, happened_at=now, by=by, tool=locked.route.target.tool)
    record(handoff=locked, line=line, now=now)
    return locked


def _locked(handoff: Handoff) -> Handoff:
    rows = Handoff.objects.select_for_update(of=("self",))
    return rows.select_related("route__sender", "route__receiver", "route__target").get(pk=handoff.pk)


def _require(state: KnowledgeState) -> None:
    missing = []
    if not state.summary.strip():
        missing.append("Say in one line what is wrong: it is the title Level Two reads first.")
    if not state.ask.strip():
        missing.append("Say what you need back: it is what Level Two answers.")
    if not any(state.items()):
        missing.append("Add at least one line of what you know: a fact, a result or a step you tried.")
    if missing:
        raise Incomplete(tuple(missing))


def _freeze(
    handoff: Handoff, state: KnowledgeState, translation: Translation, *, by: User, now: datetime
) -> None:
    templates = Template.objects.filter(route=handoff.route, published_at__isnull=False)
    Snapshot.objects.create(
        handoff=handoff,
        state=to_json(state),
        state_fingerprint=state_fingerprint(state),
        translation=translation_to_json(translation),
        template=templates.order_by("-version").first(),
        rule_set=rules_in_force(handoff.route)[0],
        confirmed_by=by,
        confirmed_at=now,
    )


def _learn(handoff: Handoff, state: KnowledgeState, translation: Translation, *, now: datetime) -> None:
    # What a person chose, and what was as good as named. A field that was merely left as it was filled
    # teaches nothing: the index would learn its own guesses.
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
