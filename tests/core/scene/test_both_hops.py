"""The scene, both hops, word for word: what each tool gets from what was written on the ticket and in chat.

`fixtures/scene/*.line.json` are lines of `manage.py translate`; each `*.expected.json` beside it is the
record, read by a person before it was kept.
"""

import json

import pytest

from escalation.capture.protocol import translate_answer
from escalation.knowledge.codec import from_json
from tests.recorded import ROOT

SCENE = ROOT / "fixtures" / "scene"
HOPS = ("servicenow", "jira-cloud", "jira-data-center", "zendesk")


def line_of(hop):
    return json.loads((SCENE / f"{hop}.line.json").read_text())


def record_of(hop):
    return translate_answer(line_of(hop))["payload"]


@pytest.mark.parametrize("hop", HOPS)
def test_the_record_is_what_was_expected_word_for_word(hop):
    expected = json.loads((SCENE / f"{hop}.expected.json").read_text())

    answer = translate_answer(line_of(hop))

    assert answer["payload"] == expected["payload"]
    assert [each["what"] for each in answer["losses"]] == expected["losses"]
    assert [each["prompt"] for each in answer["questions"]] == expected["questions"]


@pytest.mark.parametrize("hop", HOPS)
def test_every_line_of_evidence_stands_in_the_ticket_or_the_thread(hop):
    conversation = json.loads((SCENE / "conversation.json").read_text())
    said = {(each["tool"], each["reference"]): each["text"] for each in conversation["messages"]}
    state = from_json(line_of(hop)["state"])

    quotes = [evidence for _, item in state.items() for evidence in item.evidence]

    assert quotes
    assert all(each.quote in said[each.tool, each.reference] for each in quotes)


def test_the_item_comes_from_the_domain_and_the_change_from_the_weekend():
    answer = translate_answer(line_of("servicenow"))
    because = {each["name"]: each["because"] for each in answer["fields"]}

    assert answer["payload"]["cmdb_ci"] == "ci-gateway"
    assert "finance-dash.example.com" in because["cmdb_ci"]
    assert answer["payload"]["caused_by"] == "change-187"
    assert "implemented Saturday 21 November 2026" in because["caused_by"]
    assert (answer["payload"]["assignment_group"], because["assignment_group"]) == (
        "group-api",
        "it belongs to Finance API Gateway",
    )


def test_the_first_note_is_the_sentence_an_engineer_skims():
    note = record_of("servicenow")["work_notes"]

    parts = ("Pre-validated: ", "User reports error code FDX-4031 when: ", "Level One assessment: ")
    places = [note.index(part) for part in (*parts, "CHG0030187", "User available: ")]
    assert places == sorted(places)
    assert places[0] == 0


def test_engineering_gets_component_and_version_and_everything_before():
    cloud, data_center = record_of("jira-cloud"), record_of("jira-data-center")

    for issue in (cloud, data_center):
        assert issue["components"] == [{"id": "10010"}]
        assert issue["versions"] == [{"id": "10021"}]
    assert cloud["description"]["type"] == "doc"
    assert data_center["description"].startswith("h3. Ask")
    for item in ("Cleared cache and cookies", "policy set 14", "FDX-4031"):
        assert item in json.dumps(cloud["description"])
        assert item in data_center["description"]
