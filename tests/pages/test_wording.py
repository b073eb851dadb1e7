"""What an owner types as wording is said beside the field before anything is published."""

import pytest
from django.test import Client

from escalation.models import Membership, RuleSet
from escalation.upkeep.publish import publish_rules
from tests import builders
from tests.builders import NOW


@pytest.fixture
def page(browser_of, desk_to_ops) -> Client:
    return browser_of(builders.person("kenji", team=desk_to_ops.sender, role=Membership.Role.OWNER))


def heard(page, route, **posted):
    answer = page.post(f"/routes/{route.pk}/wording", posted)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_effect_is_shown_and_nothing_is_published(page, desk_to_ops):
    html = heard(page, desk_to_ops, wording="resolved en = It works again.", shown_in="en")

    assert "1 line would be said otherwise" in html
    assert "Our technical team reports that the problem is solved." in html
    assert "It works again." in html
    assert RuleSet.objects.filter(route=desk_to_ops).count() == 1


def test_every_meaning_is_shown_in_the_language_that_was_chosen(page, desk_to_ops):
    html = heard(page, desk_to_ops, wording="", shown_in="de")

    assert "Every meaning in German" in html
    assert "Wir haben" in html


@pytest.mark.parametrize("shown_in", ["", "xx", "<script>"])
def test_an_unknown_language_falls_back_to_the_routes(page, desk_to_ops, shown_in):
    publish_rules(route=desk_to_ops, body={"language": "fr"}, note="", by=None, now=NOW)

    assert "Every meaning in French" in heard(page, desk_to_ops, wording="", shown_in=shown_in)


def test_what_cannot_be_read_yet_is_named(page, desk_to_ops):
    html = heard(page, desk_to_ops, wording="resolved en = {host}", shown_in="en")

    assert "Line 1: English, resolved: {host} is not known." in html


def test_words_are_shown_and_never_obeyed(page, desk_to_ops):
    html = heard(page, desk_to_ops, wording="resolved en = <b>Done</b>", shown_in="en")

    assert "&lt;b&gt;Done&lt;/b&gt;" in html
    assert "<b>" not in html


def test_the_page_shows_the_effect_beside_the_field_without_script_too(page, desk_to_ops):
    first = page.get(f"/routes/{desk_to_ops.pk}").content.decode()
    tried = page.post(
        f"/routes/{desk_to_ops.pk}/rules", {"wording": "resolved en = It works again.", "do": "try"}
    ).content.decode()

    assert "The draft changes no line that users hear." in first
    assert "1 line would be said otherwise" in tried
