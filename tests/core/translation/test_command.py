"""Does `manage.py translate` say a state in a tool's words, the same on every machine?"""

import io
import json

import pytest
from django.core.management import call_command

from escalation.knowledge.codec import to_json
from tests.builders import scene

CATALOG = [
    {
        "id": "c1",
        "kind": "configuration_item",
        "name": "Finance API Gateway",
        "hosts": ["finance-dash.example.com"],
        "related": ["g1"],
    },
    {"id": "g1", "kind": "assignment_group", "name": "API Platform"},
    {
        "id": "x1",
        "kind": "change",
        "name": "CHG0030187",
        "starts_at": "2026-11-21T21:00:00-05:00",
        "ends_at": "2026-11-21T22:10:00-05:00",
        "related": ["c1"],
    },
]


def line(**changes):
    whole = {
        "id": "one",
        "tool": "servicenow",
        "state": to_json(scene()),
        "now": "2026-11-23T15:00:00+00:00",
        "zone": "America/New_York",
        "catalog": CATALOG,
    }
    return json.dumps(whole | changes)


def said(lines, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines) + "\n"))
    heard = io.StringIO()
    call_command("translate", stdout=heard)
    return heard.getvalue().splitlines()


def test_a_state_is_answered_with_record_losses_and_questions(monkeypatch):
    (answer,) = map(json.loads, said([line()], monkeypatch))

    assert answer["id"] == "one"
    assert answer["record"] == "Incident"
    assert {name: answer["payload"][name] for name in ("cmdb_ci", "assignment_group", "caused_by")} == {
        "cmdb_ci": "c1",
        "assignment_group": "g1",
        "caused_by": "x1",
    }
    assert any("caller" in each["prompt"].lower() for each in answer["questions"])
    assert answer["losses"]
    assert {each["name"] for each in answer["fields"]} == set(answer["payload"])


def test_the_same_line_gives_the_same_bytes_among_others(monkeypatch):
    first, _, other, again = said([line(), "broken", line(tool="jira", catalog=[]), line()], monkeypatch)

    assert first == again
    assert json.loads(other)["record"] == "Issue"


def test_history_rules_and_answers_of_the_line_count(monkeypatch):
    history = [{"id": "h1", "at": None, "text": "CORS error on finance-dash", "labels": ["c1"]}]
    rules = {"defaults": {"contact_type": "phone"}, "work_note": False}
    lines = [line(history=history, rules=rules, answers={"cmdb_ci": ""})]

    (answer,) = map(json.loads, said(lines, monkeypatch))

    assert "cmdb_ci" not in answer["payload"]
    assert "work_notes" not in answer["payload"]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"tool": "pagerduty"}, "pagerduty"),
        ({"tool": "slack"}, "slack"),
        ({"tool": 3}, "tool"),
        ({"state": {"schema": "other/9"}}, "schema"),
        ({"rules": {"fill_at": 3}}, "rules.fill_at"),
        ({"catalog": [{"name": "without id"}]}, "catalog"),
        ({"now": ""}, "now"),
        ({"answers": ["a"]}, "answers"),
        ({"colour": "red"}, "colour"),
        ({"zone": "Mars/Base"}, "Mars/Base"),
    ],
)
def test_what_does_not_fit_is_named(monkeypatch, changes, why):
    answer, good = map(json.loads, said([line(**changes), line()], monkeypatch))

    assert answer["id"] == "one"
    assert why in answer["error"]
    assert "payload" in good
