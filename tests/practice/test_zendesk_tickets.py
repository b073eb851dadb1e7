"""The practice Zendesk answers as CONTRACTS section 1 describes."""

import re
from datetime import timedelta

import pytest

from escalation.practice import credentials

TICKETS = "/api/v2/tickets"


def create(zendesk, **ticket):
    requester = {"name": "Mia", "email": "mia@halden.example"}
    ticket = {"subject": "Empty page", "comment": {"body": "It is empty"}, "requester": requester, **ticket}
    answer = zendesk("POST", TICKETS, json={"ticket": ticket})
    assert answer.status_code == 201, answer.text
    return answer.json()["ticket"]


def change(zendesk, ticket, **changed):
    return zendesk("PUT", f"{TICKETS}/{ticket['id']}", json={"ticket": changed})


def comments(zendesk, ticket, **parameters):
    return zendesk("GET", f"{TICKETS}/{ticket['id']}/comments", params=parameters).json()


def test_a_created_ticket_has_numbers_for_ids_and_null_for_what_is_not_known(zendesk):
    answer = zendesk(
        "POST", TICKETS, json={"ticket": {"subject": "Empty", "comment": {"body": "It is <b>empty</b>"}}}
    )

    ticket = answer.json()["ticket"]
    assert answer.headers["Location"] == f"{zendesk.host}{TICKETS}/{ticket['id']}.json"
    assert isinstance(ticket["id"], int)
    assert (ticket["priority"], ticket["type"], ticket["external_id"]) == (None, None, None)
    assert ticket["satisfaction_rating"] is None
    assert re.fullmatch(r"2026-11-18T15:00:\d\dZ", ticket["created_at"])
    assert ticket["description"] == "It is <b>empty</b>"
    assert answer.json()["audit"]["ticket_id"] == ticket["id"]


def test_a_new_requester_is_made_and_side_loaded(zendesk):
    ticket = create(zendesk)

    answer = zendesk(
        "GET", f"{TICKETS}/{ticket['id']}.json", params={"include": "users,organizations"}
    ).json()

    assert {user["name"] for user in answer["users"]} == {"Mia", "Alex Agent"}
    assert answer["organizations"] == []
    assert answer["users"][0]["iana_time_zone"]


def test_a_comment_is_public_unless_said_otherwise_and_its_three_forms_agree(zendesk):
    ticket = create(zendesk)
    change(zendesk, ticket, comment={"body": "1 < 2\nsecond line", "public": False})
    change(zendesk, ticket, comment={"html_body": "<p>Hello <b>Mia</b></p><pre>GET /\n403</pre>"})

    first, second, third = comments(zendesk, ticket)["comments"]

    assert [first["public"], second["public"], third["public"]] == [True, False, True]
    assert "1 &lt; 2<br>second line" in second["html_body"]
    assert second["plain_body"] == "1 < 2\nsecond line"
    assert third["plain_body"] == "Hello Mia\n\nGET /\n403"
    assert third["html_body"].startswith('<div class="zd-comment"')


def test_metadata_sent_with_a_change_is_read_in_its_audit(zendesk):
    ticket = create(zendesk)

    answer = change(zendesk, ticket, comment={"body": "note", "public": False}, metadata={"baton_id": "b-7"})

    audit = zendesk("GET", f"{TICKETS}/{ticket['id']}/audits").json()["audits"][-1]
    assert answer.status_code == 200
    assert audit["metadata"]["custom"] == {"baton_id": "b-7"}
    assert audit["id"] == answer.json()["audit"]["id"]


def test_the_same_idempotency_key_makes_one_ticket(zendesk):
    body = {"ticket": {"subject": "once", "comment": {"body": "x"}}}
    headers = {"Idempotency-Key": "key-1"}

    answers = [zendesk("POST", TICKETS, json=body, headers=headers) for _ in range(2)]
    other = zendesk("POST", TICKETS, json={"ticket": {"comment": {"body": "y"}}}, headers=headers)

    assert [answer.headers["x-idempotency-lookup"] for answer in answers] == ["miss", "hit"]
    assert len({answer.json()["ticket"]["id"] for answer in answers}) == 1
    assert other.status_code == 400
    assert zendesk("GET", TICKETS).json()["count"] == 1


def test_external_ids_are_listed_and_need_not_be_unique(zendesk):
    for _ in range(2):
        create(zendesk, external_id="baton:7")
    create(zendesk)

    found = zendesk("GET", TICKETS, params={"external_id": "baton:7"}).json()

    assert len(found["tickets"]) == 2


