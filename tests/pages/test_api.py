"""The API shows what the pages show: page by page, once while nothing changes, and a problem in words."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema

from escalation.api.views import NewestFirst
from escalation.models import Handoff, Route
from tests import builders


def problem(answer) -> dict[str, object]:
    """The problem that an answer is."""
    assert answer["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert (body["type"], body["status"]) == ("about:blank", answer.status_code)
    assert body["title"]
    return body


def test_the_description_is_valid_openapi_3_1_without_a_warning(db: None, capsys):
    schema = SchemaGenerator().get_schema(public=True)

    validate_schema(schema)
    assert schema["openapi"].startswith("3.1.")
    assert "Warning" not in capsys.readouterr().err
    assert Client().get("/api/schema").status_code == 200


def test_every_described_answer_to_a_bad_request_is_a_problem():
    paths = SchemaGenerator().get_schema(public=True)["paths"]

    for path, methods in paths.items():
        for method in methods.values():
            refused = {code: each for code, each in method["responses"].items() if code >= "400"}
            assert refused, path
            assert all(set(each["content"]) == {"application/problem+json"} for each in refused.values())


def test_nobody_is_told_to_log_in_by_a_problem(draft: Handoff):
    assert "credentials" in str(problem(Client().get("/api/handoffs"))["detail"])


def test_what_a_stranger_may_not_see_is_a_problem_like_what_is_not_there(browser_of, stranger, draft):
    found = problem(browser_of(stranger).get(f"/api/handoffs/{draft.pk}"))

    assert found["status"] == 404


@pytest.mark.parametrize("after", ["x", "-1", "1.5", "²", "9" * 30, "\x00"])
def test_what_is_no_line_number_is_a_problem_and_no_fault(page: Client, draft: Handoff, after: str):
    found = problem(page.get(f"/api/handoffs/{draft.pk}/timeline", {"after": after}))

    assert found["status"] == 400
    assert found["errors"] == {"after": ["A whole number from 0 to 999999999."]}


def test_a_method_that_is_not_there_is_a_problem(page: Client):
    assert problem(page.delete("/api/handoffs"))["status"] == 405


@pytest.mark.parametrize("address", ["/api/handoffs", "/api/handoffs/{}", "/api/handoffs/{}/timeline"])
def test_what_did_not_change_is_not_sent_again(page: Client, draft: Handoff, address: str):
    first = page.get(address.format(draft.pk))

    again = page.get(address.format(draft.pk), headers={"if-none-match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert set(first["Cache-Control"].split(", ")) == {"no-cache", "private"}


def test_what_changed_is_sent_with_another_mark(page: Client, draft: Handoff):
    first = page.get(f"/api/handoffs/{draft.pk}")
    Handoff.objects.update(summary="Another summary")

    again = page.get(f"/api/handoffs/{draft.pk}", headers={"if-none-match": first["ETag"]})

    assert again.json()["summary"] == "Another summary"
    assert again["ETag"] != first["ETag"]


def test_pages_follow_each_other_without_a_gap(page: Client, author: User, desk_to_ops: Route, monkeypatch):
    monkeypatch.setattr(NewestFirst, "page_size", 2)
    made = {str(builders.handoff(route=desk_to_ops, author=author).pk) for _ in range(5)}

    found, address = [], "/api/handoffs"
    while address:
        body = page.get(address).json()
        found += [each["id"] for each in body["results"]]
        address = body["next"]

    assert (len(found), set(found)) == (5, made)


@pytest.mark.parametrize("cursor", ["forged", "cD1mb3JnZWQ=", "bz14", "²"])
def test_a_cursor_that_nobody_gave_out_is_a_problem(page: Client, cursor: str):
    found = problem(page.get("/api/handoffs", {"cursor": cursor}))

    assert found["status"] == 404
