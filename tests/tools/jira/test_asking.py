"""A field that a project demands is asked for in its own way, or not at all."""

import pytest

from escalation.tools.jira.asking import asked
from escalation.tools.jira.vocabulary import Flavour
from escalation.translation.asking import ExtraField, Kind, sent
from escalation.translation.draft import Question

CLOUD, DATA_CENTER = Flavour.CLOUD, Flavour.DATA_CENTER
TWO = [{"id": "1", "value": "Production"}, {"id": "2", "value": "Test"}]


def of(kind, *, flavour=CLOUD, name="customfield_1", custom="", items="", offered=None):
    field = {
        "fieldId": name,
        "name": "Found in",
        "schema": {"type": kind, "items": items, "custom": f"com.atlassian.plugins:{custom}"},
        "allowedValues": offered,
    }
    return asked(field, project="PLAT", flavour=flavour)


@pytest.mark.parametrize(
    ("field", "said", "expected"),
    [
        (of("option", offered=TWO), "Test", {"id": "2"}),
        (of("array", items="option", offered=TWO), "Test", [{"id": "2"}]),
        (of("array", items="version", offered=[{"id": "7", "name": "2.4"}]), "2.4", [{"id": "7"}]),
        (of("array", items="string"), "vpn", ["vpn"]),
        (of("string"), '{"a": 1}', '{"a": 1}'),
        (of("number"), "12", 12),
        (of("date"), "2026-11-29", "2026-11-29"),
        (of("string", custom="textarea", flavour=DATA_CENTER), "Berlin", "Berlin"),
    ],
)
def test_what_is_typed_or_chosen_is_sent_as_jira_wants_it(field, said, expected):
    assert isinstance(field, ExtraField)
    assert field.needed
    assert sent(field, said) == expected


def test_a_long_text_is_a_document_on_cloud():
    document = sent(of("string", custom="textarea"), "Berlin")

    assert document["content"][0]["content"] == [{"type": "text", "text": "Berlin"}]


def test_a_list_is_chosen_from():
    field = of("option", offered=[*TWO, {"id": "3", "value": "Test"}, {"id": "4"}])

    assert (field.kind, field.choices) == (Kind.CHOICE, ("Production", "Test"))


@pytest.mark.parametrize(
    "field",
    [
        of("user"),
        of("option-with-child", offered=TWO),
        of("datetime"),
        of("option", offered=[{"id": str(each), "value": str(each)} for each in range(51)]),
        of("string", name="a field"),
        of("string", name=""),
    ],
    ids=["person", "levels", "moment", "too many", "no name of ours", "no name"],
)
def test_what_only_jiras_own_pickers_can_name_is_not_asked_for(field):
    assert field is None


def test_a_component_is_a_question_with_entries_of_our_catalog():
    offered = [{"id": "10", "name": "Gateway"}, {"id": "11", "name": "Old", "archived": True}]
    question = of("array", items="component", name="components", offered=offered)

    assert isinstance(question, Question)
    assert question.prompt == "PLAT takes no issue without Found in. Which?"
    assert [(each.value, each.label) for each in question.choices] == [("PLAT/component/10", "Gateway")]
