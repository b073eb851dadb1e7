"""The practice past: always the same, quick to load, and on nobody's list of open work."""

import time
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from escalation.lifecycle.words import OPEN
from escalation.management.practice_company import DESK, OPERATIONS, ROUTE
from escalation.management.practice_history import HANDOFFS, TURN, history
from escalation.metrics.read import Period, summaries
from escalation.models import Entry, Handoff, Receipt, Route, Team
from escalation.upkeep.verify import verify
from tests import builders
from tests.pace import delay

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice_route(db) -> Route:
    route = builders.route(name=ROUTE)
    Team.objects.filter(pk=route.receiver_id).update(name=OPERATIONS)
    Team.objects.filter(pk=route.sender_id).update(name=DESK)
    return route


def load() -> str:
    said = StringIO()
    call_command("load_practice_history", stdout=said)
    return said.getvalue()


def test_it_is_loaded_once_and_soon(practice_route):
    began = time.monotonic()

    first, second = load(), load()

    assert first.startswith(f"{HANDOFFS} practice handoffs")
    assert second.startswith("0 practice handoffs")
    assert Handoff.objects.count() == HANDOFFS
    assert time.monotonic() - began < 20 * delay()


@pytest.mark.django_db(transaction=True)
def test_it_keeps_every_promise_that_real_rows_keep(practice_route):
    load()

    assert Receipt.objects.count() == HANDOFFS
    assert verify(now=timezone.now()) == ()


def test_nothing_of_it_is_open_and_every_timeline_is_gapless(practice_route):
    load()

    assert not Handoff.objects.filter(status__in=OPEN).exists()
    for handoff in Handoff.objects.all()[:40]:
        numbers = list(
            Entry.objects.filter(handoff=handoff).values_list("sequence", flat=True).order_by("sequence")
        )
        assert numbers == list(range(1, handoff.last_sequence + 1))


def test_rebuilding_is_shorter_after_the_better_template(practice_route):
    load()
    now = timezone.now()
    turn = now - timedelta(days=TURN)

    old, new = (
        summaries(route_ids=[practice_route.pk], period=Period(since=since, before=before, until=now))[0]
        for since, before in ((now - timedelta(days=70), turn), (turn, now))
    )

    assert new.figures["rebuild"].value < old.figures["rebuild"].value / 1.5
    assert new.figures["returned"].value < old.figures["returned"].value
    assert new.figures["undisclosed"].value == old.figures["undisclosed"].value == 0


def test_the_story_is_the_same_every_time():
    now = timezone.now()

    assert list(history(now=now)) == list(history(now=now))


def test_without_the_practice_route_it_says_what_to_do_first():
    with pytest.raises(CommandError, match="load_practice_world first"):
        call_command("load_practice_history")


def test_outside_practice_mode_there_is_none(settings, practice_route):
    settings.PRACTICE = False

    with pytest.raises(CommandError, match="practice mode only"):
        call_command("load_practice_history")
