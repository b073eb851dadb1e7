"""A Zendesk that changed under a route is noticed: a field, an option, a group, a brand."""

from typing import Any

import pytest

from escalation.models import Drift, Route
from escalation.practice.zendesk.fields import records_of
from escalation.upkeep.drift import check_drift, vouch
from escalation.upkeep.publish import publish_rules
from tests import builders
from tests.builders import NOW
from tests.database import real
from tests.database.real import Site

pytestmark = pytest.mark.django_db
GROUP = 360_001


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Site:
    site = real.open_site(monkeypatch, name="zendesk")
    change(site, "group", {"id": GROUP, "name": "Networks", "deleted": False})
    return site


@pytest.fixture
def route(site: Site) -> Route:
    row = builders.route(source=builders.connection("servicenow"), target=real.desk())
    publish_rules(
        route=row,
        body={"defaults": {"group_id": str(GROUP), "brand_id": str(brand(site)["id"])}},
        note="",
        by=None,
        now=NOW,
    )
    assert check_drift(connection=row.target, now=NOW) == ""
    return row


def change(site: Site, kind: str, record: dict[str, Any]) -> None:
    site.practice.store.put(kind, record["id"], record)


def field(site: Site, kind: str) -> dict[str, Any]:
    return dict(next(one for one in records_of(site.practice.store, "ticket_field") if one["type"] == kind))


def brand(site: Site) -> dict[str, Any]:
    return dict(records_of(site.practice.store, "brand")[0])


def found(route: Route) -> list[tuple[str, str, str]]:
    rows = Drift.objects.filter(route=route, over_at=None).order_by("kind")
    return list(rows.values_list("kind", "field", "value"))


def test_a_tenant_as_it_was_fits(route: Route) -> None:
    assert found(route) == []


def test_a_field_that_is_switched_off_is_gone_until_it_is_on_again(route: Route, site: Site) -> None:
    priority = field(site, "priority")
    change(site, "ticket_field", {**priority, "active": False})
    check_drift(connection=route.target, now=NOW)
    assert found(route) == [("field_gone", "priority", "")]

    change(site, "ticket_field", priority)
    check_drift(connection=route.target, now=NOW)
    assert found(route) == []


def test_an_option_that_is_renamed_is_right_once_somebody_says_so(route: Route, site: Site) -> None:
    priority = field(site, "priority")
    options = [{**each, "name": each["name"].upper()} for each in priority["system_field_options"][-1:]]
    kept = priority["system_field_options"][:-1]
    change(site, "ticket_field", {**priority, "system_field_options": [*kept, *options]})
    check_drift(connection=route.target, now=NOW)
    assert found(route) == [("choice_renamed", "priority", "urgent")]

    vouch(connection=route.target, now=NOW)
    assert found(route) == []


def test_an_option_a_group_and_a_brand_that_are_gone_are_named(route: Route, site: Site) -> None:
    kind = field(site, "tickettype")
    left = [each for each in kind["system_field_options"] if each["value"] != "incident"]
    change(site, "ticket_field", {**kind, "system_field_options": left})
    change(site, "group", {"id": GROUP, "name": "Networks", "deleted": True})
    change(site, "brand", {**brand(site), "active": False})

    check_drift(connection=route.target, now=NOW)

    assert set(found(route)) == {
        ("choice_gone", "type", "incident"),
        ("choice_gone", "group_id", str(GROUP)),
        ("choice_gone", "brand_id", str(brand(site)["id"])),
    }


def test_a_field_that_must_be_filled_to_solve_a_ticket_stops_no_handoff(route: Route, site: Site) -> None:
    topic = {"id": 360_002, "type": "tagger", "title": "Topic", "active": True, "required": True}
    change(site, "ticket_field", topic)

    check_drift(connection=route.target, now=NOW)

    assert found(route) == []
