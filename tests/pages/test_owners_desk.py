"""What waits for an owner stands first on the page they begin with; a sender hears of drift in one line."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from escalation.models import BenchDraft, Drift, Membership, Route
from tests import builders
from tests.builders import NOW

Role = Membership.Role
REQUIRED = "The tool requires Site (u_site), which a handoff may leave empty."


@pytest.fixture
def owner(desk_to_ops: Route) -> User:
    return builders.person("kenji", team=desk_to_ops.sender, role=Role.OWNER)


@pytest.fixture
def desk(browser_of, owner) -> Client:
    return browser_of(owner)


@pytest.fixture
def drifted(desk_to_ops: Route) -> Drift:
    return Drift.objects.create(
        connection=desk_to_ops.target,
        route=desk_to_ops,
        kind=Drift.Kind.FIELD_REQUIRED,
        field="u_site",
        what=REQUIRED,
        fix="Give it a default.",
        since=NOW,
    )


def html_of(browser: Client, address: str) -> str:
    return browser.get(address).content.decode()


def review(route: Route, *, days: int, owner: User | None) -> None:
    route.review_by, route.owner = timezone.now().date() + timedelta(days=days), owner
    route.save()


def test_with_nothing_owed_there_is_no_such_list(desk, desk_to_ops):
    review(desk_to_ops, days=30, owner=None)

    assert "Waits for you" not in html_of(desk, "/connections")


def test_an_overdue_review_waits_for_whoever_answers_for_the_route(desk, browser_of, desk_to_ops, owner):
    review(desk_to_ops, days=-3, owner=owner)
    other = browser_of(builders.person("olga", team=desk_to_ops.receiver, role=Role.OWNER))

    assert "review overdue since" in html_of(desk, "/connections")
    assert "review overdue since" not in html_of(other, "/connections")


def test_a_draft_that_wants_a_second_person_waits_for_the_others_only(desk, browser_of, desk_to_ops, owner):
    other = browser_of(builders.person("olga", team=desk_to_ops.receiver, role=Role.OWNER))
    BenchDraft.objects.create(
        route=desk_to_ops, what="rules", typed={}, saved_by=owner, saved_at=NOW, asked_by=owner, asked_at=NOW
    )

    assert "rules wait for a second person" in html_of(other, "/connections")
    assert "Waits for you" not in html_of(desk, "/connections")


def test_drift_waits_until_it_is_over(desk, drifted):
    assert REQUIRED in html_of(desk, "/connections")

    drifted.over_at = timezone.now()
    drifted.save()

    assert "Waits for you" not in html_of(desk, "/connections")


def test_the_form_says_it_in_one_line_before_anybody_trips(page, draft, drifted, owner, desk_to_ops):
    desk_to_ops.owner = owner
    desk_to_ops.save()

    assert f"Acme servicenow has changed: {REQUIRED} Send as usual; Kenji is told." in html_of(
        page, f"/handoffs/{draft.pk}/edit"
    )


def test_without_drift_the_form_says_nothing_more(page, draft):
    assert "has changed:" not in html_of(page, f"/handoffs/{draft.pk}/edit")