def test_conversations_are_paged_by_cursor(zendesk):
    ticket = create(zendesk)
    for number in range(4):
        change(zendesk, ticket, comment={"body": str(number)})

    first = comments(zendesk, ticket, **{"page[size]": 3, "sort": "created_at"})
    rest = zendesk("GET", first["links"]["next"].removeprefix(zendesk.host)).json()
    newest = comments(zendesk, ticket, sort="-created_at")["comments"][0]

    assert [one["plain_body"] for one in first["comments"]] == ["It is empty", "0", "1"]
    assert first["meta"]["has_more"] is True
    assert [one["plain_body"] for one in rest["comments"]] == ["2", "3"]
    assert rest["meta"]["has_more"] is False
    assert rest["links"]["next"] is None
    assert newest["plain_body"] == "3"


def test_tags_are_added_taken_away_and_replaced(zendesk):
    ticket = create(zendesk, tags=["vpn"])
    path = f"{TICKETS}/{ticket['id']}/tags"

    added = zendesk("PUT", path, json={"tags": ["baton"]}).json()["tags"]
    taken = zendesk("DELETE", path, json={"tags": ["vpn"]}).json()["tags"]
    replaced = change(zendesk, ticket, tags=["only"]).json()["ticket"]["tags"]

    assert (added, taken, replaced) == (["baton", "vpn"], ["baton"], ["only"])


def test_a_stale_safe_update_is_refused(zendesk):
    ticket = create(zendesk)
    change(zendesk, ticket, comment={"body": "meanwhile"})

    answer = change(zendesk, ticket, status="open", safe_update=True, updated_stamp=ticket["updated_at"])

    assert answer.status_code == 409


def test_refusals_have_the_vendors_shape(zendesk):
    ticket = create(zendesk)
    wrong = change(zendesk, ticket, priority="sky-high")
    change(zendesk, ticket, status="closed")
    closed = change(zendesk, ticket, comment={"body": "too late"})
    absent = zendesk("GET", f"{TICKETS}/999999")
    zendesk.session.auth = (f"{credentials.ZENDESK_AGENT_EMAIL}/token", "wrong")
    stranger = zendesk("GET", TICKETS)
    zendesk.session.auth = ("mia@halden.example/token", credentials.ZENDESK_API_TOKEN)
    end_user = zendesk("GET", TICKETS)

    assert (wrong.status_code, wrong.json()["error"]) == (422, "RecordInvalid")
    assert set(wrong.json()["details"]) == {"priority"}
    assert (closed.status_code, set(closed.json()["details"])) == (422, {"status"})
    assert (absent.status_code, absent.json()) == (
        404,
        {"error": "RecordNotFound", "description": "Not found"},
    )
    assert (stranger.status_code, stranger.json()) == (401, {"error": "Couldn't authenticate you"})
    assert end_user.status_code == 403


def test_oauth_gives_a_pair_and_a_refresh_ends_the_old_one(zendesk):
    client = {
        "client_id": credentials.ZENDESK_OAUTH_CLIENT,
        "client_secret": credentials.ZENDESK_OAUTH_SECRET,
    }
    first = zendesk("POST", "/oauth/tokens", json={"grant_type": "client_credentials", **client}).json()
    refresh = {"grant_type": "refresh_token", "refresh_token": first["refresh_token"], **client}
    second = zendesk("POST", "/oauth/tokens", json=refresh).json()
    zendesk.session.auth = None

    def me(token):
        return zendesk("GET", "/api/v2/users/me", headers={"Authorization": f"Bearer {token}"})

    assert me(second["access_token"]).json()["user"]["email"] == credentials.ZENDESK_INTEGRATION_EMAIL
    assert me(first["access_token"]).status_code == 401
    assert me(first["access_token"]).json()["error"] == "invalid_token"
    assert zendesk("POST", "/oauth/tokens", json=refresh).status_code == 401


def test_a_token_ends_after_its_life(zendesk, clock):
    client = {
        "client_id": credentials.ZENDESK_OAUTH_CLIENT,
        "client_secret": credentials.ZENDESK_OAUTH_SECRET,
    }
    token = zendesk("POST", "/oauth/tokens", json={"grant_type": "client_credentials", **client}).json()
    zendesk.session.auth = None
    clock.now += timedelta(seconds=token["expires_in"])

    answer = zendesk("GET", "/api/v2/users/me", headers={"Authorization": f"Bearer {token['access_token']}"})

    assert answer.status_code == 401


