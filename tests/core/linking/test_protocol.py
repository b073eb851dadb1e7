"""Does a conversation over JSON lines keep to the protocol, whatever is said?"""

import json

import pytest

from escalation.linking.protocol import BadLine, Conversation
from escalation.linking.trial import Project, Setting, prepare, score

CATALOG = [
    {"id": "c1", "kind": "component", "name": "Route Planner", "description": ""},
    {"id": "c2", "kind": "component", "name": "Docs", "description": None},
    {"id": "v1", "kind": "version", "name": "Tidepool 1.8.10", "released": "2026-01-04"},
    {"id": "v2", "kind": "version", "name": "Tidepool 1.9", "released": None},
]
QUERY = {"op": "query", "id": "q", "kind": "component", "at": "2026-01-05T10:00:00", "text": "Docs: a typo"}


def say(conversation: Conversation, **event: object) -> dict[str, object] | None:
    answer = conversation.hear(json.dumps(event))
    return json.loads(answer) if answer is not None else None


def started(*, patient: bool = False) -> Conversation:
    conversation = Conversation(patient=patient)
    assert say(conversation, op="catalog", entries=CATALOG) is None
    past = {"id": "T-1", "at": None, "text": "No way over the bridge", "labels": ["c1", "v1"]}
    assert say(conversation, op="history", items=[past]) is None
    assert say(conversation, op="ready") == {"ready": True}
    return conversation


def test_a_query_gets_one_line_with_ids_and_falling_scores() -> None:
    answer = say(started(), **QUERY)

    assert answer is not None
    assert (answer["id"], answer["kind"]) == ("q", "component")
    assert [found["id"] for found in answer["ranked"]] == ["c2", "c1"]


def test_a_version_said_in_the_text_comes_first() -> None:
    answer = say(started(), **{**QUERY, "kind": "version", "text": "Crash\nSince the update to 1.8.10"})

    assert answer is not None
    assert answer["ranked"][0]["id"] == "v1"
    assert "its number is in the text" in answer["ranked"][0]["because"]


def test_kind_issue_asks_for_past_items() -> None:
    answer = say(started(), **{**QUERY, "kind": "issue", "text": "The way over the bridge is missing"})

    assert answer is not None
    assert [found["id"] for found in answer["ranked"]] == ["T-1"]


def test_feedback_is_not_answered_and_known_at_the_next_query() -> None:
    conversation = started()

    assert say(conversation, op="feedback", id="T-2", at=None, text="Quokka overlay", labels=["c1"]) is None

    answer = say(conversation, **{**QUERY, "text": "Quokka overlay"})
    assert answer is not None
    assert answer["ranked"][0]["id"] == "c1"


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        "[]",
        '{"op":"dance"}',
        '{"op":"query","id":"q"}',
        '{"op":"query","id":"q","kind":"moon","text":"x"}',
        '{"op":"history","items":[{"id":"a"}]}',
        '{"op":"feedback","id":"a","text":"b","labels":["c1"],"at":"yesterday"}',
    ],
)
def test_a_broken_line_is_refused_and_the_conversation_goes_on(line: str) -> None:
    conversation = started()

    with pytest.raises(BadLine):
        conversation.hear(line)

    assert say(conversation, **QUERY) is not None


def test_a_trial_asks_the_newest_and_tells_answers_a_month_later() -> None:
    items = [
        {"id": f"T-{n}", "at": f"2026-{n:02d}-01T00:00:00", "text": "x", "labels": ["c1"], "part": part}
        for n, part in enumerate(["train", "train", "test", "test", "test"], 1)
    ]
    trial = prepare(Project(name="p", catalog=CATALOG, items=items), Setting.ONLINE)

    assert trial is not None
    ops = [line["op"] for line in trial.lines]
    assert ops == ["catalog", "history", "ready", "query", "feedback", "query", "feedback", "query"]


def test_an_unanswered_query_counts_as_wrong_and_never_as_covered() -> None:
    items = [{"id": f"T-{n}", "at": None, "text": "x", "labels": ["c1"], "part": "test"} for n in range(4)]
    trial = prepare(Project(name="p", catalog=CATALOG, items=items), Setting.COLD)
    assert trial is not None
    right = {"id": "T-0", "ranked": [{"id": "c1", "score": 0.95}], "ms": 1.0}

    figures = score(trial, [right])

    assert (figures.top1, figures.covered_at_90, figures.sure, figures.sure_and_right) == (
        0.25,
        0.25,
        0.25,
        1.0,
    )


def month_of_corrections() -> list[dict[str, object]]:
    texts = ("The bridge is gone", "A typo in the guide", "Wrong way over the bridge", "Guide lacks a page")
    return [
        {"id": f"F-{n}", "at": None, "text": f"{texts[n % 4]} {n}", "labels": ["c1" if n % 2 == 0 else "c2"]}
        for n in range(12)
    ]


def test_a_burst_of_corrections_is_put_off_by_a_patient_conversation_and_ends_the_same() -> None:
    patient, other = started(patient=True), started()
    for correction in month_of_corrections():
        say(patient, op="feedback", **correction)
        say(other, op="feedback", **correction)

    assert patient.owes
    assert not other.owes
    patient.rest(all_of_it=True)

    assert not patient.owes
    asked = {**QUERY, "text": "The bridge on the map"}
    assert say(patient, **asked) == say(other, **asked)


def test_each_query_takes_in_one_correction_that_waits_and_counts_all_of_them() -> None:
    conversation = started(patient=True)
    for correction in month_of_corrections():
        say(conversation, op="feedback", **correction)
    asked = {**QUERY, "text": "Something else"}

    for _ in range(11):
        say(conversation, **asked)
        assert conversation.owes
    say(conversation, **asked)
    conversation.rest()

    assert not conversation.owes
