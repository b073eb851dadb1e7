"""The create screen says which fields an issue has, so that a change is noticed before a technician trips."""

from dataclasses import replace

import pytest

from escalation.tools.jira import schema
from escalation.translation.rules import Rules
from escalation.transport.errors import NotFound
from escalation.upkeep.findings import Looked, findings, labels_of

MENDED = Rules(defaults={"customfield_10041": '{"value": "Production"}'})


def found(door, *, rules=MENDED, vouched=None, change=lambda each: each):
    fields = {each.name: change(each) for each in schema.fields(door, defaults=rules.defaults)}
    looked = Looked(fields=fields, vouched=vouched or {})
    return [
        (str(each.kind), each.field, each.value)
        for each in findings(looked=looked, schema=schema, rules=rules)
    ]


def test_a_required_field_is_a_finding_until_the_rules_fill_it(jira_door):
    assert ("field_required", "customfield_10041", "") in found(jira_door, rules=Rules())
    assert found(jira_door) == []


def test_where_the_rules_make_an_issue_is_no_field_that_could_be_gone(jira_door):
    placed = {"project": "PLAT", "issuetype": "Bug", "flavour": "cloud", **MENDED.defaults}

    assert found(jira_door, rules=Rules(defaults=placed)) == []


def test_a_field_that_is_taken_off_the_screen_is_a_finding(jira_door, monkeypatch):
    seen = schema.fields(jira_door, defaults={})
    left = [each for each in seen if each.name != "versions"]
    monkeypatch.setattr(schema, "fields", lambda _, defaults: left)

    assert found(jira_door) == [("field_gone", "versions", "")]


def test_a_field_that_is_newly_required_is_a_finding(jira_door):
    def demanded(each):
        return replace(each, required=True) if each.name == "components" else each

    assert found(jira_door, change=demanded) == [("field_required", "components", "")]


def test_a_priority_that_is_called_otherwise_is_no_longer_offered(jira_door):
    def renamed(each):
        if each.name != "priority":
            return each
        names = {("P1" if value == "Highest" else value): label for value, label in each.choices.items()}
        return replace(each, choices=names)

    assert found(jira_door, change=renamed) == [("choice_gone", "priority", "Highest")]


def test_the_labels_of_choices_are_kept_to_notice_a_renaming(jira_door):
    assert "Highest" in labels_of(schema.fields(jira_door, defaults={}))["priority"].values()


def test_a_connection_without_a_project_says_so(jira_door):
    with pytest.raises(NotFound, match="name a project"):
        schema.fields(replace(jira_door, settings={}), defaults={})


def test_the_screen_is_that_of_the_project_and_type_in_which_the_rules_make_an_issue(jira_door):
    def names(**defaults):
        return {each.name for each in schema.fields(jira_door, defaults=defaults)}

    assert "versions" in names()
    assert "customfield_10041" not in names(issuetype="Task")
    assert "versions" not in names(project="SUP", issuetype="Incident")
    with pytest.raises(NotFound):
        names(project="NOPE")


def test_what_is_filled_in_an_issue_is_what_its_translation_makes():
    assert set(schema.filled()) >= {"summary", "description", "labels", "priority"}
    assert "remotelink" not in schema.filled()
