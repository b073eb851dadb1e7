"""How do updates of a record become lines on one handoff's timeline?

In one transaction with the handoff's row locked, and each change once, whatever brought it and in
whichever order: a webhook, its duplicate, a poll. The sequence of the timeline is the order in which
we learned of things; a late line carries the tool's own time.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction

from escalation.inbound.advance import kind_after, moves
from escalation.inbound.carry_on import carry_on
from escalation.inbound.clean import clean, clean_key
from escalation.inbound.correction import take_correction
from escalation.inbound.echo import ours
from escalation.inbound.known import asked_for
from escalation.inbound.pass_on import News, pass_on
from escalation.inbound.restricted import as_seen_here
from escalation.inbound.said_here import TRAVELLED, said_here
from escalation.inbound.say import drafted, line_for, sayable_for
from escalation.inbound.whose import Interest
from escalation.lifecycle.promise import Promise, PromiseSource, after_word
from escalation.lifecycle.table import after
from escalation.lifecycle.words import OPEN, Move, Status
from escalation.models import Connection, Entry, Handoff, RemoteUpdate
from escalation.timeline.record import record
from escalation.timeline.voice import voice_of
from escalation.tools.updates import RemoteState, Update, UpdateKind
from escalation.translation.sayable import Sayable

# Of these only a difference is news: a tool that is read again says where it stands, not what changed.
_OURS = frozenset({UpdateKind.NOTE, UpdateKind.FILE, UpdateKind.STATE})
_STANDING = frozenset({UpdateKind.STATE, UpdateKind.ASSIGNED, UpdateKind.FIELD, UpdateKind.UNKNOWN})


@transaction.atomic
def take_in(
    *,
    interest: Interest,
    connection: Connection,
    updates: tuple[Update, ...],
    now: datetime,
    way: RemoteUpdate.Way = RemoteUpdate.Way.POLL,
) -> int:
    """This will put what is new of these updates of one record on the handoff, and return how many lines.

    ``way`` is what brought them; whichever comes first is kept, so that the lag of both can be told.
    Updates without an effect (echoes, repetitions) are kept too, so that their keys are known.
    """
    handoffs = Handoff.objects.select_related(
        "route__receiver", "route__source", "route__target"
    ).select_for_update(of=("self",))
    handoff = handoffs.get(pk=interest.handoff)
    fresh = _fresh(handoff, connection, updates, receiving=interest.receiving)
    if not fresh:
        return 0
    own = ours(handoff=handoff, connection=connection, updates=fresh)
    lines = 0
    for each in fresh:
        update = as_seen_here(each, connection)
        row = _row(handoff, connection, update, now=now)
        row.echo = each.kind in _OURS and own.holds(each)
        row.way = way
        last = _last_standing(row)
        late = last is not None and update.at < last.happened_at
        row.save(force_insert=True)
        news = News(handoff=handoff, update=update, row=row, late=late)
        moved_by_later = row.echo and interest.receiving and own.follows_later(update) and _moves(news)
        is_news = moved_by_later or (not row.echo and _is_news(row, last, late=late))
        if is_news and interest.receiving and (kind := said_here(news, last=last)):
            _tell_the_rest(news, kind, last=last)
        elif is_news:
            _write(handoff, update, row, receiving=interest.receiving, late=late)
            lines += 1
            if interest.receiving:
                if not row.echo:
                    pass_on(news)
                carry_on(news, last=last)
        if update.held and interest.receiving and not late:
            lines += take_correction(handoff=handoff, connection=connection, update=update, now=now)
    return lines


def _tell_the_rest(news: News, kind: str, *, last: RemoteUpdate | None) -> None:
    """What a person said here already is no line; the tiers before have had some of it, not all."""
    if kind not in TRAVELLED:
        pass_on(news)
    if kind == Entry.Kind.ACCEPTED:  # that alone carried no status on
        carry_on(news, last=last)


def _fresh(
    handoff: Handoff, connection: Connection, updates: tuple[Update, ...], *, receiving: bool
) -> tuple[Update, ...]:
    """What is not known by its key, oldest first; of the source ticket only what came after confirming."""
    known = set(
        RemoteUpdate.objects.filter(
            handoff=handoff, connection=connection, key__in=[clean_key(update.key) for update in updates]
        ).values_list("key", flat=True)
    )
    fresh: dict[str, Update] = {}
    for update in sorted(updates, key=lambda each: each.at):
        key = clean_key(update.key)
        told_before = not receiving and handoff.confirmed_at is not None and update.at < handoff.confirmed_at
        if key not in known and not told_before:
            fresh.setdefault(key, update)
    return tuple(fresh.values())


def _row(handoff: Handoff, connection: Connection, update: Update, *, now: datetime) -> RemoteUpdate:
    return RemoteUpdate(
        handoff=handoff,
        connection=connection,
        key=clean_key(update.key),
        kind=update.kind,
        remote_id=clean(update.remote_id, longest=120),
        text=clean(update.text),
        words=clean(update.words, longest=255),
        author=clean(update.author, longest=160),
        internal=update.internal,
        state=update.state or "",
        happened_at=update.at,
        applied_at=now,
    )


def _last_standing(row: RemoteUpdate) -> RemoteUpdate | None:
    if row.kind not in _STANDING:
        return None
    same = RemoteUpdate.objects.filter(
        handoff=row.handoff, connection=row.connection, remote_id=row.remote_id, kind=row.kind
    )
    return same.order_by("-happened_at", "-pk").first()


def _moves(news: News) -> bool:
    """Whether the change of a record's status moves its handoff."""
    state = news.update.state
    if news.late or news.update.kind != UpdateKind.STATE or state is None:
        return False
    return bool(moves(Status(news.handoff.status), state))


