"""How does a receiver hand the case on to the next tier?

The next handoff starts with everything that is known, each item marked as inherited, and with the
receiver's own record as the ticket it comes from. What the receiver has written since is suggested. It is
a draft like any other: what is new is added, what the next tool will hold is seen, and then it is sent.
The first handoff stays where it is.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid5

from django.contrib.auth.models import User
from django.db import transaction

from escalation.knowledge.codec import from_json, to_json
from escalation.knowledge.state import Evidence, Fact, KnowledgeState, Source
from escalation.knowledge.words import Origin, Part, Role
from escalation.lifecycle.table import NotAllowedNow
from escalation.lifecycle.words import Status
from escalation.models import Attachment, AttachmentBytes, Entry, Handoff, Route
from escalation.reception.hold import with_receiver
from escalation.timeline.record import Line, record

MOST_NOTES = 5
LONGEST_NOTE = 500


@transaction.atomic
def escalate_further(*, handoff: Handoff, route: Route, by: User, now: datetime) -> Handoff:
    """This will begin the next handoff, or return the draft its author already has of it.

    Raises ``NotAllowedNow`` while the receiver does not hold this one, or when the route begins elsewhere.
    """
    held = with_receiver(handoff)
    if route.sender_id != held.route.receiver_id or not route.active:
        raise NotAllowedNow(f"{route.name} does not begin with {held.route.receiver.name}.")
    if route.source_id != held.route.target_id:
        raise NotAllowedNow(f"{route.name} does not start from records in {held.route.target.name}.")
    earlier = Handoff.objects.drafts_of(by).filter(route=route, previous=held).first()
    if earlier is not None:
        return earlier
    state = _inherited(held)
    further = Handoff.objects.create(
        route=route,
        author=by,
        status=Status.DRAFT,
        previous=held,
        summary=state.summary[:255],
        state=to_json(state),
        source_reference=held.remote_id,
        source_number=held.remote_number,
        created_at=now,
        saved_at=now,
    )
    _with_files(further, held, now=now)
    line = Line(kind=Entry.Kind.STARTED, happened_at=now, by=by, tool=held.route.target.tool)
    record(handoff=further, line=line, now=now)
    return further


def _with_files(further: Handoff, held: Handoff, *, now: datetime) -> None:
    """The files go on too; the next sender may take one away without touching the earlier handoff."""
    for file in held.attachments.travelling():
        copy = Attachment.objects.create(
            id=uuid5(further.pk, str(file.pk)),
            handoff=further,
            item=file.item,
            name=file.name,
            content_type=file.content_type,
            size=file.size,
            sha256=file.sha256,
            stripped=file.stripped,
            added_by=file.added_by,
            added_at=now,
        )
        AttachmentBytes.objects.create(attachment=copy, body=file.body)


def _inherited(held: Handoff) -> KnowledgeState:
    """What was confirmed, as the next handoff begins with it."""
    state = from_json(held.state).stated()
    parts: dict[str, Any] = {
        part.value: tuple(replace(item, origin=Origin.INHERITED) for item in state.part(part))
        for part in Part
    }
    parts[Part.FACTS.value] += tuple(_since(held))
    return replace(state, source=_record(held, state.source), files=(), **parts)


def _since(held: Handoff) -> Iterator[Fact]:
    """What the receiver noted, as suggestions: only a person makes it part of the case."""
    notes = held.entries.filter(kind=Entry.Kind.NOTE, details__side="receiver")
    notes = notes.exclude(details__has_key="hop").order_by("-sequence")  # those came from a later hop
    for entry in reversed(notes[:MOST_NOTES]):
        words = " ".join(entry.text.split())
        tool, at = entry.tool, entry.happened_at
        evidence = Evidence(quote=words, tool=tool, author=entry.who, author_role=Role.TECHNICIAN, at=at)
        yield Fact(
            id=f"{held.pk.hex[:8]}-{entry.sequence}",
            origin=Origin.FOUND,
            statement=words[:LONGEST_NOTE],
            evidence=(evidence,),
        )


def _record(held: Handoff, before: Source | None) -> Source:
    """The receiver's record, and still the user whose case it is."""
    user = before or Source(tool="", reference="")
    return replace(
        user,
        tool=held.route.target.tool,
        reference=held.remote_id,
        number=held.remote_number,
        url=held.remote_url,
        priority="",
    )
