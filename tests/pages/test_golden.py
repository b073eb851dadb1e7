"""How an owner holds a route's changes against golden cases: kept, shown, accepted, taken back."""

import pytest
from django.contrib.auth.models import User
from django.template.loader import render_to_string
from django.test import Client

from escalation.models import Delivery, GoldenCase, Handoff, Membership, Route, RuleSet, Template
from escalation.upkeep.difference import Difference
from tests import builders
from tests.pages.test_workbench import FILLED

Role = Membership.Role
NEEDS_MORE = {"do": "publish", "fields_lines": "u_site = Site, text, needed", "note": "Where it is"}


@pytest.fixture
def owner(desk_to_ops: Route) -> User:
    return builders.person("kenji", team=desk_to_ops.sender, role=Role.OWNER)


@pytest.fixture
def page(browser_of, owner) -> Client:
    return browser_of(owner)


@pytest.fixture
def case(page: Client, sent: Handoff) -> GoldenCase:
    page.post(f"/handoffs/{sent.pk}/golden")
    return GoldenCase.objects.get()


def press(page: Client, case: GoldenCase, do: str, **changes: str) -> str:
    answer = page.post(f"/routes/{case.route_id}/rules", FILLED | changes | {"do": do}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def accept(page: Client, case: GoldenCase, html: str, what: str = "rules", **changes: str) -> str:
    """Press on as a browser would: with everything the page's form held back."""
    word = html.partition('name="accepted" value="')[2].partition('"')[0]
    filled = {"rules": FILLED, "template": NEEDS_MORE}[what]
    posted = filled | changes | {"do": "publish", "accepted": word}
    return page.post(f"/routes/{case.route_id}/{what}", posted, follow=True).content.decode()


def in_force(case: GoldenCase) -> int:
    return RuleSet.objects.filter(route=case.route_id).latest("version").version


def test_one_press_freezes_what_was_confirmed(page, case, sent):
    assert case.state == sent.snapshot.state
    assert case.number == "INC0012345"
    assert case.expected["draft"] == sent.snapshot.translation["draft"]


def test_keeping_the_same_handoff_twice_keeps_one_case(page, case, sent):
    page.post(f"/handoffs/{sent.pk}/golden")

    assert GoldenCase.objects.count() == 1


def test_the_handoff_says_that_it_is_kept_and_others_see_no_button(page, browser_of, author, sent):
    button = "Keep as golden case"

    assert button in page.get(f"/handoffs/{sent.pk}").content.decode()
    assert button not in browser_of(author).get(f"/handoffs/{sent.pk}").content.decode()
    page.post(f"/handoffs/{sent.pk}/golden")
    assert "A golden case of" in page.get(f"/handoffs/{sent.pk}").content.decode()


def test_the_workbench_lists_the_cases(page, case):
    html = page.get(f"/routes/{case.route_id}").content.decode()

    assert "1 kept" in html
    assert case.summary in html


def test_trying_a_draft_shows_which_cases_would_differ(page, case):
    html = press(page, case, "try")

    assert "1 of 1 would differ with the draft" in html
    assert in_force(case) == 1


def test_a_draft_that_leaves_the_cases_alone_is_published_at_once(page, case):
    html = press(page, case, "publish", defaults="", values="", fill_at="0.6")

    assert "Rules 2 are in force" in html


def test_a_change_to_a_case_is_shown_before_it_is_published(page, case):
    html = press(page, case, "publish")

    assert "Not published yet: 1 golden case reads differently" in html
    assert "Accept and publish" in html
    assert in_force(case) == 1


def test_accepting_the_differences_publishes_and_expects_them_from_now_on(page, case):
    html = accept(page, case, press(page, case, "publish"))

    assert "Rules 2 are in force" in html
    assert "All 1 stay as expected" in press(page, case, "try")


def test_accepting_one_draft_does_not_publish_another(page, case):
    html = press(page, case, "publish")

    again = accept(page, case, html, defaults="contact_type = email")

    assert "Not published yet" in again
    assert in_force(case) == 1


def test_rolling_back_takes_one_press_and_the_expectations_along(page, case):
    before = case.expected
    accept(page, case, press(page, case, "publish"))
    case.refresh_from_db()
    assert case.expected != before

    page.post(f"/routes/{case.route_id}/rules/1/back")

    case.refresh_from_db()
    assert case.expected == before
    assert in_force(case) == 3


def test_what_was_confirmed_stays_through_accepting_and_rolling_back(page, case, sent):
    body, shown = bytes(Delivery.objects.get(handoff=sent).body), sent.snapshot.translation

    accept(page, case, press(page, case, "publish"))
    page.post(f"/routes/{case.route_id}/rules/1/back")

    assert bytes(Delivery.objects.get(handoff=sent).body) == body
    sent.snapshot.refresh_from_db()
    assert sent.snapshot.translation == shown


def test_a_template_that_asks_more_shows_it_on_the_cases_first(page, case):
    address = f"/routes/{case.route_id}/template"
    html = page.post(address, NEEDS_MORE).content.decode()
    assert "Site, needed" in html
    assert Template.objects.filter(route=case.route_id).count() == 1

    accept(page, case, html, "template")

    assert Template.objects.filter(route=case.route_id).latest("version").version == 2


def test_trying_a_template_publishes_nothing(page, case):
    html = page.post(f"/routes/{case.route_id}/template", NEEDS_MORE | {"do": "try"}).content.decode()

    assert "1 of 1 would differ with the draft" in html
    assert Template.objects.filter(route=case.route_id).count() == 1


def test_a_catalog_that_learns_later_changes_no_case(page, case, monkeypatch):
    monkeypatch.setattr("escalation.upkeep.replay.links_for", lambda **_: pytest.fail("looked for links"))
    html = page.post(f"/routes/{case.route_id}/template", {"do": "try"}).content.decode()
    assert "All 1 stay as expected" in html

    assert "Rules 2 are in force" in press(page, case, "publish", defaults="", values="", fill_at="0.6")


def test_a_case_that_is_let_go_holds_nothing_up(page, case):
    page.post(f"/routes/{case.route_id}/golden/{case.pk}/forget")

    assert "Rules 2 are in force" in press(page, case, "publish")


def test_owners_of_other_routes_can_neither_keep_nor_forget(browser_of, case, sent):
    other = builders.person("otto", team=builders.Team.objects.create(name="Elsewhere"), role=Role.OWNER)
    browser = browser_of(other)

    assert browser.post(f"/handoffs/{sent.pk}/golden").status_code == 404
    assert browser.post(f"/routes/{case.route_id}/golden/{case.pk}/forget").status_code == 404
    assert GoldenCase.objects.count() == 1


def test_the_held_form_carries_the_draft_along(page, case):
    html = press(page, case, "publish", note="Not lost")

    assert 'value="Not lost"' in html
    assert "category: vpn = network" in html


def test_the_words_that_differ_are_marked_for_the_eye_and_for_the_ear():
    one = Difference(label="Description", before="Reach by <phone>, today", after="Reach by mail, today")

    html = render_to_string("partials/differences.html", {"differences": [one], "was": "now"})

    assert "[only here: </span>&lt;phone&gt;<span" in html
    assert "<ins>" in html
    assert html.count("Reach by ") == 2
