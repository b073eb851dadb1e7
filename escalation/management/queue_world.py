"""What stands in the queue of a company that has handed on a million cases? Written by COPY.

Made up from a fixed seed. Nearly all have ended; each has its numbers, an error code of its own and words
whose frequencies fall as they do in language, besides those whose share is known, for the searches that are
timed. PostgreSQL keeps the words of single rows by triggers; for all of them at once the same function is
called in one statement, and the index built afterwards. A database that holds some already gets the missing
ones.
"""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import accumulate
from random import Random
from typing import Any, Final
from uuid import UUID

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models import NOT_PROVIDED
from psycopg.types.json import Jsonb

from escalation.knowledge.codec import to_json
from escalation.knowledge.state import Business, Fact, KnowledgeState
from escalation.knowledge.words import Level
from escalation.lifecycle.words import Status
from escalation.models import Connection, Entry, Handoff, Membership, Route, SearchText, Team

ROUTES: Final = 12
OPEN_OF: Final = 500  # one of so many is open
OPEN: Final = (Status.DELIVERED, Status.SEEN, Status.ACCEPTED, Status.DIAGNOSING, Status.WAITING)
BOUNCED_OF: Final = 20
VOCABULARY: Final = 60_000
SPOKEN: Final = 40  # words of each, besides those below
EVERYWHERE: Final = "everybody cannot open"
EITHER: Final = ("gateway", "printer")  # half each, never both
TENTH: Final = "kerberos"
HUNDREDTH: Final = "certificate"
THREE_YEARS: Final = timedelta(days=3 * 365)
SEED: Final = 20261129
COLUMNS: Final = ("id", "route_id", "status", "summary", "state", "source_number", "remote_number")
TIMES: Final = ("created_at", "saved_at", "confirmed_at", "update_due_at")
ONE_LINE: Final = ("handoff_id", "sequence", "kind", "text", "happened_at", "recorded_at")


def build(*, handoffs: int, now: datetime) -> User:
    """This will see to it that there are that many, and return somebody of the team that receives them."""
    person, routes = _company()
    there = Handoff.objects.count()
    if handoffs > there:
        with transaction.atomic():
            index = _put_aside()
            _copy(range(there, handoffs), person, routes, now)
            _take_up(index)
    with connection.cursor() as cursor:
        for model in (Handoff, Entry, SearchText):
            cursor.execute(f"ANALYZE {model._meta.db_table}")
    return person


def remote_number(number: int) -> str:
    """The record's number of one of them."""
    return f"INC{number:08}"


def error_code(number: int) -> str:
    """The error code that one of them has alone."""
    return f"E{number:07X}"


def _company() -> tuple[User, list[Route]]:
    sender, _ = Team.objects.get_or_create(name="Bench desk", zone="America/New_York")
    receiver, _ = Team.objects.get_or_create(name="Bench operations", zone="Europe/Berlin")
    tools = [
        Connection.objects.get_or_create(
            tool=kind, name=f"Bench {kind}", base_url=f"https://{kind}.bench.example"
        )[0]
        for kind in ("zendesk", "servicenow")
    ]
    routes = [
        Route.objects.get_or_create(
            name=f"Bench {number:02}", sender=sender, receiver=receiver, source=tools[0], target=tools[1]
        )[0]
        for number in range(ROUTES)
    ]
    person, _ = User.objects.get_or_create(username="bench-queue", first_name="Tomás", last_name="Berg")
    Membership.objects.get_or_create(user=person, team=receiver, role=Membership.Role.LEVEL_TWO)
    return person, routes


def _put_aside() -> str:
    """How the index of words is made; it and the triggers are put aside until all rows are there."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # with checks to come no table could be altered
        cursor.execute("SELECT pg_get_indexdef('search_words'::regclass)")
        index: str = cursor.fetchone()[0]
        cursor.execute("DROP INDEX search_words")
        for model in (Handoff, Entry):
            cursor.execute(f"ALTER TABLE {model._meta.db_table} DISABLE TRIGGER USER")
    return index


def _take_up(index: str) -> None:
    with connection.cursor() as cursor:
        for model in (Handoff, Entry):
            cursor.execute(f"ALTER TABLE {model._meta.db_table} ENABLE TRIGGER USER")
        cursor.execute(
            "INSERT INTO escalation_searchtext (handoff_id, words) "
            "SELECT handoff.id, escalation_words_of(handoff) "
            "FROM escalation_handoff AS handoff ON CONFLICT (handoff_id) DO NOTHING"
        )
        cursor.execute(index)
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _copy(numbers: range, person: User, routes: list[Route], now: datetime) -> None:
    """What no row has of its own comes from one that was never saved."""
    plain = Handoff(author=person, last_sequence=1)
    own = {*COLUMNS, *TIMES}
    # Where the database itself has a default it is left to it.
    fields = [
        each
        for each in Handoff._meta.concrete_fields
        if each.column not in own and each.db_default is NOT_PROVIDED
    ]
    same = [each.get_db_prep_save(getattr(plain, each.attname), connection) for each in fields]
    columns = ", ".join((*COLUMNS, *TIMES, *(each.column for each in fields)))
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY escalation_handoff ({columns}) FROM STDIN") as copy:
            for row in _rows(numbers, routes, now):
                copy.write_row((*row, *same))
        columns = ", ".join((*ONE_LINE, "who", "tool", "sayable", "certain", "details"))
        with cursor.copy(f"COPY escalation_entry ({columns}) FROM STDIN") as copy:
            for row in _rows(numbers, routes, now):
                line = (row[0], 1, Entry.Kind.CONFIRMED.value, "", row[9], row[9])
                copy.write_row((*line, "Lena Okafor", "", "", True, Jsonb({})))


def _rows(numbers: range, routes: list[Route], now: datetime) -> Iterator[tuple[Any, ...]]:
    words = [f"w{number:x}q" for number in range(VOCABULARY)]
    shares = list(accumulate(1 / (place + 10) for place in range(VOCABULARY)))
    for number in numbers:
        random = Random(SEED + number)  # noqa: S311 - made up, hides nothing
        spoken = random.choices(words, cum_weights=shares, k=SPOKEN)
        spoken += [EVERYWHERE, EITHER[number % 2], error_code(number)]
        spoken += [TENTH] * (number % 10 == 0) + [HUNDREDTH] * (number % 100 == 0)
        confirmed = now - THREE_YEARS * random.random()
        due = now + timedelta(minutes=random.randrange(-600, 6_000)) if number % OPEN_OF == 0 else None
        summary = f"{error_code(number)} {' '.join(spoken[:8])}"
        yield (
            UUID(int=random.getrandbits(128), version=4),
            routes[number % len(routes)].pk,
            _status(number),
            summary,
            json.dumps(to_json(_state(summary, spoken))),
            str(number),
            remote_number(number),
            confirmed,
            confirmed,
            confirmed,
            due,
        )


def _status(number: int) -> str:
    if number % OPEN_OF == 0:
        return OPEN[number // OPEN_OF % len(OPEN)].value
    return (Status.BOUNCED if number % BOUNCED_OF == 1 else Status.RESOLVED).value


def _state(summary: str, spoken: list[str]) -> KnowledgeState:
    third = len(spoken) // 3
    return KnowledgeState(
        summary=summary,
        ask=f"Find out {' '.join(spoken[:third])}",
        facts=(Fact(id="f1", statement=" ".join(spoken[third : 2 * third])),),
        business=(Business(id="b1", affected=" ".join(spoken[2 * third :]), impact=Level.HIGH),),
    )
