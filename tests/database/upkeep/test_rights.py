"""A right that is taken from Baton is found by itself, said with its date, and forgotten once it is back."""

from datetime import timedelta

import pytest

from escalation.models import Connection
from escalation.practice import credentials
from escalation.tools.registry import TOOLS
from escalation.upkeep.late import late
from escalation.upkeep.rights import check_rights
from tests import builders
from tests.builders import NOW
from tests.database import real
from tests.database.real import Site

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


def slack() -> Connection:
    row = builders.connection("slack", base_url="https://halden.slack.com", our_user="baton")
    row.keep_credentials({"scheme": "bearer", "token": credentials.SLACK_BOT_TOKEN})
    row.save()
    return row


def servicenow() -> Connection:
    return real.route().target


def lacks(row: Connection) -> list[str]:
    row.refresh_from_db()
    return [what for what, _ in row.lacks]


def said_of(row: Connection) -> list[str]:
    rows = Connection.objects.filter(pk=row.pk)
    return [each.what for each in late(connections=rows, schedules={}, now=LATER) if "lacks" in each.what]


@pytest.mark.parametrize(
    ("name", "connect", "path", "word"),
    [
        ("servicenow", servicenow, "/api/now/v2/table/change_request", "change_request"),
        ("zendesk", real.desk, "/api/v2/organizations", "organizations"),
        ("zendesk", real.desk, "/api/v2/incremental/*", "incremental export"),
    ],
    ids=["ServiceNow table", "Zendesk scope", "Zendesk role"],
)
def test_a_right_that_is_taken_away_is_found_and_ends_when_it_is_back(monkeypatch, name, connect, path, word):
    site = real.open_site(monkeypatch, name=name)
    row = connect()
    check_rights(now=NOW)
    assert lacks(row) == []

    site.practice.faults.add({"path": path, "status": 403})
    check_rights(now=LATER)
    assert [word in each for each in lacks(row)] == [True]
    assert (row.lacks_since, row.tested_at) == (LATER, LATER)
    assert said_of(row) == [f"Baton lacks 1 thing in {row.name}"]

    check_rights(now=LATER + timedelta(days=1))
    assert (lacks(row), row.lacks_since, said_of(row)) == ([], None, [])


def test_a_scope_that_slack_takes_back_is_found(monkeypatch):
    site: Site = real.open_site(monkeypatch, name="slack")
    site.practice.store.put("channel", "C0HELP", {"id": "C0HELP", "name": "help", "is_member": True})
    row = slack()
    check_rights(now=NOW)
    assert lacks(row) == []

    monkeypatch.setattr(
        "escalation.practice.slack.app.SCOPES", ("channels:history", "channels:read", "chat:write")
    )
    check_rights(now=LATER)

    assert [each.split()[5] for each in lacks(row)] == ["groups:history", "users:read", "groups:read"]


def test_one_that_is_missing_for_longer_keeps_its_date_until_another_comes(monkeypatch):
    site = real.open_site(monkeypatch)
    row = servicenow()
    site.practice.faults.add({"path": "/api/now/v2/table/change_request", "status": 403, "times": 0})
    check_rights(now=NOW)
    check_rights(now=LATER)
    row.refresh_from_db()
    assert row.lacks_since == NOW

    site.practice.faults.add({"path": "/api/now/v2/table/task_ci", "status": 403, "times": 0})
    check_rights(now=LATER)

    assert len(lacks(row)) == 2
    assert row.lacks_since == LATER


def test_a_login_that_no_longer_counts_is_found_and_a_tool_that_is_away_says_nothing(monkeypatch):
    site = real.open_site(monkeypatch, name="zendesk")
    row = real.desk()
    site.practice.faults.add({"path": "/api/v2/users/me.json", "status": 401})
    check_rights(now=NOW)
    assert "credentials" in lacks(row)[0]

    site.practice.faults.add({"status": 503, "times": 0})
    check_rights(now=LATER)
    assert "credentials" in lacks(row)[0]
    assert row.tested_at == NOW


def test_every_tool_that_is_connected_step_by_step_can_be_looked_at():
    assert {each.kind for each in TOOLS.values() if each.setup and each.upkeep} == {
        *("zendesk", "servicenow", "jira", "slack")
    }
