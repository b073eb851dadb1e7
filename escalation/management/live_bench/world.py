"""Who has which page open, and what is written while they look?"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter, sleep
from uuid import UUID

import psycopg
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.utils import timezone

from escalation.knowledge.codec import from_json, to_json
from escalation.knowledge.fingerprint import state_fingerprint
from escalation.knowledge.state import Fact, KnowledgeState
from escalation.lifecycle.words import Status
from escalation.models import Connection, Entry, Handoff, Membership, Route, Snapshot, Team
from escalation.timeline.record import Line, record
from escalation.tools.registry import tool
from escalation.translation.codec import to_json as translation_to_json
from escalation.translation.given import Given
from escalation.translation.rules import Rules

WORDS = "Identified misconfigured CORS policy on the gateway, coordinating an emergency change"
SAYABLE = "We have found what causes the problem and are working on a fix."


@dataclass(frozen=True, kw_only=True, slots=True)
class World:
    """Handoffs that are open somewhere, and the cookies of people who may see them all."""

    handoffs: tuple[UUID, ...]
    cookies: tuple[str, ...]


def build(*, handoffs: int, people: int) -> World:
    """This will write two teams, a route, that many people of the sender and handoffs under way."""
    sender = Team.objects.create(name="Bench desk", zone="America/New_York")
    receiver = Team.objects.create(name="Bench operations", zone="Europe/Berlin")
    tools = {
        kind: Connection.objects.create(
            tool=kind, name=f"Bench {kind}", base_url=f"https://{kind}.bench.example"
        )
        for kind in ("zendesk", "servicenow")
    }
    route = Route.objects.create(
        name="Bench", sender=sender, receiver=receiver, source=tools["zendesk"], target=tools["servicenow"]
    )
    users = User.objects.bulk_create(
        User(username=f"bench-{number}", first_name="Bench", last_name=str(number))
        for number in range(people)
    )
    Membership.objects.bulk_create(
        Membership(user=user, team=sender, role=Membership.Role.LEVEL_ONE) for user in users
    )
    made = Handoff.objects.bulk_create(_handoff(route, users[n % people], n) for n in range(handoffs))
    Snapshot.objects.bulk_create(_snapshot(each) for each in made)
    return World(handoffs=tuple(each.pk for each in made), cookies=tuple(map(_cookie, users)))


def write_update(handoff_id: str) -> tuple[int, float]:
    """This will write one update as the inbound side does; the line's number and when it was committed."""
    now = timezone.now()
    with transaction.atomic():
        locked = Handoff.objects.select_for_update().get(pk=handoff_id)
        line = Line(
            kind=Entry.Kind.NOTE,
            happened_at=now,
            who="Tomás Berg",
            tool="servicenow",
            text=WORDS,
            sayable=SAYABLE,
            details={"side": "receiver"},
        )
        number = record(handoff=locked, line=line, now=now).sequence
    return number, perf_counter()


@dataclass(slots=True)
class Written:
    """When which line was committed."""

    at: dict[tuple[str, int], float]
    newest: dict[str, int]


def write_steadily(
    names: Sequence[str], write: Callable[[str], tuple[int, float]], *, every_s: float
) -> Written:
    """This will write to each of the names in turn, at that pace however long a write takes."""
    written = Written(at={}, newest=defaultdict(int))
    start = perf_counter()
    for place, name in enumerate(names):
        sleep(max(0.0, start + place * every_s - perf_counter()))
        number, at = write(name)
        written.at[name, number] = at
        written.newest[name] = number
    return written


class Notifier:
    """Writes notices and nothing else: what a line on the timeline could cost at least."""

    def __init__(self, channel: str) -> None:
        """Connect."""
        self._channel = channel
        self._connection = psycopg.connect(database_url(), autocommit=True)
        self._number = 0

    def write(self, name: str) -> tuple[int, float]:
        """This will notify; the number and when it was committed."""
        self._number += 1
        self._connection.execute("SELECT pg_notify(%s, %s)", [self._channel, f"{name}:{self._number}"])
        return self._number, perf_counter()

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()


def database_url() -> str:
    """The address of the database that Django uses."""
    return str(settings.DATABASE_URL)


def _handoff(route: Route, author: User, number: int) -> Handoff:
    now = timezone.now()
    state = KnowledgeState(
        summary=f"Finance dashboard does not load ({number})",
        ask="Find what changed and let it load again",
        facts=(Fact(id="f1", statement="Other web apps load"),),
    )
    return Handoff(
        route=route,
        author=author,
        status=Status.DIAGNOSING,
        summary=state.summary,
        state=to_json(state),
        source_reference=str(number),
        remote_number=f"INC{number:07}",
        created_at=now,
        saved_at=now,
        confirmed_at=now,
    )


def _snapshot(handoff: Handoff) -> Snapshot:
    state = from_json(handoff.state)
    receiver = tool(handoff.route.target.tool).receiver
    assert receiver is not None  # noqa: S101  # ServiceNow takes handoffs
    translation = receiver.translate(state, Given(rules=Rules(), now=handoff.created_at))
    return Snapshot(
        handoff=handoff,
        state=handoff.state,
        state_fingerprint=state_fingerprint(state),
        translation=translation_to_json(translation),
        confirmed_by=handoff.author,
        confirmed_at=handoff.created_at,
    )


def _cookie(user: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
