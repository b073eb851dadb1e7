"""Figures about persons: off by default, an owner's decision, and never about few handoffs."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from escalation.models import Membership, Route, Team
from tests import builders
from tests.pages.leading import past_handoff

Role = Membership.Role


@pytest.fixture
def lead(browser_of, desk_to_ops: Route) -> Client:
    return browser_of(builders.person("ines", team=desk_to_ops.sender, role=Role.LEAD))


@pytest.fixture
def owner(browser_of, desk_to_ops: Route) -> Client:
    return browser_of(builders.person("kenji", team=desk_to_ops.sender, role=Role.OWNER))


@pytest.fixture
def sent(desk_to_ops: Route, author: User, teammate: User) -> User:
    """Ten of one and nine of the other, whom it returns."""
    for number in range(19):
        confirmed = timezone.now() - timedelta(days=2, minutes=number)
        told = {"seen": 1, "diagnosing": 1.5}
        by = author if number < 10 else teammate
        past_handoff(route=desk_to_ops, author=by, confirmed_at=confirmed, told=told)
    return teammate


def agree(owner: Client, team: Team, on: str = "yes") -> int:
    return owner.post(f"/figures/people/agree/{team.pk}", {"on": on}).status_code


def test_it_is_off_until_an_owner_switches_it_on(lead, owner, sent, desk_to_ops):
    html = lead.get("/figures/people").content.decode()
    assert "<strong>Service Desk</strong>: off" in html
    assert "an owner of the team decides" in html
    assert "Lena" not in html

    assert agree(owner, desk_to_ops.sender) == 302
    assert "Lena" in lead.get("/figures/people").content.decode()

    agree(owner, desk_to_ops.sender, on="no")
    assert "Lena" not in lead.get("/figures/people").content.decode()


def test_of_nine_handoffs_nothing_is_shown(lead, owner, sent, desk_to_ops, author):
    agree(owner, desk_to_ops.sender)

    html = lead.get("/figures/people").content.decode()

    assert "<strong>Lena</strong>" in html
    assert "Amir" not in html
    assert lead.get(f"/figures/people/{author.pk}").status_code == 200
    assert lead.get(f"/figures/people/{sent.pk}").status_code == 404


def test_a_number_opens_to_the_handoffs_behind_it(lead, owner, sent, desk_to_ops, author):
    agree(owner, desk_to_ops.sender)
    assert f'href="/figures/people/{author.pk}?days=30"' in lead.get("/figures/people").content.decode()

    html = lead.get(f"/figures/people/{author.pk}?days=30").content.decode()

    assert "10 sent by Lena" in html
    assert html.count('class="title"') == 10
    assert "30 min" in html


def test_while_it_is_off_nobody_stands_behind_an_address_either(lead, sent, author):
    assert lead.get(f"/figures/people/{author.pk}").status_code == 404


def test_a_lead_and_an_owner_of_another_team_do_not_decide(lead, browser_of, desk_to_ops):
    other = browser_of(builders.person("omar", team=desk_to_ops.receiver, role=Role.OWNER))

    assert (agree(lead, desk_to_ops.sender), agree(other, desk_to_ops.sender)) == (404, 404)
    assert not Team.objects.filter(by_person=True).exists()


def test_only_what_the_agreeing_team_sends_is_counted(lead, owner, sent, desk_to_ops, author):
    agree(owner, desk_to_ops.sender)
    Team.objects.exclude(pk=desk_to_ops.sender_id).update(by_person=False)
    back = Route.objects.create(
        name="Back",
        sender=desk_to_ops.receiver,
        receiver=desk_to_ops.sender,
        source=desk_to_ops.source,
        target=desk_to_ops.target,
    )
    confirmed = timezone.now() - timedelta(days=2)
    past_handoff(route=back, author=author, confirmed_at=confirmed, told={"seen": 1})

    assert "10 sent by Lena" in lead.get(f"/figures/people/{author.pk}").content.decode()
