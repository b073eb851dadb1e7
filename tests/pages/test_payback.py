"""Payback: from which assumptions, stated by whom, and never from too little."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from escalation.models import Baseline, Membership, Route
from tests import builders
from tests.pages.leading import past_handoff

STATED = {"effort_minutes": "0.5", "rebuild_minutes": "108", "known_from": "Twenty tickets of spring, timed"}


@pytest.fixture
def page(browser_of, desk_to_ops: Route) -> Client:
    return browser_of(builders.person("ines", team=desk_to_ops.sender, role=Membership.Role.LEAD))


@pytest.fixture
def twelve(desk_to_ops: Route, author: User) -> None:
    for number in range(12):
        confirmed = timezone.now() - timedelta(days=2, minutes=number)
        told = {"seen": 1, "diagnosing": 1.8}  # 48 minutes of rebuilding, 2.5 of effort
        past_handoff(route=desk_to_ops, author=author, confirmed_at=confirmed, told=told)


def test_until_somebody_states_what_it_took_before_nothing_is_claimed(page, twelve):
    html = page.get("/figures").content.decode()

    assert "Nobody has said what an escalation of Service Desk took before" in html
    assert "state below what an escalation took before" in html
    assert " saved</strong>" not in html


def test_what_is_stated_is_kept_with_who_said_so_and_reckoned_from(page, twelve, desk_to_ops):
    answer = page.post(f"/figures/baseline/{desk_to_ops.sender_id}", STATED | {"next": "/figures?days=7"})

    assert answer["Location"] == "/figures?days=7"
    html = page.get("/figures").content.decode()
    # (108 - 48) / (2.5 - 0.5), and twelve times 58 minutes; medians are right to one part in a hundred
    ratio = re.search(r'data-label="A minute spent saves">([\d.]+) min</td>', html)
    assert ratio is not None
    assert float(ratio[1]) == pytest.approx(30, rel=0.05)
    assert "<strong>12 h saved</strong>" in html
    assert "Known from: Twenty tickets of spring, timed. Stated by Ines" in html


def test_few_handoffs_claim_nothing(page, desk_to_ops, author):
    past_handoff(
        route=desk_to_ops,
        author=author,
        confirmed_at=timezone.now() - timedelta(days=2),
        told={"seen": 1, "diagnosing": 2},
    )
    page.post(f"/figures/baseline/{desk_to_ops.sender_id}", STATED)

    assert "fewer than 10 handoffs were measured: nothing is claimed" in page.get("/figures").content.decode()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"effort_minutes": "-1"}, "Writing one"),
        ({"rebuild_minutes": "2000"}, "Understanding one"),
        ({"rebuild_minutes": "nan"}, "Understanding one"),
        ({"known_from": ""}, "How you know"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_nothing_changes(page, desk_to_ops, change, said):
    page.post(f"/figures/baseline/{desk_to_ops.sender_id}", STATED)
    before = Baseline.objects.values().get()

    answer = page.post(f"/figures/baseline/{desk_to_ops.sender_id}", STATED | change, follow=True)

    assert f"the assumptions stand as they were. {said}:" in answer.content.decode()
    assert Baseline.objects.values().get() == before


@pytest.mark.parametrize("back", ["https://evil.example/figures", "//evil.example", "/admin", ""])
def test_one_comes_back_to_the_figures_and_nowhere_else(page, desk_to_ops, back):
    answer = page.post(f"/figures/baseline/{desk_to_ops.sender_id}", STATED | {"next": back})

    assert answer["Location"] == "/figures"


def test_nobody_states_anything_for_a_team_of_others(page, browser_of, author, desk_to_ops):
    other = builders.Team.objects.create(name="Elsewhere")

    assert page.post(f"/figures/baseline/{other.pk}", STATED).status_code == 404
    address = f"/figures/baseline/{desk_to_ops.sender_id}"
    assert browser_of(author).post(address, STATED).status_code == 404
    assert not Baseline.objects.exists()
