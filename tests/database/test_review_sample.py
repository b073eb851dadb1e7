"""Which handoffs are read again: by chance, once, and never by their author."""

from datetime import timedelta

import pytest

from escalation.coaching.sample import READERS, draw, waiting_for, weeks
from escalation.metrics.keep import catch_up
from escalation.models import Membership, Review, ReviewSample, Route
from escalation.models.answer import Verdict
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db
LAST_WEEK = NOW - timedelta(days=7)  # a Monday at 15:00
Why = ReviewSample.Why


@pytest.fixture
def route(db) -> Route:
    return builders.route()


@pytest.fixture
def lena(route):
    return builders.person("lena", team=route.sender)


@pytest.fixture
def ines(route):
    return builders.person("ines", team=route.sender, role=Membership.Role.LEAD)


def sent(route, author, count: int, *, at=LAST_WEEK):
    rows = [
        builders.handoff(
            route=route, author=author, status="resolved", confirmed_at=at + timedelta(minutes=number)
        )
        for number in range(count)
    ]
    while catch_up():
        pass
    return rows


@pytest.mark.parametrize(("count", "drawn"), [(0, 0), (2, 2), (10, 3), (80, 4), (81, 5)])
def test_a_twentieth_is_drawn_and_three_at_least(route, lena, count, drawn):
    sent(route, lena, count)

    assert draw(route_ids=[route.pk], now=NOW) == drawn
    assert ReviewSample.objects.filter(week=weeks(NOW)[0], why=Why.CHANCE).count() == drawn


def test_a_week_is_drawn_once_and_the_running_one_not_at_all(route, lena):
    sent(route, lena, 10)
    sent(route, lena, 5, at=NOW - timedelta(hours=3))

    assert [draw(route_ids=[route.pk], now=NOW) for _ in range(2)] == [3, 0]
    assert not ReviewSample.objects.filter(handoff__confirmed_at__gte=NOW - timedelta(hours=4)).exists()


def test_what_is_drawn_does_not_hang_on_who_asks_or_when(route, lena):
    sent(route, lena, 30)
    draw(route_ids=[route.pk], now=NOW)
    first = set(ReviewSample.objects.values_list("pk", flat=True))
    ReviewSample.objects.all().delete()

    draw(route_ids=[route.pk], now=NOW + timedelta(days=2))

    assert set(ReviewSample.objects.values_list("pk", flat=True)) == first


def test_of_what_level_one_could_have_done_one_is_always_looked_at(route, lena):
    rows = sent(route, lena, 40)
    # The one that chance would take last: only the claim brings it in.
    draw(route_ids=[route.pk], now=NOW)
    by_chance = set(ReviewSample.objects.values_list("pk", flat=True))
    ReviewSample.objects.all().delete()
    claimed = next(row for row in rows if row.pk not in by_chance)
    Verdict.objects.create(handoff=claimed, level_one_could=True, guess="right", by=lena, at=LAST_WEEK)
    catch_up()

    draw(route_ids=[route.pk], now=NOW)

    assert ReviewSample.objects.get(pk=claimed.pk).why == Why.CLAIM


def test_what_is_said_after_the_week_was_drawn_is_looked_at_with_the_week_in_which_it_is_said(route, lena):
    rows = sent(route, lena, 40)
    draw(route_ids=[route.pk], now=NOW)
    late = next(row for row in rows if not ReviewSample.objects.filter(pk=row.pk).exists())
    Verdict.objects.create(handoff=late, level_one_could=True, guess="right", by=lena, at=NOW)

    draw(route_ids=[route.pk], now=NOW + timedelta(weeks=1))

    drawn = ReviewSample.objects.get(pk=late.pk)
    assert (drawn.why, drawn.week) == (Why.CLAIM, weeks(NOW + timedelta(weeks=1))[0])


def test_one_reads_what_nobody_has_read_first_and_never_ones_own(route, lena, ines):
    sent(route, lena, 3)
    draw(route_ids=[route.pk], now=NOW)
    other = builders.person("omar", team=route.sender, role=Membership.Role.LEAD)
    first, second, third = waiting_for(ines, route_ids=[route.pk], now=NOW)

    reviewed(first.handoff, other)
    reviewed(second.handoff, ines)

    assert [each.pk for each in waiting_for(ines, route_ids=[route.pk], now=NOW)] == [third.pk, first.pk]
    assert not waiting_for(lena, route_ids=[route.pk], now=NOW)


def test_what_two_have_read_waits_for_nobody(route, lena, ines):
    sent(route, lena, 1)
    draw(route_ids=[route.pk], now=NOW)
    sample = ReviewSample.objects.get()

    for number in range(READERS):
        assert waiting_for(ines, route_ids=[route.pk], now=NOW).count() == 1
        reviewed(sample.handoff, builders.person(f"reader{number}"))

    assert not waiting_for(ines, route_ids=[route.pk], now=NOW)


def test_after_four_weeks_nobody_is_asked_any_more(route, lena, ines):
    sent(route, lena, 3)
    draw(route_ids=[route.pk], now=NOW)

    assert not waiting_for(ines, route_ids=[route.pk], now=NOW + timedelta(weeks=4))


def reviewed(handoff, by):
    answers = {"ask_clear": 2, "traceable": 2, "start_here": 2}
    return Review.objects.create(handoff=handoff, reviewer=by, seconds=60, reviewed_at=NOW, **answers)
