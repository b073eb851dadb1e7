"""Does the measurement of the pages ask each of them, compare, and find a plan that reads a whole table?"""

import json
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.test import Client

from escalation.management.bench_world.beside import instead
from escalation.management.commands import bench_scale
from escalation.management.plans import noted, scanned
from escalation.models import Entry, Handoff

pytestmark = pytest.mark.django_db


def test_every_page_is_timed_explained_and_held_against_its_promise() -> None:
    printed = StringIO()
    call_command("bench_scale", handoffs=60, beside=0, requests=1, slower=1000.0, stdout=printed)
    figures = {each["name"]: each for each in map(json.loads, printed.getvalue().splitlines())}
    assert figures["scale.long_handoffs"]["value"] == 60
    for page in (
        "dashboard.month",
        "drill_down.open",
        "queue.open",
        "queue.view_reachable_now",
        "handoff.over",
    ):
        assert figures[f"scale.{page}_ms_p95"]["holds"]
        assert figures[f"scale.{page}_tables_read_whole"]["value"] == 0


def test_a_broken_promise_ends_the_command_with_its_name() -> None:
    with pytest.raises(CommandError, match=r"scale\.handoff\.over_ms_p95"):
        call_command(
            "bench_scale", handoffs=20, beside=0, requests=1, only="handoff", slower=0.0, stdout=StringIO()
        )


def test_a_page_that_shows_less_than_there_is_ends_it_too() -> None:
    asked = bench_scale.Asked(page="queue", name="queue.open", path="/login", row=b"no such row", rows=1)
    world = bench_scale.World(
        name="long", within=bench_scale.nullcontext, browser=Client(HTTP_HOST="localhost"), asked=(asked,)
    )
    with pytest.raises(CommandError, match=r"queue\.open of long"):
        world.ask(0)


def test_a_table_that_is_read_from_end_to_end_is_named_and_one_read_by_an_index_is_not() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE escalation_handoff, escalation_entry")
        cursor.execute("SET LOCAL enable_seqscan = off")  # of empty tables an index is never worth it
    with noted() as statements:
        Handoff.objects.filter(summary__contains="100 %").exists()
        Entry.objects.filter(handoff=uuid4(), sequence=1).exists()
        with connection.cursor() as cursor:
            cursor.execute("SHOW statement_timeout")

    assert len(statements) == 2
    assert scanned(statements, large=0) == ("escalation_handoff",)
    assert scanned(statements) == ()


def test_inside_everything_asks_the_other_database_and_afterwards_the_usual_one() -> None:
    usual = connections["default"]
    other = usual.copy()
    other.settings_dict["NAME"] = "another"
    with instead(other):
        assert connection.settings_dict["NAME"] == "another"
        assert connections["default"] is other
    assert connections["default"] is usual
