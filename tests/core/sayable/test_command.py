"""Does the command answer every line, also the broken ones?"""

import io
import json
import sys

import pytest
from django.core.management import call_command


def answers(lines: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> list[dict]:
    monkeypatch.setattr(sys, "stdin", io.StringIO(lines))
    call_command("sayable")
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_an_update_is_answered_with_its_line_and_its_reading(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    row = {
        "id": 7,
        "text": "Fix wird heute um 22 Uhr eingespielt.",
        "said_at": "2026-11-23T14:00:00",
        "zone": "Europe/Berlin",
        "language": "de",
    }

    (answer,) = answers(json.dumps(row), monkeypatch, capsys)

    assert answer["id"] == 7
    assert answer["line"] == "Eine Lösung ist unterwegs. Voraussichtlich heute bis 22:00 CET."
    assert answer["expected_at"] == "2026-11-23T22:00:00+01:00"
    assert (answer["meaning"], answer["certain"], answer["also"]) == ("fix_in_progress", True, [])


def test_a_broken_line_is_answered_and_the_next_one_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = [
        "nonsense",
        "[1]",
        '{"id": 2, "text": "Fixed.", "zone": "Nowhere/Land"}',
        '{"id": 3, "text": "x", "said_at": 5}',
    ]
    good = '{"id": 4, "text": "Resolved.", "language": "xx"}\n{"id": 5, "text": "Resolved."}'

    found = answers("\n".join([*broken, good]), monkeypatch, capsys)

    assert [answer["id"] for answer in found] == [None, None, 2, 3, 4, 5]
    assert ["error" in answer for answer in found] == [True, True, True, True, True, False]
