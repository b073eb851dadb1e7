"""How an owner changes a route: tried first, published with a note, taken back by one press."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from escalation.models import Delivery, Drift, Handoff, Membership, Route, RuleSet, Template
from escalation.tools.health import Lack
from escalation.tools.servicenow import upkeep
from escalation.upkeep.publish import publish_rules
from tests import builders
from tests.builders import NOW
from tests.database import owing

Role = Membership.Role


@pytest.fixture
def owner(desk_to_ops: Route) -> User:
    return builders.person("kenji", team=desk_to_ops.sender, role=Role.OWNER)


@pytest.fixture
def page(browser_of, owner) -> Client:
    return browser_of(owner)


FILLED = {
    "defaults": "contact_type = phone",
    "values": "category: vpn = network",
    "fill_at": "0.7",
    "ask_at": "0.05",
    "default_impact": "medium",
    "default_urgency": "medium",
    "work_note": "on",
    "language": "en",
    "wording": "",
    "note": "Calls come by phone",
}


def press(page: Client, route: Route, do: str, **changes: str) -> str:
    answer = page.post(f"/routes/{route.pk}/rules", FILLED | changes | {"do": do}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def in_force(route: Route) -> RuleSet:
    return RuleSet.objects.filter(route=route).latest("version")


def test_the_form_shows_the_rules_in_force(page, desk_to_ops):
    body = {"defaults": {"contact_type": "phone"}, "wording": {"resolved": {"en": "It works again."}}}
    publish_rules(route=desk_to_ops, body=body, note="", by=None, now=NOW)

    html = page.get(f"/routes/{desk_to_ops.pk}").content.decode()

    assert "contact_type = phone" in html
    assert "resolved en = It works again." in html


def test_trying_shows_the_effect_and_publishes_nothing(page, desk_to_ops, sent):
    html = press(page, desk_to_ops, "try")

    assert "1 of the last 1 handoffs" in html
    assert "Channel" in html
    assert in_force(desk_to_ops).version == 1


def test_the_draft_is_still_in_the_form_after_trying_it(page, desk_to_ops, sent):
    html = press(page, desk_to_ops, "try", note="Not lost")

    assert "category: vpn = network" in html
    assert 'value="Not lost"' in html


def test_a_draft_that_changes_nothing_says_so(page, desk_to_ops, sent):
    html = press(page, desk_to_ops, "try", defaults="", values="", fill_at="0.6")

    assert "None of the last 1 handoffs would read differently" in html


def test_publishing_makes_a_new_version_with_its_note(page, desk_to_ops, owner):
    press(page, desk_to_ops, "publish")

    row = in_force(desk_to_ops)
    assert (row.version, row.note, row.published_by) == (2, "Calls come by phone", owner)
    assert row.body["defaults"] == {"contact_type": "phone"}
    assert row.body["values"] == {"category": {"vpn": "network"}}


def test_what_was_sent_before_is_untouched_by_publishing(page, desk_to_ops, sent: Handoff):
    before = bytes(Delivery.objects.get(handoff=sent).body)

    press(page, desk_to_ops, "publish")

    assert bytes(Delivery.objects.get(handoff=sent).body) == before
    assert sent.snapshot.rule_set.version == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"defaults": "contact_type phone"}, "Line 1: write it like"),
        ({"fill_at": "7"}, "less than or equal to 1"),
        ({"ask_at": "0.9"}, "nothing unsure would ever be asked"),
        ({"wording": "resolved en = {name}"}, "{name} is not known"),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field_and_kept(page, desk_to_ops, changes, words):
    html = press(page, desk_to_ops, "publish", **changes)

    assert words in html
    assert "Error:" in html
    assert next(iter(changes.values())) in html
    assert in_force(desk_to_ops).version == 1


def test_statuses_are_written_as_lines_and_a_word_that_is_none_is_said(page, desk_to_ops):
    line = "later: waiting = On Hold; hold_reason = Awaiting Vendor"

    press(page, desk_to_ops, "publish", statuses=line)

    assert in_force(desk_to_ops).body["statuses"] == {
        "later": {"waiting": "On Hold; hold_reason = Awaiting Vendor"}
    }
    assert line in page.get(f"/routes/{desk_to_ops.pk}").content.decode()
    wrong = page.post(
        f"/routes/{desk_to_ops.pk}/rules",
        FILLED | {"do": "publish", "statuses": "later: fixed = Resolved"},
    )
    assert "later: fixed = Resolved" in wrong.content.decode()
    assert "Input should be &#x27;working&#x27;" in wrong.content.decode()
    assert in_force(desk_to_ops).version == 2


def test_one_press_brings_an_earlier_version_back(page, desk_to_ops):
    press(page, desk_to_ops, "publish")

    page.post(f"/routes/{desk_to_ops.pk}/rules/1/back")

    row = in_force(desk_to_ops)
    assert (row.version, row.note) == (3, "Back to version 1")
    assert row.body == RuleSet.objects.get(route=desk_to_ops, version=1).body


def test_a_version_that_never_was_cannot_come_back(page, desk_to_ops):
    assert page.post(f"/routes/{desk_to_ops.pk}/rules/9/back").status_code == 404
    assert page.post(f"/routes/{desk_to_ops.pk}/template/9/back").status_code == 404


def test_the_template_is_published_and_taken_back(page, desk_to_ops):
    asked = {"prompt_facts": "What did you check?", "need_facts": "on", "note": "Ask less", "do": "publish"}

    page.post(f"/routes/{desk_to_ops.pk}/template", asked)
    second = Template.objects.filter(route=desk_to_ops).latest("version")
    page.post(f"/routes/{desk_to_ops.pk}/template/1/back")

    assert second.body["needs"] == ["facts"]
    assert second.body["prompts"] == {"facts": "What did you check?"}
    assert Template.objects.filter(route=desk_to_ops).latest("version").version == 3


def test_a_route_has_an_owner_and_an_overdue_review_is_said(page, desk_to_ops, owner):
    # Two days, because yesterday in UTC can still be today where the owner is.
    past = timezone.localdate() - timedelta(days=2)

    page.post(f"/routes/{desk_to_ops.pk}/owner", {"owner": owner.pk, "review_by": past.isoformat()})

    desk_to_ops.refresh_from_db()
    assert (desk_to_ops.owner, desk_to_ops.review_by) == (owner, past)
    assert "review overdue" in page.get(f"/routes/{desk_to_ops.pk}").content.decode()
    assert "overdue" in page.get("/connections").content.decode()


def test_somebody_else_cannot_be_made_the_owner(page, desk_to_ops, author):
    page.post(f"/routes/{desk_to_ops.pk}/owner", {"owner": author.pk})

    desk_to_ops.refresh_from_db()
    assert desk_to_ops.owner is None


def test_what_drifted_is_said_on_the_route_and_on_the_connections(page, desk_to_ops):
    Drift.objects.create(
        connection=desk_to_ops.target,
        route=desk_to_ops,
        kind="field_gone",
        field="caused_by",
        what="The tool has no field caused_by any more.",
        fix="Have it brought back.",
        since=NOW,
    )

    html = page.get(f"/routes/{desk_to_ops.pk}").content.decode()

    assert "1 thing in Acme servicenow no longer fits" in html
    assert "The tool has no field caused_by any more." in html
    assert "1 thing no longer fits" in page.get("/connections").content.decode()


@pytest.mark.parametrize(("kind", "ends"), [("entry_retired", True), ("field_required", False)])
def test_only_what_needs_no_mending_ends_by_being_known(page, desk_to_ops, owner, kind, ends):
    row = Drift.objects.create(
        connection=desk_to_ops.target, route=desk_to_ops, kind=kind, field="cmdb_ci", value="c1",
        what="“Gateway” is retired.", fix="Know it.", since=NOW,
    )  # fmt: skip
    html = page.get(f"/routes/{desk_to_ops.pk}").content.decode()

    page.post(f"/routes/{desk_to_ops.pk}/findings/{row.pk}/known")

    row.refresh_from_db()
    assert ("It is known" in html) is ends
    assert (row.known_by == owner, row.over_at is not None) == (ends, ends)


def test_looking_at_a_tool_that_is_down_says_so_in_words(page, desk_to_ops):
    answer = page.post(f"/routes/{desk_to_ops.pk}/drift", follow=True)

    assert "could not be looked at" in answer.content.decode()


def test_testing_a_connection_that_is_down_says_so_in_words(page, desk_to_ops):
    answer = page.post(f"/connections/{desk_to_ops.target_id}/test", follow=True)

    assert "Acme servicenow cannot be used:" in answer.content.decode()


def test_what_a_connection_lacks_is_named_with_its_fix(page, desk_to_ops, monkeypatch):
    lack = Lack(what="It cannot read cmdb_ci.", fix="Give it a role that does.")
    monkeypatch.setattr(upkeep, "check", lambda door: (lack,))

    html = page.post(f"/connections/{desk_to_ops.target_id}/test", follow=True).content.decode()

    assert lack.what in html
    assert lack.fix in html


def test_what_waits_for_a_connection_is_counted(page, desk_to_ops, draft, author):
    owing.owed(owing.confirmed(route=desk_to_ops, author=author))

    html = page.get("/connections").content.decode()

    assert 'data-label="To send">1' in html


PRESSES = ["rules", "template", "owner", "drift", "vouch", "rules/1/back", "template/1/back"]


@pytest.mark.parametrize("press_at", PRESSES)
def test_only_owners_of_the_route_can_press_anything(browser_of, desk_to_ops, press_at):
    roles = (Role.LEVEL_ONE, Role.LEVEL_TWO, Role.LEAD)
    people = [builders.person(role, team=desk_to_ops.sender, role=role) for role in roles]
    people.append(builders.person("mallory"))

    seen = {
        browser_of(each).post(f"/routes/{desk_to_ops.pk}/{press_at}", FILLED).status_code for each in people
    }

    assert seen == {404}
    assert in_force(desk_to_ops).version == 1


def test_a_route_of_other_teams_does_not_exist_for_an_owner(browser_of, desk_to_ops):
    elsewhere = builders.Team.objects.create(name="Elsewhere")
    other = builders.person("otto", team=elsewhere, role=Role.OWNER)

    assert browser_of(other).get(f"/routes/{desk_to_ops.pk}").status_code == 404
    assert browser_of(other).post(f"/routes/{desk_to_ops.pk}/rules", FILLED).status_code == 404


@pytest.mark.parametrize("press_at", PRESSES)
def test_nothing_is_changed_by_a_link(page, desk_to_ops, press_at):
    assert page.get(f"/routes/{desk_to_ops.pk}/{press_at}").status_code == 405


def test_a_connection_is_tested_by_owners_only_and_never_by_a_link(page, browser_of, author, desk_to_ops):
    address = f"/connections/{desk_to_ops.target_id}/test"

    assert page.get(address).status_code == 405
    assert browser_of(author).post(address).status_code == 404


def test_the_page_keeps_to_the_policy(page, desk_to_ops):
    html = page.get(f"/routes/{desk_to_ops.pk}").content.decode()

    assert " style=" not in html
    assert "<script>" not in html
