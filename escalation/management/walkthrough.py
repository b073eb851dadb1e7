"""How does one ticket go all the way, without a browser?

Plays both people of the first scene against running tools: Level One begins, accepts what was found,
reviews and sends; somebody at the receiver's tool writes a note; Level Two accepts and starts; the
note goes back into the source ticket. Every step waits, bounded, for what a person would wait for.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from escalation.capture import draft, prefill, preview, recall, submit
from escalation.guard.redaction import redact_state
from escalation.knowledge.state import Fact, KnowledgeState
from escalation.knowledge.words import Origin, Part, Standing
from escalation.models import Delivery, Entry, Handoff, Route
from escalation.outbox.owe import Note, owe_note
from escalation.practice import credentials
from escalation.reception import accept, see, start
from escalation.transport.credentials import Basic
from escalation.transport.opening import open_door

WAIT_S = 30.0
NOTE = (
    "Identified misconfigured CORS policy on API gateway, "
    "coordinating with infrastructure for emergency change approval"
)


class WentWrong(Exception):
    """Something did not happen that should have; the text says what."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Cast:
    """Who plays, and on which route."""

    route: Route
    level_one: User
    level_two: User


def play(reference: str, *, cast: Cast) -> Handoff:
    """This will play the whole scene with one ticket; raises ``WentWrong``."""
    handoff = send(reference, cast)
    _wait(lambda: _has(handoff, Entry.Kind.DELIVERED), "the record was not delivered", handoff)
    _compare(handoff)
    _answer(handoff)
    _wait(lambda: _has(handoff, Entry.Kind.NOTE), "the receiver's note did not come back", handoff)
    handoff.refresh_from_db()
    for verb in (see.see, accept.accept, start.start):
        handoff = verb(handoff=handoff, by=cast.level_two, now=timezone.now())
    if handoff.source_reference:
        _tell_the_source(handoff)
        source = handoff.route.source.tool
        # A ticket that is closed takes no note; then the page says so, and that is its right end.
        _wait(
            lambda: _has(handoff, Entry.Kind.NOTE_SENT, tool=source) or _has(handoff, Entry.Kind.STUCK),
            "the source ticket neither took nor refused the note",
            handoff,
        )
    return handoff


def send(reference: str, cast: Cast) -> Handoff:
    """This will begin, accept what was found, review and send, as Level One."""
    now, by = timezone.now, cast.level_one
    handoff = prefill.start_from_ticket(route=cast.route, reference=reference, by=by, now=now())
    # Secrets are masked, as the form's button does; without that the review would ask for a reason.
    state, _ = redact_state(_accepted(draft.state_of(handoff)))
    edit = draft.Edit(state=state, revision=handoff.revision, active_seconds=handoff.active_seconds)
    handoff = draft.save(handoff=handoff, edit=edit, by=by, now=now())
    reviewed = preview.preview(handoff=handoff).draft.fingerprint()
    sent = submit.submit(handoff=handoff, fingerprint=reviewed, by=by, now=now())
    return recall.release(handoff=sent, by=by, now=now())


def _accepted(state: KnowledgeState) -> KnowledgeState:
    """Accept every suggestion; a ticket that says nothing gets the one fact that there is."""
    parts: dict[str, Any] = {
        part.value: tuple(replace(item, origin=Origin.CONFIRMED) for item in state.part(part))
        for part in Part
    }
    if not any(parts.values()):
        said = Fact(
            id="only", statement=state.summary or "The ticket has no text", standing=Standing.REPORTED
        )
        parts[Part.FACTS.value] = (said,)
    summary = state.summary or "A ticket without a subject"
    return replace(state, summary=summary, ask=state.ask or "Find out what is wrong", **parts)


def _compare(handoff: Handoff) -> None:
    """The record in the tool must hold, field by field, the bytes that were confirmed."""
    delivery = Delivery.objects.select_related("receipt").get(handoff=handoff, kind=Delivery.Kind.CREATE)
    confirmed = handoff.snapshot.translation["draft"]["fields"]
    kept = delivery.receipt.kept
    differing = [
        field["label"]
        for field in confirmed
        if field["name"] in kept and kept[field["name"]] != field["value"]
    ]
    if differing or delivery.receipt.ignored:
        raise WentWrong(f"the record differs in {', '.join([*differing, *delivery.receipt.ignored])}")


def _answer(handoff: Handoff) -> None:
    handoff.refresh_from_db()
    target = handoff.route.target
    door = open_door(
        base_url=target.base_url,
        credentials=Basic(user=credentials.SERVICENOW_ITIL_USER, password=credentials.SERVICENOW_PASSWORD),
        allow_private=True,
    )
    record = f"{target.base_url}/api/now/v2/table/incident/{handoff.remote_id}"
    door.session.ask("PATCH", record, body={"work_notes": NOTE})


def _tell_the_source(handoff: Handoff) -> None:
    line = Entry.objects.filter(handoff=handoff, kind=Entry.Kind.NOTE).latest("sequence")
    note = Note(remote_id=handoff.source_reference, text=line.sayable or line.text)
    owe_note(handoff=handoff, connection=handoff.route.source, note=note, now=timezone.now())


def _has(handoff: Handoff, kind: Entry.Kind, **more: str) -> bool:
    return Entry.objects.filter(handoff=handoff, kind=kind, **more).exists()


def _wait(happened: Callable[[], bool], otherwise: str, handoff: Handoff) -> None:
    until = time.monotonic() + WAIT_S
    while not happened():
        if time.monotonic() > until:
            why = Delivery.objects.filter(handoff=handoff).exclude(reason="").values_list("reason", flat=True)
            raise WentWrong(f"{otherwise} within {WAIT_S:.0f} s. {' '.join(why)}".strip())
        time.sleep(0.1)
