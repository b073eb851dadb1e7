"""A tool that changed under a route is noticed, named rightly, and noticed to be mended."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest

from escalation.catalog.index import index_of
from escalation.catalog.sync import sync_all
from escalation.linking.entries import CatalogEntry, EntryKind
from escalation.models import CatalogRow, Connection, Drift, Route
from escalation.tools import registry
from escalation.tools.contract import CatalogPage
from escalation.tools.registry import TOOLS
from escalation.upkeep.drift import check_all, check_all_retired, check_drift, vouch
from escalation.upkeep.publish import publish_rules, publish_template
from tests import builders
from tests.builders import NOW
from tests.database import real
from tests.database.real import Site

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


@pytest.fixture
def site(monkeypatch) -> Site:
    return real.open_site(monkeypatch)


@pytest.fixture
def route(site) -> Route:
    row = real.route()
    publish_rules(
        route=row,
        body={"defaults": {"contact_type": "phone"}, "values": {"category": {"vpn": "network"}}},
        note="",
        by=None,
        now=NOW,
    )
    assert check_drift(connection=row.target, now=NOW) == ""
    return row


def edit(site: Site, table: str, element: str, value: str = "", **changes: str) -> None:
    """An administrator of the instance edits its dictionary or its choices."""
    store = site.practice.store
    for row in store.all(table):
        if (
            row["element"] == element
            and row["name"] in {"incident", "task"}
            and value in {"", row.get("value")}
        ):
            store.put(table, row["sys_id"], row | changes)


def found(route: Route) -> list[tuple[str, str, str]]:
    return list(Drift.objects.filter(route=route, over_at=None).values_list("kind", "field", "value"))


def test_a_tool_as_it_was_delivered_fits(route):
    assert found(route) == []


@pytest.mark.parametrize(
    ("edited", "changes", "expected"),
    [
        (("sys_dictionary", "caused_by"), {"active": "false"}, ("field_gone", "caused_by", "")),
        (("sys_dictionary", "location"), {"mandatory": "true"}, ("field_required", "location", "")),
        (("sys_dictionary", "short_description"), {"mandatory": "true"}, None),
        (
            ("sys_choice", "contact_type", "phone"),
            {"inactive": "true"},
            ("choice_gone", "contact_type", "phone"),
        ),
        (
            ("sys_choice", "category", "network"),
            {"label": "Networking"},
            ("choice_renamed", "category", "network"),
        ),
        (("sys_choice", "category", "database"), {"label": "Databases"}, None),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_what_changed_is_found_and_named(site, route, edited, changes, expected):
    edit(site, *edited, **changes)

    check_all(now=LATER)

    assert found(route) == ([expected] if expected else [])


def test_what_the_template_asks_for_has_to_be_there_too(site, route):
    asked = [
        {"name": "u_site", "label": "Site"},
        {"name": "category", "label": "Kind", "kind": "choice", "choices": ["network", "mainframe"]},
    ]
    publish_template(route=route, body={"fields": asked}, note="", by=None, now=NOW)

    check_all(now=LATER)

    assert sorted(found(route)) == [("choice_gone", "category", "mainframe"), ("field_gone", "u_site", "")]
    said = Drift.objects.get(route=route, kind="choice_gone")
    assert said.what == "Category does not offer “mainframe”, which the template lets people choose."
    assert "out of the route's template" in Drift.objects.get(route=route, kind="field_gone").fix


def test_a_finding_keeps_its_first_date_and_ends_when_it_is_mended(site, route):
    edit(site, "sys_dictionary", "caused_by", active="false")
    check_all(now=NOW)
    check_all(now=LATER)
    first = Drift.objects.get(route=route)
    edit(site, "sys_dictionary", "caused_by", active="true")
    check_all(now=LATER)

    last = Drift.objects.get(route=route)
    assert (first.since, first.over_at) == (NOW, None)
    assert (last.pk, last.over_at) == (first.pk, LATER)


def test_a_new_name_stays_found_until_somebody_vouches_for_it(site, route):
    edit(site, "sys_choice", "category", "network", label="Networking")
    check_all(now=LATER)
    named = Drift.objects.get(route=route)

    route.target.refresh_from_db()
    assert vouch(connection=route.target, now=LATER) == ""

    assert "“Network” is now called “Networking”" in named.what
    assert found(route) == []


def test_a_retired_entry_that_the_rules_name_is_found(route):
    CatalogRow.objects.create(
        connection=route.target,
        remote_id="g" * 32,
        kind=EntryKind.ASSIGNMENT_GROUP,
        name="Old Network Team",
        synced_at=NOW,
        retired_at=NOW,
    )
    publish_rules(route=route, body={"defaults": {"assignment_group": "g" * 32}}, note="", by=None, now=NOW)

    check_all(now=LATER)

    (finding,) = Drift.objects.filter(route=route, over_at=None)
    assert (finding.kind, finding.field) == ("entry_retired", "assignment_group")
    assert "Old Network Team" in finding.what


@pytest.mark.parametrize("kind", [each.kind for each in TOOLS.values() if each.receiver is not None])
def test_in_every_tool_a_retired_entry_that_the_rules_name_is_found_after_the_sync_and_gone_when_mended(
    kind, monkeypatch
):
    target = builders.connection(kind, name="Receiver")
    into = builders.route(target=target)
    entry = CatalogEntry(id="77", kind=EntryKind.ASSIGNMENT_GROUP, name="Edge Operations")
    shown = [CatalogPage(entries=(entry,), cursor="")]
    shelf = SimpleNamespace(catalog=lambda door, **_: shown[0])
    monkeypatch.setattr(registry, "TOOLS", {**TOOLS, kind: replace(TOOLS[kind], receiver=shelf)})
    monkeypatch.setattr(Connection, "door", lambda self, **_: None)
    publish_rules(route=into, body={"defaults": {"group": "77"}}, note="", by=None, now=NOW)

    def after_a_sync(now):
        sync_all(now=now)
        check_all_retired(now=now)
        return found(into)

    assert after_a_sync(NOW) == []
    shown[0] = CatalogPage(entries=(), cursor="")
    assert after_a_sync(NOW + timedelta(hours=25)) == [("entry_retired", "group", "77")]
    assert index_of(connection_id=target.pk).entries == {}
    shown[0] = CatalogPage(entries=(entry,), cursor="")
    assert after_a_sync(NOW + timedelta(hours=50)) == []


def test_looking_for_retired_entries_leaves_what_was_found_of_fields(site, route):
    edit(site, "sys_dictionary", "caused_by", active="false")
    check_all(now=NOW)

    check_all_retired(now=LATER)

    assert found(route) == [("field_gone", "caused_by", "")]


def test_a_tool_that_does_not_answer_is_said_and_keeps_what_was_found(site, route):
    edit(site, "sys_dictionary", "caused_by", active="false")
    check_all(now=NOW)
    route.target.keep_credentials({"scheme": "basic", "user": "nobody", "password": "wrong"})
    route.target.save()

    trouble = check_drift(connection=route.target, now=LATER)

    assert trouble
    assert found(route) == [("field_gone", "caused_by", "")]


def test_a_tool_that_cannot_say_its_fields_is_no_failure(db):
    assert "does not say" in check_drift(connection=builders.connection("slack"), now=NOW)
