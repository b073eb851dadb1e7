"""An entry that handoffs went to is retired: the route says so, until somebody knows or it is back."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User

from escalation.capture.preview import preview
from escalation.capture.submit import submit
from escalation.catalog.sync import sync
from escalation.models import CatalogRow, Drift, Handoff, Route
from escalation.tasks import look_at
from escalation.upkeep import golden
from escalation.upkeep.drift import check_drift, know
from escalation.upkeep.publish import publish_rules
from escalation.web.drifting import drift_line
from tests import builders
from tests.builders import NOW
from tests.database import real
from tests.database.real import Site

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("celery")]
A_DAY = timedelta(days=1)
GATEWAY = "Finance API Gateway"


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Site:
    return real.open_site(monkeypatch, with_world=True)


@pytest.fixture
def route(site: Site) -> Route:
    row = real.route()
    sync(connection=row.target, now=NOW)
    return row


@pytest.fixture
def owner(route: Route) -> User:
    return builders.person("kenji", team=route.sender, role="owner")


@pytest.fixture
def sent(route: Route) -> Handoff:
    draft = builders.handoff(route=route, author=builders.person("lena", team=route.sender))
    reviewed = preview(handoff=draft).draft
    filed = next(each for each in reviewed.fields if each.name == "cmdb_ci")
    assert filed.shown == GATEWAY
    return submit(handoff=draft, fingerprint=reviewed.fingerprint(), by=draft.author, now=NOW)


def retire(site: Site, *, back: bool = False) -> None:
    """The CMDB's people retire the gateway, or bring it back, without telling anybody."""
    store = site.practice.store
    status = "1" if back else "6"
    for table in ("cmdb_ci_api", "cmdb_ci"):
        for row in store.all(table):
            if row["name"] == GATEWAY:
                site.clock.forward(1)
                store.put(table, row["sys_id"], row | {"operational_status": status})


def look(route: Route, *, at: Any) -> list[tuple[str, str]]:
    sync(connection=route.target, now=at)
    assert check_drift(connection=route.target, now=at) == ""
    found = Drift.objects.filter(route=route, over_at=None)
    return list(found.values_list("kind", "field"))


RETIRED = [("entry_retired", "cmdb_ci")]


def test_an_entry_that_handoffs_went_to_is_found_by_name_and_said_on_the_form(site, route, sent):
    assert look(route, at=NOW) == []

    retire(site)

    assert look(route, at=NOW + A_DAY * 2) == RETIRED
    finding = Drift.objects.get()
    assert finding.what == (
        f"Configuration item: “{GATEWAY}” is retired in the tool; 1 handoff of the last ten weeks went there."
    )
    assert finding.since == CatalogRow.objects.get(name=GATEWAY).retired_at
    assert finding.what in drift_line(route)


def test_a_golden_case_that_expects_it_counts_too(site, route, sent):
    golden.keep(handoff=sent, by=None, now=NOW)
    Handoff.objects.filter(pk=sent.pk).update(confirmed_at=NOW - A_DAY * 300)

    retire(site)

    assert look(route, at=NOW + A_DAY * 2) == RETIRED
    assert "; 1 golden case went there." in Drift.objects.get().what


def test_known_is_known_until_it_comes_back_and_is_retired_again(site, route, sent, owner):
    retire(site)
    look(route, at=NOW + A_DAY * 2)

    assert know(finding=Drift.objects.get(), by=owner, now=NOW + A_DAY * 2)

    assert look(route, at=NOW + A_DAY * 4) == []
    assert Drift.objects.get().known_by == owner
    retire(site, back=True)
    assert look(route, at=NOW + A_DAY * 6) == []
    retire(site)
    assert look(route, at=NOW + A_DAY * 8) == RETIRED


def test_what_is_back_is_no_finding_any_more(site, route, sent):
    retire(site)
    assert look(route, at=NOW + A_DAY * 2) == RETIRED

    retire(site, back=True)

    assert look(route, at=NOW + A_DAY * 4) == []


def test_what_the_rules_go_on_sending_has_to_be_mended(site, route, sent, owner):
    item = CatalogRow.objects.get(name=GATEWAY).remote_id
    publish_rules(route=route, body={"defaults": {"cmdb_ci": item}}, note="", by=None, now=NOW)
    retire(site)
    assert look(route, at=NOW + A_DAY * 2) == RETIRED

    finding = Drift.objects.get()

    assert "which the rules name for cmdb_ci" in finding.what
    assert not know(finding=finding, by=owner, now=NOW + A_DAY * 2)
    assert look(route, at=NOW + A_DAY * 4) == RETIRED


def test_nothing_is_said_of_entries_that_nobody_uses(site, route):
    retire(site)

    assert look(route, at=NOW + A_DAY * 2) == []


def test_looking_with_the_names_reads_the_catalog_before(site, route, sent, monkeypatch):
    retire(site)
    monkeypatch.setattr("escalation.tasks._now", lambda: NOW + A_DAY * 2)

    look_at(connection=str(route.target_id), names=True)

    assert list(Drift.objects.values_list("kind", "field")) == RETIRED
