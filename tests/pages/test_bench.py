"""An owner's change stays until it is published: shared, tried as it is typed, seen by a second person."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from escalation.models import BenchDraft, Delivery, Handoff, Membership, Route, RuleSet, Template
from escalation.upkeep.publish import publish_rules
from tests import builders
from tests.builders import NOW
from tests.pages.test_workbench import FILLED

Role = Membership.Role


@pytest.fixture
def owner(desk_to_ops: Route) -> User:
    return builders.person("kenji", team=desk_to_ops.sender, role=Role.OWNER)


@pytest.fixture
def second(desk_to_ops: Route) -> User:
    return builders.person("olga", team=desk_to_ops.receiver, role=Role.OWNER)


@pytest.fixture
def page(browser_of, owner) -> Client:
    return browser_of(owner)


@pytest.fixture
def other(browser_of, second) -> Client:
    return browser_of(second)


@pytest.fixture
def two_persons(desk_to_ops: Route) -> Route:
    desk_to_ops.two_persons = True
    desk_to_ops.save()
    return desk_to_ops


def press(page: Client, route: Route, do: str, **changes: str) -> str:
    """Press as a browser would: over the revision that the page shows."""
    shown = page.get(f"/routes/{route.pk}").content.decode()
    revision = re.search(r'id="rules-state".*?name="revision" value="(\d+)"', shown, re.DOTALL)
    assert revision
    posted = FILLED | {"revision": revision[1]} | changes | {"do": do}
    return page.post(f"/routes/{route.pk}/rules", posted, follow=True).content.decode()


def typed(page: Client, route: Route, **changes: str) -> str:
    return page.post(f"/routes/{route.pk}/rules/live", FILLED | changes).content.decode()


def version(route: Route) -> int:
    return RuleSet.objects.filter(route=route).latest("version").version


def test_what_is_typed_is_there_in_another_browser_and_for_another_owner(page, other, desk_to_ops):
    typed(page, desk_to_ops, defaults="contact_type = email")

    html = other.get(f"/routes/{desk_to_ops.pk}").content.decode()

    assert "contact_type = email" in html
    assert "last kept by Kenji" in html
    assert version(desk_to_ops) == 1


def test_a_line_that_is_not_finished_is_kept_too(page, desk_to_ops):
    typed(page, desk_to_ops, defaults="contact_type")

    html = page.get(f"/routes/{desk_to_ops.pk}").content.decode()

    assert "contact_type</textarea>" in html
    assert "Line 1: write it like" in html


def test_typing_shows_the_effect_on_past_handoffs_at_once(page, desk_to_ops, sent):
    html = typed(page, desk_to_ops)

    assert "1 of the last 1 handoffs" in html
    assert version(desk_to_ops) == 1


def test_what_somebody_else_wrote_meanwhile_is_not_written_over(page, other, desk_to_ops):
    typed(page, desk_to_ops, defaults="contact_type = email")

    late = typed(other, desk_to_ops, defaults="contact_type = walk-in")
    pressed = other.post(f"/routes/{desk_to_ops.pk}/rules", FILLED | {"do": "save"}).content.decode()

    assert "Kenji changed this draft" in late
    assert "Kenji changed this draft" in pressed
    assert "contact_type = phone" in pressed  # the late one's own words are still in the form
    assert BenchDraft.objects.get().typed["defaults"] == "contact_type = email"


def test_whoever_looked_and_presses_again_puts_the_own_words_in_the_others_place(page, other, desk_to_ops):
    typed(page, desk_to_ops, defaults="contact_type = email")

    press(other, desk_to_ops, "save", defaults="contact_type = walk-in")

    assert BenchDraft.objects.get().typed["defaults"] == "contact_type = walk-in"


def test_nobody_overtakes_themselves(page, desk_to_ops):
    for words in ("contact_type = e", "contact_type = email"):
        typed(page, desk_to_ops, defaults=words, revision="0")

    assert BenchDraft.objects.get().typed["defaults"] == "contact_type = email"


def test_publishing_ends_the_draft_and_a_late_save_does_not_bring_it_back(page, desk_to_ops):
    typed(page, desk_to_ops)
    press(page, desk_to_ops, "publish")

    late = typed(page, desk_to_ops, revision="1")

    assert version(desk_to_ops) == 2
    assert "published or discarded meanwhile" in late
    assert not BenchDraft.objects.exists()


def test_discarding_leaves_what_is_in_force(page, desk_to_ops):
    typed(page, desk_to_ops)

    press(page, desk_to_ops, "discard")

    assert not BenchDraft.objects.exists()
    assert version(desk_to_ops) == 1


def test_with_two_persons_the_first_cannot_publish_alone(page, two_persons, second):
    html = press(page, two_persons, "publish")

    assert "This route wants two persons" in html
    assert version(two_persons) == 1


def test_with_two_persons_the_asker_cannot_approve(page, two_persons, second):
    press(page, two_persons, "ask")

    html = press(page, two_persons, "publish")

    assert "another owner of the route has to publish it" in html
    assert version(two_persons) == 1


def test_the_second_person_publishes_and_both_stand_in_the_history(page, other, two_persons, owner, second):
    press(page, two_persons, "ask")
    shown = other.get(f"/routes/{two_persons.pk}").content.decode()

    press(other, two_persons, "publish")

    row = RuleSet.objects.get(route=two_persons, version=2)
    assert "Approve and publish" in shown
    assert (row.proposed_by, row.published_by) == (owner, second)
    assert "asked for by Kenji" in other.get(f"/routes/{two_persons.pk}").content.decode()


def test_a_change_after_asking_wants_to_be_asked_for_again(page, other, two_persons):
    press(page, two_persons, "ask")

    html = press(other, two_persons, "publish", defaults="contact_type = email")

    assert "This route wants two persons" in html
    assert version(two_persons) == 1


def test_rolling_back_needs_nobody_else(page, two_persons):
    publish_rules(route=two_persons, body={"language": "de"}, note="", by=None, now=NOW)

    page.post(f"/routes/{two_persons.pk}/rules/1/back")

    assert version(two_persons) == 3


def test_two_persons_cannot_be_wanted_where_there_is_one(page, desk_to_ops):
    html = page.post(f"/routes/{desk_to_ops.pk}/owner", {"two_persons": "on"}).content.decode()

    desk_to_ops.refresh_from_db()
    assert "only one owner" in html
    assert not desk_to_ops.two_persons


def test_whoever_asked_cannot_switch_the_second_person_off(page, other, two_persons):
    press(page, two_persons, "ask")

    page.post(f"/routes/{two_persons.pk}/owner", {})
    two_persons.refresh_from_db()
    assert two_persons.two_persons

    other.post(f"/routes/{two_persons.pk}/owner", {})
    two_persons.refresh_from_db()
    assert not two_persons.two_persons


def test_any_two_versions_are_compared_setting_by_setting(page, desk_to_ops):
    publish_rules(route=desk_to_ops, body={"defaults": {"contact_type": "phone"}}, note="", by=None, now=NOW)
    publish_rules(route=desk_to_ops, body={"language": "de"}, note="", by=None, now=NOW)

    html = page.get(f"/routes/{desk_to_ops.pk}/rules/compare?from=2&to=3").content.decode()

    assert "Default: contact_type" in html
    assert "Language of what users are told" in html
    assert page.get(f"/routes/{desk_to_ops.pk}/rules/compare?from=1&to=x").status_code == 200


def test_a_template_is_kept_published_and_compared_too(page, desk_to_ops):
    asked = {"prompt_facts": "What did you check?", "need_facts": "on"}
    page.post(f"/routes/{desk_to_ops.pk}/template/live", asked)
    assert BenchDraft.objects.get().what == "template"

    page.post(f"/routes/{desk_to_ops.pk}/template", asked | {"revision": "1", "do": "publish"})

    assert Template.objects.filter(route=desk_to_ops).latest("version").version == 2
    assert "What did you check?" in page.get(f"/routes/{desk_to_ops.pk}/template/compare").content.decode()


def test_drafts_and_publishing_leave_what_was_confirmed_byte_for_byte(page, desk_to_ops, sent: Handoff):
    body, shown = bytes(Delivery.objects.get(handoff=sent).body), sent.snapshot.translation

    typed(page, desk_to_ops)
    press(page, desk_to_ops, "publish")
    page.post(f"/routes/{desk_to_ops.pk}/rules/1/back")

    sent.snapshot.refresh_from_db()
    assert bytes(Delivery.objects.get(handoff=sent).body) == body
    assert sent.snapshot.translation == shown


def test_while_a_line_cannot_be_read_no_effect_stands_beside_it(page, desk_to_ops, sent):
    html = typed(page, desk_to_ops, defaults="contact_type phone")

    assert "Not shown, because the draft cannot be read yet" in html
    assert "Defaults: Line 1: write it like" in html
    assert "of the last 1 handoffs" not in html


def test_what_is_refused_is_said_above_the_form_with_a_way_to_each_field(page, desk_to_ops):
    html = press(page, desk_to_ops, "publish", defaults="contact_type phone")

    above = html.partition("not published or tried")[2].partition("</div>")[0]
    assert '<a href="#id_defaults">Defaults</a>: Line 1: write it like' in above
    assert "not published or tried" not in page.get(f"/routes/{desk_to_ops.pk}").content.decode()


def test_a_templates_draft_is_tried_on_past_handoffs_while_it_is_typed(page, desk_to_ops, sent):
    words = {"fields_lines": "u_site = Site, text, needed", "prompt_facts": "Seen by yourself?"}
    address = f"/routes/{desk_to_ops.pk}/template"

    html = page.post(f"{address}/live", words).content.decode()
    again = page.get(f"/routes/{desk_to_ops.pk}").content.decode()
    unfinished = page.post(f"{address}/live", words | {"fields_lines": "u_site"}).content.decode()

    for shown in (html, again):
        assert "1 of the last 1 handoffs" in shown
        assert "Site, needed" in shown
        assert "Question: Validated facts" in shown
    assert "Fields that only this receiver has:" in unfinished
    assert "of the last 1 handoffs" not in unfinished
    assert Template.objects.filter(route=desk_to_ops).count() == 1
