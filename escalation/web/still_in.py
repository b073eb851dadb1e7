"""May an open stream stay open? As long as what let it in holds: the session, the password, the teams.

Django looks once, when a stream begins; a page may stay open for a shift. So all streams of this process are
looked at together, every few seconds, with three queries however many they are.
"""

import asyncio
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from weakref import WeakKeyDictionary

from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import Error, connections
from django.http import HttpRequest
from django.utils import timezone

from escalation.models import Membership

LOOK_EVERY_S = 5.0
_LOOKING = ThreadPoolExecutor(max_workers=1, thread_name_prefix="still-in")


@dataclass(frozen=True, slots=True)
class Ticket:
    """What let a stream in."""

    session: str
    user_id: int
    auth_hash: str  # as the session keeps it: another after a new password
    teams: frozenset[tuple[int, str]]  # with the role there


def ticket_of(request: HttpRequest, *, teams: frozenset[tuple[int, str]] | None = None) -> Ticket:
    """Return the ticket of somebody who is logged in; their teams are asked where they are not known."""
    user = request.user
    assert user.is_authenticated  # noqa: S101  # streams are opened for nobody else
    if teams is None:
        teams = frozenset(Membership.objects.filter(user=user).values_list("team_id", "role"))
    return Ticket(
        session=request.session.session_key or "",
        user_id=user.pk,
        auth_hash=user.get_session_auth_hash(),
        teams=teams,
    )


def still_good(tickets: Iterable[Ticket], *, now: datetime) -> frozenset[Ticket]:
    """Return those whose session runs, whose person may log in, and whose teams are the same."""
    asked = frozenset(tickets)
    named = {each.session for each in asked}
    sessions = Session.objects.filter(session_key__in=named, expire_date__gt=now)
    running = set(sessions.values_list("session_key", flat=True))
    people = User.objects.filter(pk__in={each.user_id for each in asked}, is_active=True)
    hashes = {each.pk: each.get_session_auth_hash() for each in people}
    teams: dict[int, set[tuple[int, str]]] = {pk: set() for pk in hashes}
    members = Membership.objects.filter(user_id__in=hashes)
    for user_id, team_id, role in members.values_list("user_id", "team_id", "role"):
        teams[user_id].add((team_id, role))
    return frozenset(
        each
        for each in asked
        if each.session in running
        and hashes.get(each.user_id) == each.auth_hash
        and teams[each.user_id] == each.teams
    )


class _Watch:
    """The open streams of one event loop, and the task that looks after them while there are any."""

    def __init__(self) -> None:
        self.open: dict[asyncio.Future[None], Ticket] = {}
        self.task: asyncio.Task[None] | None = None

    async def keep_looking(self) -> None:
        loop = asyncio.get_running_loop()
        while self.open:
            await asyncio.sleep(LOOK_EVERY_S)
            # A database that is away ends no stream: what it would tell comes with the next look.
            with suppress(Error):
                asked = frozenset(self.open.values())
                ended = asked - await loop.run_in_executor(_LOOKING, _look, asked)
                for over, ticket in list(self.open.items()):  # one that came meanwhile was not asked about
                    if ticket in ended and not over.done():
                        over.set_result(None)


_WATCHES: WeakKeyDictionary[asyncio.AbstractEventLoop, _Watch] = WeakKeyDictionary()


async def over(ticket: Ticket) -> None:
    """This will return when what let this stream in no longer holds."""
    loop = asyncio.get_running_loop()
    watch = _WATCHES.setdefault(loop, _Watch())
    done: asyncio.Future[None] = loop.create_future()
    watch.open[done] = ticket
    if watch.task is None or watch.task.done():
        watch.task = loop.create_task(watch.keep_looking())
    try:
        await done
    finally:
        del watch.open[done]


def _look(tickets: frozenset[Ticket]) -> frozenset[Ticket]:
    try:
        return still_good(tickets, now=timezone.now())
    finally:
        connections.close_all()  # back to the pool