def _is_news(row: RemoteUpdate, last: RemoteUpdate | None, *, late: bool) -> bool:
    if row.kind == UpdateKind.FIELD:
        # What it is filed under has lines of its own, where it was corrected.
        return False
    if row.kind not in _STANDING:
        return True
    if row.state == RemoteState.NEW and (last is None or late):
        # A record begins as new; that it does is what "delivered" has said already.
        return False
    if last is None and asked_for(row):
        return False
    return last is None or (last.state, last.words, last.text) != (row.state, row.words, row.text)


def _write(handoff: Handoff, update: Update, row: RemoteUpdate, *, receiving: bool, late: bool) -> None:
    """One line, and what follows from it for the handoff. A late state is history: it moves nothing."""
    voice = voice_of(handoff)
    said = sayable_for(update, voice=voice) if receiving else None
    made: tuple[Move, ...] = ()
    if receiving and not late and update.kind == UpdateKind.STATE and update.state is not None:
        made = moves(Status(handoff.status), update.state)
        for move in made:
            handoff.status = after(Status(handoff.status), move)
    if said is not None and not late:
        _promise(handoff, said, now=row.applied_at)
    handoff.save(update_fields=["status", "update_due_at", "promised_by"])
    line = line_for(row, said=said, state_kind=kind_after(made), receiving=receiving, late=late)
    if said is not None:
        line = replace(line, details={**line.details, **drafted(update, voice=voice)})
    if update.restricted:
        line = replace(line, text="", details={**line.details, "restricted": update.restricted})
    record(handoff=handoff, line=line, now=row.applied_at)


def _promise(handoff: Handoff, said: Sayable, *, now: datetime) -> None:
    """The receiver has spoken: the next word is due when it said so, or as it or its team promised."""
    promise = after_word(
        Promise(due_at=handoff.update_due_at, source=PromiseSource(handoff.promised_by)),
        said=said.expected_at,
        within=timedelta(minutes=handoff.route.update_within_minutes),
        still_open=Status(handoff.status) in OPEN,
        now=now,
    )
    handoff.update_due_at, handoff.promised_by = promise.due_at, promise.source
