"""The evaluation's lines are answered one by one, and its figures count as the protocol says."""

import io
import json
from typing import Any

import pytest
from django.core.management import call_command

from escalation.extraction.protocol import BadLine, extract_answer, prefill_answer
from escalation.extraction.scoring import Figures, entity_figures, item_figures

THREAD = {
    "id": "t1",
    "subject": "Scanner offline",
    "conversation": [
        {
            "author_role": "reporter",
            "author": "lee",
            "at": "2025-03-04T08:12:00",
            "text": "The scanner is offline.",
        },
        {"author_role": "helper", "author": "nina", "at": None, "text": "I restarted it.\nNo change."},
    ],
}


def run(command: str, *lines: str, monkeypatch: pytest.MonkeyPatch) -> tuple[list[Any], str]:
    out, err = io.StringIO(), io.StringIO()
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines)))
    call_command(command, stdout=out, stderr=err)
    return [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue()


def by_name(figures: tuple[Figures, ...], name: str) -> Figures:
    return next(row for row in figures if row.name == name)


def test_extract_answers_each_text_with_exact_spans(monkeypatch: pytest.MonkeyPatch) -> None:
    line = json.dumps({"id": "a", "text": "é 10.0.0.1 gives a 503"})

    answers, _ = run("extract", line, monkeypatch=monkeypatch)

    assert answers == [
        {
            "id": "a",
            "entities": [
                {"kind": "ip", "value": "10.0.0.1", "start": 2, "end": 10},
                {"kind": "http_status", "value": "503", "start": 19, "end": 22},
            ],
        }
    ]


def test_prefill_answers_each_conversation_with_its_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    ((answer,), _) = run("prefill", json.dumps(THREAD), monkeypatch=monkeypatch)

    assert [(item["section"], item["text"], item["source_index"]) for item in answer["items"]] == [
        ("validated_facts", "The scanner is offline.", 0),
        ("attempted_remediation", "I restarted it.", 1),
        ("attempted_remediation", "No change.", 1),
    ]


@pytest.mark.parametrize(("command", "nothing"), [("extract", "entities"), ("prefill", "items")])
def test_a_broken_line_is_answered_with_nothing_found_and_the_next_one_read(
    command: str, nothing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers, _ = run(command, "{", "[]", json.dumps(THREAD | {"text": "x"}), monkeypatch=monkeypatch)

    assert [answer["id"] for answer in answers] == [None, None, "t1"]
    assert all(answer["error"] and answer[nothing] == [] for answer in answers[:2])


@pytest.mark.parametrize("row", [None, [], {}, {"text": 3}, {"conversation": "x"}, {"conversation": [{}]}])
def test_what_is_no_line_of_the_protocol_is_named(row: Any) -> None:
    with pytest.raises(BadLine):
        extract_answer(row)
    with pytest.raises(BadLine):
        prefill_answer(row)


def test_an_entity_is_right_when_kind_value_and_place_agree() -> None:
    gold = [
        {
            "id": "a",
            "text": "v1.2.3 on host db01",
            "entities": [
                {"kind": "version", "value": "v1.2.3", "start": 0, "end": 6},
                {"kind": "host", "value": "db01", "start": 15, "end": 19, "ignore": True},
            ],
        }
    ]
    found = {
        "a": [
            {"kind": "version", "value": "1.2.3", "start": 1, "end": 6},
            {"kind": "host", "value": "db01", "start": 15, "end": 19},
            {"kind": "date", "value": "on", "start": 7, "end": 9},
        ]
    }

    figures = entity_figures(gold, found)

    assert by_name(figures, "version").f1 == 1
    assert by_name(figures, "micro").precision == 0.5
    assert by_name(figures, "micro").recall == 1


def test_an_item_counts_for_every_sentence_it_covers_and_against_none() -> None:
    sentences = [
        {
            "source_index": 0,
            "text": "It fails since Monday",
            "section": "validated_facts",
            "also": ["diagnostics"],
        },
        {"source_index": 0, "text": "Thanks a lot", "section": "none", "also": []},
        {"source_index": 0, "text": "hm", "section": "ignore", "also": []},
    ]
    items = [
        {"section": "diagnostics", "text": "It fails since Monday", "source_index": 0},
        {"section": "diagnostics", "text": "Thanks a lot", "source_index": 0},
        {"section": "diagnostics", "text": "It fails since Monday", "source_index": 1},
    ]

    figures = item_figures([{"id": "t", "sentences": sentences}], {"t": items})

    assert by_name(figures, "micro").precision == pytest.approx(1 / 3)
    assert by_name(figures, "validated_facts").recall == 1


# Named in the order in which they are printed; those that were only measured are read less well.
AS_WELL_AS = {
    "extraction, our own cases": 95,
    "prefill, our own cases": 88,
    "extraction, our own cases, fresh_develop": 95,
    "extraction, our own cases, fresh_locked": 85,
    "extraction, our own cases, next_develop": 95,
    "extraction, our own cases, next_locked": 95,
    "extraction, our own cases, third": 95,
    "extraction, our own cases, plain": 95,
    "extraction, our own cases, harbour_develop": 95,
    "extraction, our own cases, harbour_locked": 87,
    "extraction, our own cases, quay": 85,
    "prefill, our own cases, desks": 80,
    "prefill, our own cases, styles": 78,
    "prefill, our own cases, fresh_develop": 78,
    "prefill, our own cases, fresh_locked": 75,
    "prefill, our own cases, harbour_develop": 90,
    "prefill, our own cases, harbour_locked": 79,
    "prefill, our own cases, quay": 80,
}


def test_our_own_cases_are_read_as_well_as_they_were(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setenv("BATON_SHARED", str(tmp_path))
    out = io.StringIO()

    call_command("eval_extract", stdout=out)

    printed = out.getvalue().splitlines()
    heads = [line.partition(":")[0] for line in printed if line.endswith(" cases")]
    micro = [float(line.split()[-1]) for line in printed if line.startswith("micro")]
    assert heads == list(AS_WELL_AS)
    assert {
        name: figure for name, figure in zip(heads, micro, strict=True) if figure < AS_WELL_AS[name]
    } == {}
