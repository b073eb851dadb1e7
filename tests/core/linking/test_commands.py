"""Do the commands answer without a database, line for line?"""

import io
import json

import pytest
from django.core.management import call_command

CATALOG = {"op": "catalog", "entries": [{"id": "c1", "kind": "component", "name": "Docs", "description": ""}]}
QUERY = {"op": "query", "id": "q", "kind": "component", "at": None, "text": "Docs: typo"}


def test_link_answers_owed_lines_only_and_survives_a_broken_one(monkeypatch: pytest.MonkeyPatch) -> None:
    said = [json.dumps(CATALOG), "broken", "", json.dumps({"op": "ready"}), json.dumps(QUERY)]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(said) + "\n"))
    heard, complaints = io.StringIO(), io.StringIO()

    call_command("link", stdout=heard, stderr=complaints)

    ready, answer = heard.getvalue().splitlines()
    assert json.loads(ready) == {"ready": True}
    assert json.loads(answer)["ranked"][0]["id"] == "c1"
    assert "does not have the shape of the protocol" in complaints.getvalue()


def test_eval_link_prints_ours_above_the_baseline_on_our_own_cases() -> None:
    printed = io.StringIO()

    call_command("eval_link", tried="cold", projects="harbourline,tidepool", stdout=printed)

    rows = {line[:30].strip(): line[30:].split() for line in printed.getvalue().splitlines()}
    assert float(rows["mean"][0]) > float(rows["most frequent"][0]) + 0.3


def test_bench_link_prints_one_json_line_per_figure() -> None:
    printed = io.StringIO()

    call_command("bench_link", entries=400, items=60, texts=70, stdout=printed)

    figures = [json.loads(line)["figure"] for line in printed.getvalue().splitlines()]
    assert {"link.rank_ms_p95", "link.memory_mb", "link.learn_to_rank_ms_max"} <= set(figures)
