"""Users whose ticket was handed on beside the others: same days, same kind of ticket."""

from datetime import timedelta

import pytest

from escalation.metrics.satisfaction import Compared, Said, catch_up, compare, satisfaction
from escalation.models import Handoff, Rating, RatingDue, Route
from tests import builders
from tests.builders import NOW

TODAY = NOW.replace(hour=0)


def rate(route: Route, number: int, *, score: str = "good", category: str = "vpn", days: int = 0) -> Rating:
    return Rating.objects.create(
        connection=route.source,
        remote_id=f"r{number}",
        ticket=f"t{number}",
        score=score,
        category=category,
        rated_at=NOW + timedelta(days=days),
    )


def found(route: Route):
    catch_up()
    return satisfaction(sources=[route.source_id], since=TODAY, before=TODAY + timedelta(days=1))


@pytest.mark.django_db
def test_ratings_are_told_apart_by_whether_a_handoff_was_sent(desk_to_ops: Route, agent):
    for number in range(12):
        rate(desk_to_ops, number, score="bad" if number in {0, 6, 7} else "good")
        if number < 6:
            sent = {"status": "delivered", "confirmed_at": NOW} if number < 5 else {}
            builders.handoff(route=desk_to_ops, author=agent, source_reference=f"t{number}", **sent)

    (kind,) = found(desk_to_ops).kinds

    assert (kind.category, kind.escalated, kind.others) == ("vpn", Said(good=4, bad=1), Said(good=5, bad=2))


@pytest.mark.django_db
def test_a_handoff_sent_after_the_rating_and_a_rating_changed_count_anew(desk_to_ops: Route, agent):
    rating = rate(desk_to_ops, 1)
    draft = builders.handoff(route=desk_to_ops, author=agent, source_reference="t1")
    assert found(desk_to_ops).kinds[0].others == Said(good=1, bad=0)

    Handoff.objects.filter(pk=draft.pk).update(status="queued", confirmed_at=NOW)
    rating.score = "bad"
    rating.save()

    (kind,) = found(desk_to_ops).kinds
    assert (kind.escalated, kind.others) == (Said(good=0, bad=1), Said(good=0, bad=0))
    assert not RatingDue.objects.exists()


@pytest.mark.django_db
def test_other_days_and_other_sources_are_not_counted(desk_to_ops: Route, agent):
    rating = rate(desk_to_ops, 1, days=1)
    assert found(desk_to_ops).kinds == ()

    rating.rated_at = NOW
    rating.save()
    assert len(found(desk_to_ops).kinds) == 1

    rating.delete()
    assert found(desk_to_ops).kinds == ()


def kind(category: str, escalated: tuple[int, int], others: tuple[int, int]) -> Compared:
    both = [Said(good=good, bad=bad) for good, bad in (escalated, others)]
    return Compared(category=category, escalated=both[0], others=both[1])


def test_the_mix_of_kinds_makes_no_difference():
    # Printers please nobody and are mostly handed on: in a plain average that would look like our doing.
    printers, vpn = kind("printer", (20, 20), (5, 5)), kind("vpn", (9, 1), (90, 10))

    said = compare([printers, vpn, kind("rare", (0, 4), (50, 0))])

    assert (said.escalated, said.others) == (pytest.approx(29 / 50), pytest.approx(29 / 50))
    assert (said.gap, said.n) == (pytest.approx(0), 50)


def test_nothing_alike_is_not_compared():
    said = compare([kind("vpn", (4, 0), (50, 0))])

    assert (said.escalated, said.others, said.gap) == (None, None, None)
