"""How does a receiver ask for one thing without giving the handoff back?

Ownership and status stay; the question stands on the sender's page and, as an internal note, in the
source ticket. The answer returns to the card and as a work note to the receiver's record. Questions are
counted apart from returns.
"""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from escalation.knowledge.codec import from_json
from escalation.knowledge.state import headline
from escalation.knowledge.words import PART_TITLES, Part
from escalation.lifecycle.table import NotAllowedNow
from escalation.models import Connection, Entry, Handoff, Question
from escalation.outbox.owe import Note, owe_note
from escalation.reception.hold import lock, with_receiver
from escalation.reception.prevented import NOT_SAID, Prevented
from escalation.reception.promise import keep_promise
from escalation.reception.who import Actor, name_of, user_of
from escalation.timeline.record import Line, record
from escalation.timeline.voice import said_of
from escalation.tools.registry import tool
from escalation.translation.meaning import Meaning

LONGEST_QUESTION = 500
LONGEST_ANSWER = 4000


class NothingSaid(Exception):
    """A question or an answer without words, or about something that is not there."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """One question: about an item, else about a part, else about the whole."""

    text: str
    part: str = ""
    item_id: str = ""
    prevented: Prevented = NOT_SAID


@transaction.atomic
def ask(*, handoff: Handoff, asked: Asked, by: Actor, now: datetime) -> Question:
    """This will ask back; raises ``NotAllowedNow`` or ``NothingSaid``.

    The same question again, while it is open, is the same question.
    """
    locked = with_receiver(handoff)
    text = " ".join(asked.text.split())[:LONGEST_QUESTION]
    if not text:
        raise NothingSaid("Write the question first.")
    part, about = _about(locked, asked)
    question, new = Question.objects.get_or_create(
        handoff=locked,
        part=part,
        item_id=asked.item_id,
        text=text,
        answered_at=None,
        defaults={
            "prevented_by": asked.prevented.part,
            "prevented_words": asked.prevented.details().get("prevented_words", ""),
            "by": user_of(by),
            "who": name_of(by),
            "at": now,
        },
    )
    if new:
        _tell_sender(locked, question, about, prevented=asked.prevented, now=now)
    return question


@transaction.atomic
def answer(*, question: Question, text: str, by: User, now: datetime) -> Question:
    """This will answer; raises ``NothingSaid``, or ``NotAllowedNow`` when another answer stands."""
    locked = lock(question.handoff)
    fresh = Question.objects.select_related("answered_by").get(pk=question.pk)
    said = text.strip()[:LONGEST_ANSWER]
    if not said:
        raise NothingSaid("Write the answer first.")
    if fresh.answered_at is not None:
        if fresh.answer == said:
            return fresh
        raise NotAllowedNow(f"{fresh.answerer} has answered this already: “{fresh.answer}”")
    fresh.answer, fresh.answered_by, fresh.answered_at = said, by, now
    fresh.save(update_fields=["answer", "answered_by", "answered_at"])
    details = {"question": fresh.pk}
    line = Line(
        kind=Entry.Kind.ANSWERED, happened_at=now, by=by, text=f"{fresh.text}\n→ {said}", details=details
    )
    record(handoff=locked, line=line, now=now)
    words = f"Answer from {locked.route.sender.name} to “{fresh.text}”:\n{said}"
    _owe(locked, locked.route.target, Note(remote_id=locked.remote_id, text=words, by=by), now=now)
    return fresh


def _about(handoff: Handoff, asked: Asked) -> tuple[str, str]:
    """The part, and how the page names what is asked about."""
    if asked.item_id:
        for part, item in from_json(handoff.state).items():
            if item.id == asked.item_id:
                return part.value, headline(part, item)
        raise NothingSaid("That line is not part of this handoff.")
    if asked.part and asked.part not in set(Part):
        raise NothingSaid("There is no such part.")
    return asked.part, PART_TITLES[Part(asked.part)] if asked.part else ""


def _tell_sender(
    handoff: Handoff, question: Question, about: str, *, prevented: Prevented, now: datetime
) -> None:
    keep_promise(handoff, now=now)
    text = f"About “{about}”: {question.text}" if about else question.text
    sayable, own = said_of(Meaning.NEEDS_ANSWER, handoff=handoff)
    line = Line(
        kind=Entry.Kind.ASKED,
        happened_at=now,
        by=question.by,
        who=question.who,
        text=text,
        sayable=sayable,
        details={"question": question.pk, "part": question.part, "item": question.item_id}
        | prevented.details()
        | own,
    )
    record(handoff=handoff, line=line, now=now)
    words = f"{handoff.route.receiver.name} asks back. {text}\nPlease answer on the handoff's page in Baton."
    note = Note(remote_id=handoff.source_reference, text=words, by=question.by)
    _owe(handoff, handoff.route.source, note, now=now)


def _owe(handoff: Handoff, connection: Connection, note: Note, *, now: datetime) -> None:
    # A handoff that began from pasted text has no ticket to write into.
    if note.remote_id and tool(connection.tool).mirror is not None:
        owe_note(handoff=handoff, connection=connection, note=note, now=now)
