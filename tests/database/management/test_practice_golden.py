"""The golden cases of the practice company: there from the first start, a yardstick for the next change."""

import pytest

from escalation.management.practice_golden import keep_shipped, shipped
from escalation.models import CatalogRow, GoldenCase, Route
from escalation.upkeep.golden import under_rules, under_template
from tests import builders

pytestmark = pytest.mark.django_db
NOW = builders.NOW


@pytest.fixture
def route(db) -> Route:
    return builders.route()


@pytest.fixture
def catalog(route: Route) -> None:
    for number, name in enumerate(("Loftware Label Server", "VPN Gateway FRA-GW2", "SAP Fiori")):
        CatalogRow.objects.create(
            connection_id=route.target_id,
            kind="configuration_item",
            remote_id=f"ci-{number}",
            name=name,
            synced_at=NOW,
        )


def test_at_least_twenty_ship_each_with_its_own_summary():
    summaries = [state.summary for state, _ in shipped()]

    assert len(summaries) >= 20
    assert len(set(summaries)) == len(summaries)


def test_a_first_start_keeps_them_all_reading_as_expected(route, catalog):
    kept = keep_shipped(route, now=NOW)

    cases = under_rules(route=route, draft=route.rules_in_force())
    assert len(cases) == kept >= 20
    assert not [each for each in cases if each.differences]


def test_they_hold_the_links_that_the_catalog_gave(route, catalog):
    keep_shipped(route, now=NOW)

    labels = GoldenCase.objects.get(summary__contains="shipping labels")
    assert "ci-0" in labels.given["entries"]


def test_changed_rules_show_on_them_and_name_the_field(route, catalog):
    keep_shipped(route, now=NOW)
    draft = route.rules_in_force().model_copy(update={"defaults": {"contact_type": "walk-in"}})

    cases = under_rules(route=route, draft=draft)

    assert {one.after for each in cases for one in each.differences} == {"walk-in"}


def test_a_template_that_needs_more_shows_on_those_that_lack_it(route, catalog):
    keep_shipped(route, now=NOW)

    moved = [each for each in under_template(route=route, draft={"needs": ["business"]}) if each.differences]

    assert [each.summary for each in moved] == ["It stopped working again"]


def test_a_second_start_and_an_owner_who_kept_one_are_left_alone(route, catalog):
    keep_shipped(route, now=NOW)
    GoldenCase.objects.exclude(pk=GoldenCase.objects.earliest("pk").pk).delete()

    assert keep_shipped(route, now=NOW) == 0
    assert GoldenCase.objects.count() == 1


def test_without_a_catalog_they_wait_for_the_next_start(route):
    assert keep_shipped(route, now=NOW) == 0
