"""An owner has a tool's past read and sees the before of each measure beside what it is now."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client

from escalation.metrics.before import before
from escalation.models import Membership, PastReading, PastRecord, Route
from tests import builders
from tests.builders import NOW

Role = Membership.Role


@pytest.fixture
def owner(desk_to_ops: Route) -> User:
    return builders.person("kenji", team=desk_to_ops.sender, role=Role.OWNER)


@pytest.fixture
def page(browser_of, owner) -> Client:
    return browser_of(owner)


def went(route: Route, *holders: str, hours: float) -> PastRecord:
    number = PastRecord.objects.count()
    return PastRecord.objects.create(
        connection=route.target,
        remote_id=f"r{number}",
        opened_at=NOW - timedelta(days=9),
        resolved_at=NOW - timedelta(days=9) + timedelta(hours=hours),
        reassignments=len(holders) - 1,
        holders=list(holders),
    )


@pytest.fixture
def past(desk_to_ops: Route) -> None:
    went(desk_to_ops, "a", hours=2)
    went(desk_to_ops, "a", "b", hours=4)
    went(desk_to_ops, "a", "b", "a", hours=6)
    went(desk_to_ops, "a", hours=1)


def measures(route: Route) -> dict[str, float | None]:
    return {each.title: each.before for each in before(connection=route.target, now=NOW).measures}


def test_the_before_of_each_measure_is_what_the_records_say(past, desk_to_ops):
    assert measures(desk_to_ops) == {
        "Half are resolved within": 3 * 3600,
        "Nine in ten are resolved within": pytest.approx(5.4 * 3600),
        "Changed hands (before), returned (with Baton)": 0.5,
        "Went A-B-A": 0.25,
        "Right at the first try": 0.5,
    }


def test_where_nobody_says_who_had_them_ping_pong_is_not_claimed(past, desk_to_ops):
    PastRecord.objects.filter(reassignments__gt=0).update(holders=[])

    assert measures(desk_to_ops)["Went A-B-A"] is None


def test_another_tools_past_does_not_count(past, desk_to_ops):
    assert before(connection=desk_to_ops.source, now=NOW).records == 0


def test_pressing_begins_it_and_the_page_says_so(page, desk_to_ops, owner):
    html = page.post(f"/connections/{desk_to_ops.target_id}/past", follow=True).content.decode()

    assert PastReading.objects.get().asked_by == owner
    assert "Being read" in html
    assert 'hx-trigger="every 3s"' in html


def test_a_finished_one_can_be_begun_again_and_shows_both_columns(page, past, desk_to_ops):
    page.post(f"/connections/{desk_to_ops.target_id}/past")
    PastReading.objects.update(finished_at=NOW, records_read=4, holders_known=False)

    html = page.get(f"/connections/{desk_to_ops.target_id}/past").content.decode()

    assert "Read it again" in html
    assert "4 records before" in html
    assert "sys_audit" in html


def test_a_tool_without_a_past_says_so(page):
    slack = builders.connection("slack")

    assert "does not say how its records went" in page.get(f"/connections/{slack.pk}/past").content.decode()
