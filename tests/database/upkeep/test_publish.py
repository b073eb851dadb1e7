"""A published version never changes; going back is a new version."""

import pytest

from escalation.models import Membership, Route, RuleSet, Template
from escalation.translation.rules import Rules
from escalation.upkeep.publish import (
    NotValid,
    entrust,
    publish_rules,
    publish_template,
    roll_back_rules,
    roll_back_template,
)
from tests import builders
from tests.builders import NOW


@pytest.mark.django_db
def test_versions_count_up_per_route(desk_to_ops: Route, agent):
    second = publish_rules(route=desk_to_ops, body={"fill_at": 0.8}, note="Ask more", by=agent, now=NOW)

    assert second.version == 2
    assert second.body["fill_at"] == 0.8


@pytest.mark.django_db
def test_rolling_back_publishes_the_earlier_body_anew(desk_to_ops: Route, agent):
    first = RuleSet.objects.get(route=desk_to_ops, version=1)
    publish_rules(route=desk_to_ops, body={"fill_at": 0.9}, note="Too strict", by=agent, now=NOW)

    third = roll_back_rules(route=desk_to_ops, to=1, by=agent, now=NOW)

    assert (third.version, third.body, third.note) == (3, first.body, "Back to version 1")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "place"),
    [({"fill_at": 3}, "fill_at"), ({"colour": "red"}, "colour"), ({"language": "xx"}, "language")],
)
def test_rules_that_do_not_fit_are_refused_by_their_place(desk_to_ops: Route, body: dict, place: str):
    with pytest.raises(NotValid, match=place):
        publish_rules(route=desk_to_ops, body=body, note="", by=None, now=NOW)

    assert RuleSet.objects.filter(route=desk_to_ops).count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({"wording": {"resolved": {"en": "{name} is fine"}}}, "wording"),
        ({"wording": {"solved": {"en": "Fine."}}}, "wording"),
        ({"ask_at": 0.9, "fill_at": 0.2}, "ask_at"),
    ],
)
def test_rules_that_would_fail_later_are_refused_now(desk_to_ops: Route, body: dict, place: str):
    with pytest.raises(NotValid, match=place):
        publish_rules(route=desk_to_ops, body=body, note="", by=None, now=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize("body", [{"needs": ["colour"]}, {"prompts": {"facts": "x" * 201}}, {"other": 1}])
def test_a_template_that_does_not_fit_is_refused(desk_to_ops: Route, body: dict):
    with pytest.raises(NotValid):
        publish_template(route=desk_to_ops, body=body, note="", by=None, now=NOW)


@pytest.mark.django_db
def test_an_earlier_template_comes_back_as_a_new_version(desk_to_ops: Route, agent):
    publish_template(route=desk_to_ops, body={"needs": ["facts"]}, note="More", by=agent, now=NOW)

    third = roll_back_template(route=desk_to_ops, to=1, by=agent, now=NOW)

    assert (third.version, third.body) == (3, {})


@pytest.mark.django_db
def test_only_an_owner_of_its_teams_can_answer_for_a_route(desk_to_ops: Route, agent):
    owner = builders.person("kenji", team=desk_to_ops.sender, role=Membership.Role.OWNER)

    kept = entrust(route=desk_to_ops, owner=owner, review_by=NOW.date())

    assert (kept.owner, kept.review_by) == (owner, NOW.date())
    with pytest.raises(NotValid, match="owner"):
        entrust(route=desk_to_ops, owner=agent, review_by=None)


@pytest.mark.django_db
def test_in_force_is_what_was_published_last_and_no_draft(desk_to_ops: Route, agent):
    publish_rules(route=desk_to_ops, body={"fill_at": 0.8}, note="", by=agent, now=NOW)
    publish_template(route=desk_to_ops, body={"needs": ["facts"]}, note="", by=agent, now=NOW)
    RuleSet.objects.create(route=desk_to_ops, version=90, body={"fill_at": 0.1})
    Template.objects.create(route=desk_to_ops, version=90, body={})

    assert desk_to_ops.rules_in_force().fill_at == 0.8
    assert desk_to_ops.asked_in_force() == {"needs": ["facts"]}


@pytest.mark.django_db
def test_before_anything_is_published_the_defaults_are_in_force(desk_to_ops: Route):
    RuleSet.objects.filter(route=desk_to_ops).delete()
    Template.objects.filter(route=desk_to_ops).delete()

    assert desk_to_ops.rules_in_force() == Rules()
    assert (desk_to_ops.rule_set_in_force(), desk_to_ops.template_in_force()) == (None, None)
    assert desk_to_ops.asked_in_force() == {}
