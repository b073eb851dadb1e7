"""Is the company of the benches one that the product could have written, row by row?"""

import json
from datetime import UTC, datetime, timedelta
from itertools import groupby

import pytest
from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.db.models import Count, F, Max, Min
from django.utils import timezone

from escalation.lifecycle.words import OPEN, Status
from escalation.management.bench_world import past, spoken
from escalation.management.bench_world.build import build
from escalation.metrics.figures import METRICS
from escalation.metrics.read import Period, midnight_after, summaries
from escalation.models import Entry, Handoff, MeasureDue, Measurement, Question, Route, SearchText, Snapshot

pytestmark = pytest.mark.django_db

HANDOFFS = 200
NOW = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)


@pytest.fixture(name="made")
def _made() -> None:
    build(handoffs=HANDOFFS, now=NOW)


@pytest.mark.usefixtures("made")
def test_every_timeline_is_without_a_gap_and_says_what_became_of_the_handoff() -> None:
    rows = Handoff.objects.annotate(lines=Count("entries"), newest=Max("entries__sequence"))
    assert not rows.exclude(lines=F("last_sequence"), newest=F("last_sequence")).exists()
    assert not rows.annotate(oldest=Min("entries__sequence")).exclude(oldest=1).exists()
    assert Entry.objects.count() > 14 * HANDOFFS

    kinds = {
        pk: {kind for _, kind in lines}
        for pk, lines in groupby(
            Entry.objects.order_by("handoff", "sequence").values_list("handoff", "kind"),
            key=lambda row: row[0],
        )
    }
    for row in Handoff.objects.all():
        over = {"resolved", "bounced"} & kinds[row.pk]
        assert over == ({row.status} if Status(row.status) not in OPEN else set())


@pytest.mark.usefixtures("made")
def test_what_is_open_is_young_and_promised_and_what_is_over_is_neither() -> None:
    waits = Handoff.objects.filter(status__in=OPEN)
    assert waits.count() == past.open_of(HANDOFFS) == 40
    assert not waits.filter(update_due_at=None).exists()
    assert not waits.filter(confirmed_at__lt=NOW - timedelta(days=9)).exists()
    over = Handoff.objects.exclude(status__in=OPEN)
    assert not over.exclude(update_due_at=None).exists()
    assert set(over.values_list("status", flat=True)) == {Status.RESOLVED, Status.BOUNCED}
    assert Question.objects.filter(answered_at=None).exists()


@pytest.mark.usefixtures("made")
def test_every_handoff_is_found_by_its_words_and_kept_as_it_was_sent() -> None:
    assert SearchText.objects.count() == Snapshot.objects.count() == HANDOFFS
    tenth = SearchQuery(spoken.TENTH, config="simple")
    assert SearchText.objects.filter(words=tenth).count() == HANDOFFS // 10
    for row in Handoff.objects.select_related("snapshot")[:20]:
        assert row.snapshot.state == row.state
        assert row.summary == row.state["summary"]
        assert not any(mark in str(row.snapshot.translation) for mark in spoken.MARKS)
        sent = json.loads(bytes(row.deliveries.get().body))
        assert row.state["summary"] in json.dumps(sent)
        assert row.deliveries.get().receipt.kept == sent


@pytest.mark.usefixtures("made")
def test_each_figure_has_something_to_measure() -> None:
    assert not MeasureDue.objects.exists()
    assert Measurement.objects.count() == HANDOFFS
    ends = midnight_after(NOW)
    period = Period(since=ends - timedelta(days=4 * 365), before=ends, until=NOW)
    found = summaries(route_ids=Route.objects.values_list("pk", flat=True), period=period)[0]
    assert found.sent == HANDOFFS
    assert {key for key in METRICS if not found.figures[key].n} == set()
    assert found.figures["undisclosed"].value == 0


def test_indexes_references_and_triggers_are_there_afterwards() -> None:
    before = _made_of()
    build(handoffs=20, now=timezone.now())
    build(handoffs=30, now=timezone.now())
    after = _made_of()
    assert [was - now for was, now in zip(before, after, strict=True)] == [set(), set(), set()]
    assert [now - was for was, now in zip(before, after, strict=True)] == [set(), set(), set()]


def test_the_same_number_is_the_same_handoff() -> None:
    build(handoffs=20, now=NOW)
    first = set(Handoff.objects.values_list("pk", "summary", "confirmed_at"))
    build(handoffs=25, now=NOW)
    assert first < set(Handoff.objects.values_list("pk", "summary", "confirmed_at"))


def _made_of() -> tuple[set[tuple[object, ...]], ...]:
    asked = (
        # A condition that is read again may be spelled another way.
        "SELECT split_part(indexdef, ' WHERE ', 1), indexname FROM pg_indexes WHERE schemaname = 'public'",
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint",
        "SELECT tgrelid::regclass::text, tgname, tgenabled::text FROM pg_trigger WHERE NOT tgisinternal",
    )
    with connection.cursor() as cursor:
        found = []
        for each in asked:
            cursor.execute(each)
            found.append(set(cursor.fetchall()))
    return tuple(found)
