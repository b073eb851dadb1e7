"""How does an address come to be told, how is it tried, and how does it end?"""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction

from escalation.models import Message, Subscriber, Team
from escalation.models.subscriber import TEST, Event
from escalation.subscribers.signing import SECRET_BYTES, secret_of

MOST_SUBSCRIBERS = 20  # of one team: each costs a row for every line it wants
STOPPED_BY_HAND = "An owner stopped it."


class TooMany(Exception):
    """The team has as many subscribers as one can keep an eye on; the text says what to do."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """What an owner enters."""

    team: Team
    name: str
    url: str
    events: Collection[Event]
    with_words: bool = False
    allow_private: bool = False


@transaction.atomic
def subscribe(*, wish: Wish, by: User, now: datetime) -> tuple[Subscriber, str]:
    """This will begin telling an address and return it with its secret; raises ``TooMany``.

    The secret is returned this once: it is kept sealed, to sign with, and shown nowhere.
    """
    Team.objects.select_for_update().get(pk=wish.team.pk)
    if Subscriber.objects.filter(team=wish.team, stopped_at=None).count() >= MOST_SUBSCRIBERS:
        raise TooMany(f"{wish.team} tells {MOST_SUBSCRIBERS} addresses. Stop one that nobody needs any more.")
    secret = secret_of(secrets.token_bytes(SECRET_BYTES))
    row = Subscriber(
        team=wish.team,
        name=wish.name,
        url=wish.url,
        events=[each.value for each in Event if each in wish.events],
        with_words=wish.with_words,
        allow_private=wish.allow_private,
        made_by=by,
        made_at=now,
        not_before=now,
    )
    row.keep_secret(secret)
    row.save(force_insert=True)
    return row, secret


def stop(*, subscriber: Subscriber, now: datetime) -> None:
    """This will tell the address nothing more, also nothing that is still owed to it."""
    rows = Subscriber.objects.filter(pk=subscriber.pk, stopped_at=None)
    rows.update(stopped_at=now, stopped_because=STOPPED_BY_HAND)


def owe_test(*, subscriber: Subscriber, message: UUID, now: datetime) -> Message:
    """This will owe the address a message about nothing, at once."""
    _at_once(subscriber, now=now)
    return Message.objects.create(id=message, subscriber=subscriber, event=TEST, not_before=now, made_at=now)


@transaction.atomic
def send_again(*, message: Message, now: datetime) -> None:
    """This will owe a message once more, whatever became of it, with the id it always had."""
    _at_once(message.subscriber, now=now)
    Message.objects.filter(pk=message.pk).update(
        status=Message.Status.OWED, tries=0, not_before=now, done_at=None
    )


def _at_once(subscriber: Subscriber, *, now: datetime) -> None:
    """A person has looked: the address is left alone no longer."""
    Subscriber.objects.filter(pk=subscriber.pk, not_before__gt=now).update(not_before=now)
