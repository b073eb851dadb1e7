"""Recorded tickets come in from a folder, however foreign, and can be worked on like any other."""

import json

import pytest

from escalation.practice import credentials

from .conftest import Site

TICKETS = "/api/v2/tickets"


@pytest.fixture
def load(start, tmp_path):
    def loading(files, **plan):
        for name, body in files.items():
            (tmp_path / name).write_text(body if isinstance(body, str) else json.dumps(body))
        said = []
        tool = start("zendesk", extra=tmp_path, say=said.append, **plan)
        login = (f"{credentials.ZENDESK_AGENT_EMAIL}/token", credentials.ZENDESK_API_TOKEN)
        return Site(tool, "https://practice.zendesk.example", login), said

    return loading


def test_a_ticket_alone_gets_its_nulls_its_people_and_its_first_comment(load):
    foreign = {"id": 35, "subject": "My printer", "description": "is on fire", "requester_id": 4711}
    site, said = load({"a.json": {"ticket": {**foreign, "tags": None, "updated_at": "yesterday"}}})

    answer = site("GET", f"{TICKETS}/35?include=users").json()
    comments = site("GET", f"{TICKETS}/35/comments").json()["comments"]
    assert said == []
    assert (answer["ticket"]["tags"], answer["ticket"]["priority"]) == ([], None)
    assert [user["id"] for user in answer["users"]] == [4711]
    assert [one["plain_body"] for one in comments] == ["is on fire"]
    assert site("PUT", f"{TICKETS}/35", json={"ticket": {"comment": {"body": "x"}}}).status_code == 200


def test_a_ticket_with_comments_and_users_keeps_them(load):
    system = {"id": 5, "author_id": -1, "body": "by the system", "public": False}
    file = {
        "ticket": {"id": "36", "subject": "s", "requester_id": 1},
        "comments": [system, {"html_body": "<p>hi</p>"}],
        "users": [{"id": 1, "name": "Rita", "iana_time_zone": "Europe/Lisbon"}],
    }
    site, _ = load({"a.json": file})

    comments = site("GET", f"{TICKETS}/36/comments").json()["comments"]
    assert [(one["plain_body"], one["public"]) for one in comments] == [
        ("by the system", False),
        ("hi", True),
    ]
    assert site("GET", "/api/v2/users/1").json()["user"]["iana_time_zone"] == "Europe/Lisbon"


def test_files_without_a_ticket_are_skipped_with_one_line_each(load):
    site, said = load(
        {
            "a.json": "{broken",
            "b.json": [],
            "c.json": {"users": []},
            "d.json": {"tickets": [{"id": 1}, {"id": 2}]},
        }
    )

    assert said == [
        "a.json: skipped, not JSON",
        "b.json: skipped, not an object",
        "c.json: skipped, no ticket with an id",
    ]
    assert [one["id"] for one in site("GET", TICKETS).json()["tickets"]] == [1, 2]


def test_loading_again_changes_nothing(load, tmp_path):
    files = {"a.json": {"ticket": {"id": 35, "subject": "s", "description": "d"}}}
    site, _ = load(files, data=tmp_path / "data")
    site("PUT", f"{TICKETS}/35", json={"ticket": {"status": "open"}})
    site.tool.close()

    again, said = load(files, data=tmp_path / "data")

    assert said == ["a.json: skipped, its tickets are there already"]
    assert again("GET", f"{TICKETS}/35").json()["ticket"]["status"] == "open"
    assert len(again("GET", f"{TICKETS}/35/comments").json()["comments"]) == 1


def test_every_recorded_ticket_comes_in_and_can_be_read_and_noted(start, shared):
    said = []
    tool = start("zendesk", extra=shared / "recorded" / "zendesk", say=said.append)
    login = (f"{credentials.ZENDESK_AGENT_EMAIL}/token", credentials.ZENDESK_API_TOKEN)
    site = Site(tool, "https://practice.zendesk.example", login)

    tickets = site("GET", TICKETS).json()["tickets"]
    assert len(tickets) >= 3
    assert all("skipped" in line for line in said)
    for ticket in tickets:
        page = site("GET", f"/agent/tickets/{ticket['id']}")
        comments = site("GET", f"{TICKETS}/{ticket['id']}/comments?include=users").json()
        assert page.status_code == 200
        assert comments["comments"]
        assert {one["author_id"] for one in comments["comments"]} <= {
            user["id"] for user in comments["users"]
        }
        noted = site(
            "PUT", f"{TICKETS}/{ticket['id']}", json={"ticket": {"comment": {"body": "n", "public": False}}}
        )
        assert noted.status_code == (422 if ticket["status"] in {"closed", "deleted"} else 200)
