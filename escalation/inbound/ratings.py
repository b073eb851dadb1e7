"""What did users say of the help they got, of every ticket of a source, handed on or not?

Read at intervals, and at once when the tool calls because of one. An answer may come weeks after the question
that the tool dates it by, so once a day the whole of that time is looked through again.
"""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from escalation.models import Connection, Rating, RatingPass
from escalation.models.connection import NotConfigured
from escalation.models.sealed import Unreadable
from escalation.tools.rating import Rated, Ratings
from escalation.tools.registry import TOOLS
from escalation.transport.errors import TransportError

logger = logging.getLogger(__name__)

FIRST_LOOK: Final = timedelta(days=90)
WHOLE_LOOK: Final = timedelta(days=30)  # as long as users may answer
OVERLAP: Final = timedelta(days=2)
A_DAY: Final = timedelta(days=1)
Score = Rating.Score


def read_all(*, now: datetime) -> int:
    """This will read what is new from every source that a route begins in; returns how many ratings moved."""
    sources = Connection.objects.filter(routes_from__active=True).distinct().order_by("name")
    moved = 0
    for row in sources:
        role = TOOLS[row.tool].ratings if row.tool in TOOLS else None
        if role is not None:
            moved += _read(row, role, now=now)
    return moved


def read_of(*, connection: Connection, tickets: Iterable[str]) -> int:
    """This will read anew what was said of these tickets; raises ``TransportError``."""
    role = TOOLS[connection.tool].ratings if connection.tool in TOOLS else None
    if role is None:
        return 0
    door = connection.door()
    found = (each for ticket in tickets for each in role.ratings_of(door, ticket=ticket).ratings)
    return _keep(connection, role, tuple(found))


def _read(row: Connection, role: Ratings, *, now: datetime) -> int:
    done, _ = RatingPass.objects.get_or_create(connection=row)
    last_whole = datetime.fromisoformat(done.cursor) if done.cursor else None
    whole = last_whole is None or now - last_whole >= A_DAY
    since = now - (FIRST_LOOK if last_whole is None else WHOLE_LOOK if whole else OVERLAP)
    try:
        readout = role.ratings(row.door(), since=since)
        moved = _keep(row, role, readout.ratings)
    except (TransportError, NotConfigured, Unreadable) as error:
        logger.warning("inbound: ratings could not be read", extra={"connection": str(row.pk)})
        done.trouble = str(error)
        done.save(update_fields=["trouble"])
        return 0
    done.way = readout.way or done.way
    done.trouble, done.read_at = readout.words, now
    if whole:
        done.cursor = now.isoformat()
    done.save()
    return moved


def _keep(row: Connection, role: Ratings, found: tuple[Rated, ...]) -> int:
    """Write what is new or was changed; one that was read before and stands as it did is left alone."""
    newest: dict[str, Rated] = {}
    for each in sorted(found, key=lambda one: one.at):
        newest[each.rating_id] = each
    rows = Rating.objects.filter(connection=row, remote_id__in=newest)
    known = {each.remote_id: each for each in rows}
    moved = [each for number, each in newest.items() if _moves(known.get(number), each)]
    if not moved:
        return 0
    kinds = role.kinds_of(row.door(), tickets=tuple({each.ticket: None for each in moved}))
    with transaction.atomic():
        for each in moved:
            said = {
                "ticket": each.ticket[:120],
                "score": Score.GOOD if each.good else Score.BAD,
                "rated_at": each.at,
                "category": kinds.get(each.ticket, "")[:120],
            }
            Rating.objects.update_or_create(connection=row, remote_id=each.rating_id[:120], defaults=said)
    return len(moved)


def _moves(known: Rating | None, said: Rated) -> bool:
    if known is None:
        return True
    same = (known.score == Score.GOOD) == said.good and known.rated_at == said.at
    return not same and said.at >= known.rated_at
