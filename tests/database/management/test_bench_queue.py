"""Does the measurement of the queue write what a company would have, and hold its promise against it?"""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from escalation.lifecycle.words import OPEN
from escalation.management.bench_world.build import build
from escalation.models import Entry, Handoff, SearchText

pytestmark = pytest.mark.django_db

SMALL = {"handoffs": 200, "requests": 2}


def test_each_kind_of_search_is_timed_and_finds() -> None:
    printed = StringIO()
    call_command("bench_queue", **SMALL, p95_may_be=60_000.0, stdout=printed)
    figures = {each["name"]: each for each in map(json.loads, printed.getvalue().splitlines())}
    assert figures["queue.handoffs"]["value"] == 200
    assert len(figures) == 18
    assert all(each["holds"] for name, each in figures.items() if name.endswith("_p95"))
    assert Handoff.objects.filter(status__in=OPEN).count() == 40


def test_a_later_run_writes_only_what_is_missing() -> None:
    now = timezone.now()
    build(handoffs=20, now=now)
    build(handoffs=30, now=now)
    build(handoffs=30, now=now)
    assert Handoff.objects.count() == SearchText.objects.count() == 30
    assert Entry.objects.count() == sum(Handoff.objects.values_list("last_sequence", flat=True))
    assert SearchText.objects.filter(words="inc00000029").count() == 1
    # What is written one by one is still kept by the triggers.
    Handoff.objects.filter(remote_number="INC00000029").update(remote_number="INC777")
    assert SearchText.objects.filter(words="inc777").count() == 1


def test_a_broken_promise_ends_the_command_with_its_name() -> None:
    with pytest.raises(CommandError, match=r"queue\.open_ms_p95"):
        call_command("bench_queue", handoffs=20, requests=1, p95_may_be=0.001, stdout=StringIO())
