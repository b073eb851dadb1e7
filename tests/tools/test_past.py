"""What a tool resolved before Baton came is read page by page: who had it, and what it was filed under."""

from datetime import timedelta
from types import SimpleNamespace

from escalation.tools.jira import past as jira_past
from escalation.tools.jira import search, site
from escalation.tools.servicenow import past as servicenow_past
from escalation.tools.servicenow import table
from escalation.transport.errors import Refused
from tests.tools.bench import NOW

SINCE = NOW - timedelta(days=365)


def everything(past, door, *, since=SINCE):
    records, cursor, pages = [], "", 0
    while pages < 50:
        page = past.past(door, cursor=cursor, since=since, now=NOW)
        records += page.records
        cursor, pages = page.cursor, pages + 1
        if not cursor:
            return {each.number: each for each in records}, page
    raise AssertionError("the past has no end")


def test_resolved_incidents_come_with_their_groups_in_turn(servicenow_world, monkeypatch):
    monkeypatch.setattr(servicenow_past, "PAGE", 4)
    found, _ = everything(servicenow_past, servicenow_world)

    assert len(found) >= 14
    labels = found["INC0012112"]  # went to another group, and back
    assert labels.reassignments == 2
    first, second, third = labels.holders
    assert first == third != second
    assert labels.text.startswith("No shipping labels, LBL-4410")
    assert third in labels.filed
    assert labels.resolved_at > labels.opened_at


def test_what_is_open_and_what_baton_made_are_left_out(servicenow_world):
    found, _ = everything(servicenow_past, servicenow_world)

    assert "INC0012331" not in found
    assert all(each.resolved_at for each in found.values())


def test_without_a_right_to_the_audit_the_count_is_still_known(servicenow_world, monkeypatch):
    real = table.rows

    def without_audit(door, search):
        if search.table == "sys_audit":
            raise Refused("no right to it")
        return real(door, search)

    monkeypatch.setattr(servicenow_past, "rows", without_audit)
    page = servicenow_past.past(servicenow_world, cursor="", since=SINCE, now=NOW)

    assert not page.holders_known
    assert any(each.reassignments for each in page.records)


def test_nothing_is_read_from_before_it_was_asked_for(servicenow_world):
    assert everything(servicenow_past, servicenow_world, since=NOW)[0] == {}


def test_a_reassignment_in_the_practice_tool_is_audited_as_in_the_real_one(servicenow_world):
    door = servicenow_world
    still = next(each for each in everything(servicenow_past, door)[0].values() if not each.reassignments)
    search = table.Search(
        table="sys_user_group", query="ORDERBYsys_id", fields=("sys_id",), holds=lambda _: True
    )
    other = next(each["sys_id"] for each in table.rows(door, search) if each["sys_id"] not in still.holders)

    values = {"assignment_group": other}
    table.change(door, "incident", still.remote_id, values=values, fields=("sys_id",))

    moved = everything(servicenow_past, door)[0][still.number]
    assert moved.holders == (*still.holders, other)
    assert moved.reassignments == 1


def test_resolved_issues_come_with_their_people_and_components(jira_world, monkeypatch):
    monkeypatch.setattr(search, "PAGE", 3)
    found, _ = everything(jira_past, jira_world)

    assert len(found) >= 12
    lost = next(each for each in found.values() if each.text.startswith("Allow-list lost an origin"))
    assert lost.category == "Bug"
    assert {each.split("/")[1] for each in lost.filed} == {"component", "version"}
    assert lost.text.count("\n") == 1


def test_an_issue_that_baton_made_is_no_past(jira_world):
    door = jira_world
    kind = {"project": {"key": "PLAT"}, "issuetype": {"name": "Task"}}
    fields = kind | {"labels": ["baton"], "summary": "Ours"}
    site.post(door, "/issue", {"fields": fields})

    assert not [each for each in everything(jira_past, door)[0].values() if each.text.startswith("Ours")]


def test_a_description_that_is_nested_without_end_is_cut_and_read(jira_world):
    nested = {"type": "text", "text": "bottom"}
    for _ in range(2000):
        nested = {"type": "paragraph", "content": [nested]}
    document = {"type": "doc", "content": [{"type": "text", "text": "top"}, nested]}
    fields = {"summary": "x", "description": document, "created": "2026-11-01T10:00:00.000+0000"}
    issue = {
        "id": "1",
        "key": "PLAT-1",
        "fields": {**fields, "resolutiondate": "2026-11-02T10:00:00.000+0000"},
    }
    jira_world.session.ask = lambda *_, **__: SimpleNamespace(json={"issues": [issue], "isLast": True})

    (record,) = jira_past.past(jira_world, cursor="", since=SINCE, now=NOW).records

    assert "top" in record.text
    assert "bottom" not in record.text
