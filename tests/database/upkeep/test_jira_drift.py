"""A Jira whose administrators changed a project is noticed: a field, a demand, a priority, a component."""

from dataclasses import replace
from datetime import timedelta

import pytest

from escalation.catalog.sync import sync
from escalation.linking.entries import EntryKind
from escalation.models import CatalogRow, Drift, Route
from escalation.practice.jira import vocabulary
from escalation.upkeep.drift import check_drift, vouch
from escalation.upkeep.publish import publish_rules
from escalation.web.drifting import drift_line
from tests.builders import NOW
from tests.database import real
from tests.database.real import Site

pytestmark = pytest.mark.django_db
RULES = {"defaults": {"issuetype": "Task"}}


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Site:
    return real.open_site(monkeypatch, name="jira", with_world=True)


@pytest.fixture
def route(site: Site) -> Route:
    row = real.into_jira()
    publish_rules(route=row, body=RULES, note="", by=None, now=NOW)
    assert found(row) == []
    return row


def found(route: Route) -> list[tuple[str, str, str]]:
    assert check_drift(connection=route.target, now=NOW) == ""
    rows = Drift.objects.filter(route=route, over_at=None).order_by("kind")
    return list(rows.values_list("kind", "field", "value"))


def call(monkeypatch: pytest.MonkeyPatch, number: str, name: str) -> None:
    """An administrator calls a priority something else."""
    changed = replace(vocabulary.PRIORITIES[number], name=name)
    monkeypatch.setitem(vocabulary.PRIORITIES, number, changed)  # type: ignore[arg-type]


def test_a_field_that_is_taken_off_the_screen_is_gone(route, monkeypatch):
    left = tuple(each for each in vocabulary.screen_of(vocabulary.SOFTWARE, "") if each != "components")
    monkeypatch.setattr(vocabulary, "screen_of", lambda project, kind: left)

    assert found(route) == [("field_gone", "components", "")]
    assert "The tool has no field components any more." in drift_line(route)


def test_a_field_that_is_demanded_from_now_on_is_named(route, monkeypatch):
    before = vocabulary.required
    monkeypatch.setattr(vocabulary, "required", lambda *where: before(*where) | {"duedate"})

    assert found(route) == [("field_required", "duedate", "")]
    assert "The tool requires Due date (duedate)" in drift_line(route)


def test_a_priority_that_is_called_otherwise_is_renamed_and_its_new_name_belongs_into_the_rules(
    route, monkeypatch
):
    call(monkeypatch, "1", "Critical")

    assert found(route) == [("choice_renamed", "priority", "Highest")]
    assert "Priority: “Highest” is now called “Critical”." in drift_line(route)
    assert "name the new one for priority" in Drift.objects.get().fix

    names = {
        "priority": {each: each for each in ("High", "Medium", "Low", "Lowest")} | {"Highest": "Critical"}
    }
    publish_rules(route=route, body=RULES | {"values": names}, note="", by=None, now=NOW)
    assert found(route) == []


def test_saying_that_new_names_are_right_does_not_send_the_old_ones_unnoticed(route, monkeypatch):
    call(monkeypatch, "1", "Critical")
    found(route)

    vouch(connection=route.target, now=NOW)

    (finding,) = Drift.objects.filter(route=route, over_at=None)
    assert (finding.kind, finding.value) == ("choice_gone", "Highest")


def test_a_priority_that_is_deleted_is_gone(route, monkeypatch):
    monkeypatch.delitem(vocabulary.PRIORITIES, "5")  # type: ignore[arg-type]

    assert found(route) == [("choice_gone", "priority", "Lowest")]


def test_a_component_that_the_rules_name_and_somebody_deletes_is_retired(route, site):
    sync(connection=route.target, now=NOW)
    row = CatalogRow.objects.filter(kind=EntryKind.COMPONENT).first()
    assert row is not None
    publish_rules(
        route=route,
        body={"defaults": RULES["defaults"] | {"components": row.remote_id}},
        note="",
        by=None,
        now=NOW,
    )
    store = site.practice.store
    number = row.remote_id.rpartition("/")[2]
    store.remove("component", number)

    sync(connection=route.target, now=NOW + timedelta(days=2))

    assert ("entry_retired", "components", row.remote_id) in found(route)
    assert row.name in drift_line(route)
