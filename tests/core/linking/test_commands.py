"""Do the commands answer without a database, line for line?"""

import io
import json

import pytest
from django.core.management import CommandError, call_command

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


def test_bench_link_prints_one_json_line_per_figure_and_holds_its_promises_against_them() -> None:
    printed = io.StringIO()

    # The promises are for the size of a big company on a quiet machine; here only the sheet is asked.
    sizes = {"entries": 400, "items": 60, "texts": 70}
    call_command("bench_link", **sizes, p95_may_be=60_000.0, learned_may_be=60_000.0, stdout=printed)

    figures = {each["name"]: each for each in map(json.loads, printed.getvalue().splitlines())}
    assert (figures["link.entries"]["value"], figures["link.items"]["value"]) == (400, 60)
    assert figures["link.rank_p95"]["holds"] is figures["link.correction_to_answer_max"]["holds"] is True
    assert {"link.memory", "link.known_issue_p95", "link.build"} <= set(figures)


def test_a_linking_slower_than_promised_ends_the_bench_with_its_name() -> None:
    with pytest.raises(CommandError, match=r"link\.rank_p95"):
        call_command("bench_link", entries=400, items=20, texts=60, p95_may_be=0.0001, stdout=io.StringIO())
