"""A published version never changes; going back is a new version."""

import pytest

from escalation.models import Route, RuleSet
from escalation.upkeep.publish import NotValid, publish_rules, roll_back_rules
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