def test_the_incremental_export_goes_on_from_its_cursor(zendesk, clock):
    start = int(clock().timestamp())
    made = [create(zendesk)["id"] for _ in range(3)]
    clock.now += timedelta(minutes=5)
    path = "/api/v2/incremental/tickets/cursor"

    first = zendesk("GET", path, params={"start_time": start, "per_page": 2}).json()
    rest = zendesk("GET", path, params={"cursor": first["after_cursor"]}).json()
    change(zendesk, {"id": made[0]}, status="solved")
    later = zendesk("GET", path, params={"cursor": rest["after_cursor"]}).json()
    young = zendesk("GET", path, params={"start_time": int(clock().timestamp())})

    assert [one["id"] for one in first["tickets"] + rest["tickets"]] == made
    assert (first["end_of_stream"], rest["end_of_stream"]) == (False, True)
    assert [one["status"] for one in later["tickets"]] == ["solved"]
    assert young.status_code == 400


def test_exported_events_hold_comments_only_when_asked(zendesk, clock):
    start = int(clock().timestamp())
    create(zendesk)
    clock.now += timedelta(minutes=5)
    path = f"/api/v2/incremental/ticket_events?start_time={start}"

    bare = zendesk("GET", path).json()["ticket_events"][0]["child_events"]
    full = zendesk("GET", f"{path}&include=comment_events").json()["ticket_events"][0]["child_events"]

    assert "Comment" not in {one["event_type"] for one in bare}
    assert "It is empty" in {one.get("body") for one in full}


@pytest.mark.parametrize(
    ("query", "subjects"),
    [
        ("type:ticket external_id:baton:1", ["one"]),
        ("type:ticket tags:vpn", ["two"]),
        ("type:ticket requester:mia@halden.example status:new", ["one", "two"]),
        ("type:ticket empty -two", ["one"]),
    ],
)
def test_search(zendesk, query, subjects):
    create(zendesk, subject="one", external_id="baton:1")
    create(zendesk, subject="two", tags=["vpn"])

    results = zendesk("GET", "/api/v2/search", params={"query": query}).json()["results"]

    assert [one["subject"] for one in results] == subjects


def test_a_rating_stands_in_the_list_and_in_the_ticket(zendesk):
    ticket = create(zendesk)
    rating = {"satisfaction_rating": {"score": "good", "comment": "fast"}}
    zendesk("POST", f"{TICKETS}/{ticket['id']}/satisfaction_rating", json=rating)

    listed = zendesk("GET", "/api/v2/satisfaction_ratings", params={"score": "good_with_comment"}).json()
    bad = zendesk("GET", "/api/v2/satisfaction_ratings", params={"score": "bad"}).json()
    again = zendesk("GET", f"{TICKETS}/{ticket['id']}").json()["ticket"]

    assert [one["ticket_id"] for one in listed["satisfaction_ratings"]] == [ticket["id"]]
    assert bad["satisfaction_ratings"] == []
    assert again["satisfaction_rating"]["score"] == "good"


def test_an_upload_becomes_an_attachment_that_can_be_read(zendesk):
    ticket = create(zendesk)
    sent = zendesk("POST", "/api/v2/uploads", params={"filename": "har.txt"}, data=b"CORS",
                   headers={"Content-Type": "text/plain"})  # fmt: skip
    token = sent.json()["upload"]["token"]
    change(zendesk, ticket, comment={"body": "see file", "uploads": [token]})

    attachment = comments(zendesk, ticket)["comments"][-1]["attachments"][0]
    read = zendesk("GET", attachment["content_url"].removeprefix(zendesk.host))

    assert sent.headers["Content-Type"].startswith("text/plain")
    assert (attachment["file_name"], attachment["size"]) == ("har.txt", 4)
    assert read.content == b"CORS"


def test_an_upload_token_ends_after_an_hour(zendesk, clock):
    ticket = create(zendesk)
    token = zendesk("POST", "/api/v2/uploads?filename=a", data=b"a").json()["upload"]["token"]
    clock.now += timedelta(minutes=61)

    answer = change(zendesk, ticket, comment={"body": "late", "uploads": [token]})

    assert answer.status_code == 422


def test_a_body_without_a_ticket_is_an_empty_change(zendesk):
    ticket = create(zendesk)

    answer = zendesk("PUT", f"{TICKETS}/{ticket['id']}", json={"tickets": {"status": "solved"}})

    assert answer.status_code == 200
    assert answer.json()["ticket"]["status"] == "new"
    assert len(zendesk("GET", f"{TICKETS}/{ticket['id']}/audits").json()["audits"]) == 1
