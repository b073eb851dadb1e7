"""How does a message leave, and what if nobody takes it?

Claimed in one short transaction, sent with none open, and settled by the claim's own number. A worker that
dies in between leaves a row that is due again when the claim is over: a message arrives at least once, and
its id tells a receiver which one it knows already.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

from django.db import transaction
from django.db.models import F

from escalation.knowledge.codec import canonical
from escalation.models import Message, Subscriber
from escalation.models.sealed import Unreadable
from escalation.models.subscriber import WANTS_NO_MORE
from escalation.subscribers.signing import signed
from escalation.transport.errors import TransportError
from escalation.transport.wait import asked_wait_s

logger = logging.getLogger(__name__)

# A worker that died leaves its message to others after this; longer than the longest call.
CLAIM = timedelta(seconds=120)
# Before the second try, the third, and so on; together a day and a half.
WAITS_S = (5, 30, 300, 1800, 7200, 18_000, 36_000, 36_000, 36_000)
LAST_ANSWERS = 10
KEPT = timedelta(days=30)  # what was taken or given up, for the log
GONE = 410  # "tell me nothing more", by the standard


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What came of one try; ``status`` is 0 where nothing was answered."""

    status: int
    words: str
    wait_s: float | None = None

    @property
    def taken(self) -> bool:
        """Whether the receiver has it."""
        return 200 <= self.status < 300


def send_due(*, clock: Callable[[], datetime], until: Callable[[], bool]) -> int:
    """This will send what is due, one by one, until ``until`` says so; returns how many were tried."""
    tried = 0
    while not until() and (message := _claim(now=clock())) is not None:
        at = clock()
        _settle(message, _try(message, at=at), now=clock())
        tried += 1
    return tried


def forget(*, now: datetime) -> int:
    """This will take messages out of the log whose time there is over."""
    over = Message.objects.filter(made_at__lt=now - KEPT).exclude(status=Message.Status.OWED)
    return over.delete()[0]


@transaction.atomic
def _claim(*, now: datetime) -> Message | None:
    rows = Message.objects.due(now=now).select_for_update(skip_locked=True, of=("self",))
    message = rows.select_related("subscriber", "entry__handoff").first()
    if message is None:
        return None
    message.tries += 1
    message.not_before = now + CLAIM
    message.save(update_fields=["tries", "not_before"])
    return message


def body_of(message: Message) -> bytes:
    """This will return the bytes that are signed and sent, the same for every try while its line stands."""
    entry, data = message.entry, dict(message.data)
    if entry is not None and message.subscriber.with_words:
        data |= {"summary": entry.handoff.summary, "text": entry.text, "sayable": entry.sayable}
    values = {"type": message.event, "timestamp": message.made_at.isoformat(), "data": data}
    return canonical(values)


def _try(message: Message, *, at: datetime) -> Told:
    subscriber, body = message.subscriber, body_of(message)
    try:
        headers = signed(secret=subscriber.secret, message=f"msg_{message.pk.hex}", at=at, body=body)
        said = subscriber.door().session.tell(subscriber.url, body=body, headers=headers)
    except (TransportError, Unreadable, ValueError) as error:
        return Told(status=0, words=str(error))
    return Told(status=said.status, words=_phrase(said.status), wait_s=asked_wait_s(said.headers))


def _phrase(status: int) -> str:
    """What the status means. The answer's own words are not kept: a program may echo what it was told, and
    what people wrote would lie in the log, where nobody looks for it who is to erase a person.
    """
    return HTTPStatus(status).phrase if status in {each.value for each in HTTPStatus} else ""


@transaction.atomic
def _settle(message: Message, told: Told, *, now: datetime) -> None:
    ours = Message.objects.select_for_update().filter(pk=message.pk, tries=message.tries)
    row = ours.filter(status=Message.Status.OWED).first()
    if row is None:
        return  # another worker took it over, or a person sends it again
    answer = {"at": now.isoformat(), "status": told.status, "words": told.words}
    row.answers = [*row.answers, answer][-LAST_ANSWERS:]
    subscriber = Subscriber.objects.filter(pk=message.subscriber_id)
    if told.taken:
        row.status, row.done_at = Message.Status.DONE, now
        subscriber.exclude(failures=0).update(failures=0)
    else:
        _put_off(row, told, now=now)
        left_alone = now + timedelta(seconds=_wait_s(message.subscriber.failures + 1, told))
        subscriber.update(failures=F("failures") + 1, not_before=left_alone)
        logger.warning("subscribers: a message was not taken", extra={"status": told.status})
    if told.status == GONE:
        subscriber.filter(stopped_at=None).update(stopped_at=now, stopped_because=WANTS_NO_MORE)
    row.save()


def _put_off(row: Message, told: Told, *, now: datetime) -> None:
    if row.tries > len(WAITS_S):
        row.status = Message.Status.GIVEN_UP
    row.not_before = now + timedelta(seconds=_wait_s(row.tries, told))


def _wait_s(failures: int, told: Told) -> float:
    own = float(WAITS_S[min(failures, len(WAITS_S)) - 1])
    return max(own, told.wait_s or 0.0)
