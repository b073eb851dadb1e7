"""Payback: from which assumptions, stated by whom, and never from too little."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from escalation.models import Baseline, Membership, PastRecord, Route
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


def resolved_before(route: Route, *, hours: float, hands: int, many: int) -> None:
    begun = timezone.now() - timedelta(days=60)
    PastRecord.objects.bulk_create(
        PastRecord(
            connection=route.target,
            remote_id=f"{hands}-{number}",
            opened_at=begun,
            resolved_at=begun + timedelta(hours=hours),
            reassignments=hands,
        )
        for number in range(many)
    )


def test_the_past_of_the_tool_is_offered_as_what_it_took_and_kept_by_a_press(page, twelve, desk_to_ops):
    resolved_before(desk_to_ops, hours=2, hands=0, many=12)
    resolved_before(desk_to_ops, hours=3.8, hands=1, many=11)
    address = f"/figures/baseline/{desk_to_ops.sender_id}"
    assert f'href="{address}"' in page.get("/figures").content.decode()

    html = page.get(address).content.decode()
    offered = re.search(r'name="known_from" [^>]*value="([^"]+)"', html)

    assert "An upper limit" in html
    assert 'name="rebuild_minutes" min="0" max="1440" step="0.1" required value="108"' in html
    assert offered is not None
    page.post(address, STATED | {"known_from": offered[1]})
    assert Baseline.objects.get().known_from.startswith(f"Past of {desk_to_ops.target.name}")
    assert len(Baseline.objects.get().known_from) <= 200


@pytest.mark.parametrize(
    ("hours", "many", "said"),
    [(100, 12, "offered for nothing"), (3, 9, "too few, or no longer"), (1, 12, "too few, or no longer")],
    ids=["days", "few", "quicker"],
)
def test_a_past_that_says_nothing_of_understanding_is_offered_for_nothing(
    page, desk_to_ops, hours, many, said
):
    resolved_before(desk_to_ops, hours=2, hands=0, many=12)
    resolved_before(desk_to_ops, hours=hours, hands=1, many=many)

    html = page.get(f"/figures/baseline/{desk_to_ops.sender_id}").content.decode()

    assert said in html
    assert 'name="rebuild_minutes"' not in html


def test_without_a_past_the_page_says_who_can_have_it_read(page, desk_to_ops):
    html = page.get(f"/figures/baseline/{desk_to_ops.sender_id}").content.decode()

    assert "An owner has it read on the page of a connection" in html
