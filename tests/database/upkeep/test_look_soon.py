"""What a tool demands is read anew right after what decides it has changed: by a worker, after the commit."""

from typing import Any

import pytest
from django.test import Client
from kombu.exceptions import OperationalError

from escalation.models import Membership, Route
from escalation.practice import credentials
from escalation.practice.jira import vocabulary
from escalation.tasks import look_at
from escalation.upkeep import look_soon
from escalation.upkeep.publish import publish_rules, publish_template
from tests import builders
from tests.builders import NOW
from tests.database import real
from tests.database.fakes import Engine
from tests.database.real import Site

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Engine:
    engine = Engine()
    monkeypatch.setattr(look_soon, "current_app", engine)
    return engine


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Site:
    return real.open_site(monkeypatch, name="jira", with_world=True)


@pytest.fixture
def route(site: Site) -> Route:
    return real.into_jira()


def expected(route: Route) -> list[tuple[str, dict[str, Any]]]:
    return [("escalation.look_at", {"connection": str(route.target_id)})]


def demanded(route: Route) -> set[str]:
    route.refresh_from_db()
    return {each["name"] for each in (route.demanded or {}).get("fields", ())}


def test_published_rules_have_the_tool_looked_at_after_the_commit(
    route: Route, asked: Engine, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        publish_rules(route=route, body={"defaults": {"issuetype": "Bug"}}, note="", by=None, now=NOW)
        assert asked.tasks == []

    assert asked.tasks == expected(route)
    look_at(**asked.tasks[0][1])
    assert demanded(route) == {vocabulary.FOUND_IN}


def test_other_rules_demand_other_things_at_once(
    route: Route, asked: Engine, django_capture_on_commit_callbacks: Any
) -> None:
    for kind, fields in (("Bug", {vocabulary.FOUND_IN}), ("Task", set())):
        with django_capture_on_commit_callbacks(execute=True):
            publish_rules(route=route, body={"defaults": {"issuetype": kind}}, note="", by=None, now=NOW)
        look_at(**asked.tasks[-1][1])
        assert demanded(route) == fields


def test_a_published_template_has_it_looked_at_too(
    route: Route, asked: Engine, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        publish_template(route=route, body={"needs": ["facts"]}, note="", by=None, now=NOW)

    assert asked.tasks == expected(route)


def test_a_changed_connection_has_it_looked_at(
    route: Route, asked: Engine, django_capture_on_commit_callbacks: Any
) -> None:
    owner = Client()
    owner.force_login(builders.person("kenji", team=route.sender, role=Membership.Role.OWNER))
    typed = {
        "name": "Engineering",
        "base_url": route.target.base_url,
        "way": "cloud",
        "cloud-user": credentials.JIRA_EMAIL,
        "cloud-password": credentials.JIRA_API_TOKEN,
        "our_user": "Baton",
        "set-flavour": "cloud",
        "set-project": "PLAT, SUP",
        "set-issuetype": "Task",
    }

    with django_capture_on_commit_callbacks(execute=True):
        answer = owner.post(f"/connections/{route.target_id}/change", typed)

    assert answer.status_code == 302, answer.content.decode()
    assert asked.tasks == expected(route)


def test_nothing_is_looked_at_where_no_active_route_leads(
    route: Route, asked: Engine, django_capture_on_commit_callbacks: Any
) -> None:
    Route.objects.filter(pk=route.pk).update(active=False)

    with django_capture_on_commit_callbacks(execute=True):
        publish_rules(route=route, body={}, note="", by=None, now=NOW)

    assert asked.tasks == []


def test_a_broker_that_is_away_costs_the_publishing_nothing(
    route: Route, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    class Away:
        def send_task(self, *_: object, **__: object) -> None:
            raise OperationalError("no broker")

    monkeypatch.setattr(look_soon, "current_app", Away())

    with django_capture_on_commit_callbacks(execute=True):
        publish_rules(route=route, body={"ask_at": 0.1}, note="", by=None, now=NOW)

    assert builders.rules_of(route).body["ask_at"] == 0.1


def test_a_tool_that_is_away_is_left_to_the_next_look(route: Route, site: Site) -> None:
    site.practice.faults.add({"status": 503, "times": 0})

    look_at(connection=str(route.target_id))

    route.target.refresh_from_db()
    assert route.target.drift_checked_at is None
