"""What leaves the house, and what may not."""

import json
import socket

import pytest

from escalation.transport.credentials import Basic, ClientCredentials, Tokens
from escalation.transport.door import Upload
from escalation.transport.errors import (
    Ambiguous,
    NotFound,
    NotOnTheList,
    Refused,
    TransportError,
    Unauthorised,
    Unavailable,
)
from escalation.transport.opening import open_door
from escalation.transport.session import LARGEST_ANSWER
from tests.tools.transport.loopback import Reply

BASIC = Basic(user="agent@acme.com/token", password="tok")


def door_to(server, *, credentials=BASIC, hosts=(), private=True):
    mapped = dict.fromkeys(("acme.zendesk.com", *hosts), server.address)
    return open_door(
        base_url="https://acme.zendesk.com/",
        credentials=credentials,
        allowed_hosts=hosts,
        host_map=mapped,
        allow_private=private,
    )


def ask(door, method="GET", path="/api/v2/tickets/1", **more):
    return door.session.ask(method, door.base_url + path, **more)


def test_a_call_carries_the_credentials_and_brings_back_json(server):
    server.replies = [Reply(body=b'{"ticket":{"id":1}}', headers={"X-Rate-Limit": "700"})]

    answer = ask(door_to(server), params={"include": "users"})

    assert answer.json == {"ticket": {"id": 1}}
    assert answer.headers["x-rate-limit"] == "700"
    assert server.asked[0].path == "/api/v2/tickets/1?include=users"
    assert server.asked[0].headers["authorization"] == "Basic YWdlbnRAYWNtZS5jb20vdG9rZW46dG9r"


def test_a_mapped_host_is_told_whom_it_stands_in_for(server):
    server.replies = [Reply()]

    ask(door_to(server))

    assert server.asked[0].headers["host"] == "acme.zendesk.com"


def test_an_answer_bears_the_address_that_was_asked_for(server):
    server.replies = [Reply(body=b'{"audits":[]}')]
    door = door_to(server)

    answer = door.session.request("GET", "https://acme.zendesk.com/api/v2/tickets/1/audits.json")

    # zenpy takes an answer from another address for bytes.
    assert answer.request.url == answer.url == "https://acme.zendesk.com/api/v2/tickets/1/audits.json"


def test_a_file_goes_out_bare_and_comes_back_as_bytes_of_any_kind(server):
    server.replies = [Reply(body=b'{"result":{}}'), Reply(body=b"<html>a saved page</html>")]
    door = door_to(server)

    door.session.put_file(
        "https://acme.zendesk.com/api/v2/uploads.json",
        file=Upload(name="a.txt", content_type="text/plain", body=b"bytes"),
        params={"filename": "a.txt"},
    )

    assert server.asked[0].path == "/api/v2/uploads.json?filename=a.txt"
    assert server.asked[0].headers["content-type"] == "text/plain"
    assert door.session.get_file("https://acme.zendesk.com/file/1") == b"<html>a saved page</html>"


def test_a_file_outside_of_the_list_is_not_fetched(server):
    with pytest.raises(NotOnTheList):
        door_to(server).session.get_file("https://evil.example/file/1")

    assert server.asked == []


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/api",
        "https://acme.zendesk.com.evil.example/api",
        "https://acme.zendesk.com@evil.example/api",
        "https://user:secret@acme.zendesk.com/api",
        "ftp://other.example/x",
    ],
)
def test_a_host_off_the_list_is_never_called(server, url):
    with pytest.raises(NotOnTheList):
        door_to(server).session.ask("GET", url)

    assert server.asked == []


def test_plain_http_is_refused_where_private_addresses_are_not_allowed(server):
    with pytest.raises(NotOnTheList, match="https only"):
        ask(door_to(server, private=False))


def test_a_name_that_leads_to_a_private_address_is_refused_before_a_byte_is_sent(server):
    door = open_door(base_url="https://localhost:" + server.address.rsplit(":", 1)[1], credentials=BASIC)

    with pytest.raises(NotOnTheList, match="private address"):
        ask(door)

    assert server.asked == []


def test_nothing_listens_means_nothing_was_sent():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    door = open_door(base_url=f"http://127.0.0.1:{port}", credentials=BASIC, allow_private=True)

    with pytest.raises(Unavailable, match="nothing was sent"):
        ask(door, "POST", body={})


def test_a_dropped_answer_is_ambiguous_after_a_write_and_only_unavailable_after_a_read(server):
    server.replies = [Reply(drop=True), Reply(drop=True), Reply(drop=True)]
    door = door_to(server)

    with pytest.raises(Ambiguous):
        ask(door, "POST", body={"a": 1})
    with pytest.raises(Unavailable):
        ask(door)
    assert [each.method for each in server.asked] == ["POST", "GET", "GET"]  # a write is sent once, always


@pytest.mark.parametrize(
    "first", [Reply(drop=True), Reply(status=500), Reply(status=503), Reply(body=b"<html>Asleep</html>")]
)
def test_a_read_that_failed_quickly_is_asked_once_more(server, first):
    server.replies = [first, Reply(body=b'{"ticket":{"id":1}}')]

    assert ask(door_to(server)).json == {"ticket": {"id": 1}}


@pytest.mark.parametrize(
    ("method", "reply"),
    [
        ("POST", Reply(status=503)),
        ("PATCH", Reply(status=500)),
        ("PUT", Reply(drop=True)),
        ("GET", Reply(status=429)),
        ("GET", Reply(status=503, headers={"Retry-After": "5"})),
        ("GET", Reply(status=404)),
    ],
)
def test_what_is_a_write_or_was_told_to_wait_or_refused_is_not_asked_again(server, method, reply):
    server.replies = [reply, Reply()]

    with pytest.raises(TransportError):
        ask(door_to(server), method)

    assert len(server.asked) == 1


def test_a_slow_tool_is_not_asked_twice(server, monkeypatch):
    monkeypatch.setattr("escalation.transport.session.QUICKLY_S", 0.0)
    server.replies = [Reply(status=500), Reply()]

    with pytest.raises(Unavailable):
        ask(door_to(server))

    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("status", "body", "error", "said"),
    [
        (400, b'{"error":{"message":"Invalid","detail":"Bad JSON"}}', Refused, "Invalid: Bad JSON"),
        (401, b'{"error":"Couldn\'t authenticate you"}', Unauthorised, "authenticate"),
        (
            403,
            b'{"error":{"message":"Operation Failed","detail":"Close notes are mandatory"}}',
            Refused,
            "Close notes",
        ),
        (403, b'{"error":{"message":"Insufficient rights to query records"}}', Unauthorised, "Insufficient"),
        (404, b'{"error":"RecordNotFound","description":"Not found"}', NotFound, "Not found"),
        (409, b'{"error":"Conflict"}', Refused, "Conflict"),
        (
            422,
            b'{"error":"RecordInvalid","details":{"status":[{"description":"closed prevents update"}]}}',
            Refused,
            "closed prevents",
        ),
        (429, b"", Unavailable, "rate limit"),
        (503, b"<html>busy</html>", Unavailable, "not available"),
        (500, b"Traceback (most recent call last)", Ambiguous, "may have done"),
        (504, b"<html>gateway</html>", Ambiguous, "may have done"),
        (302, b"", Refused, "another address"),
    ],
)
def test_each_status_of_a_write_has_one_meaning(server, status, body, error, said):
    server.replies = [Reply(status=status, body=body, headers={"Location": "https://elsewhere.example/"})]

    with pytest.raises(error, match=said) as raised:
        ask(door_to(server), "POST", body={})

    assert "Traceback" not in str(raised.value)
    assert "<html>" not in str(raised.value)


def test_a_server_error_on_a_read_did_nothing(server):
    server.replies = [Reply(status=500, body=b"oops")]

    with pytest.raises(Unavailable):
        ask(door_to(server))


def test_the_wait_that_the_tool_asked_for_rides_on_the_error(server):
    server.replies = [Reply(status=429, headers={"Retry-After": "37"})]

    with pytest.raises(Unavailable) as raised:
        ask(door_to(server))

    assert raised.value.wait_s == 37


def test_a_hibernating_instance_is_unavailable_and_its_page_is_not_read_as_data(server):
    page = Reply(body=b"<html>Hibernating</html>", headers={"Content-Type": "text/html"})
    server.replies = [page, page]

    with pytest.raises(Unavailable, match="asleep"):
        ask(door_to(server))


def test_json_labelled_as_text_is_json_all_the_same(server):
    server.replies = [Reply(status=201, body=b'{"upload":{}}', headers={"Content-Type": "text/plain"})]

    assert ask(door_to(server), "POST", body={}).json == {"upload": {}}


def test_json_nested_beyond_reason_is_an_error_of_the_tool_and_not_ours(server):
    server.replies = [Reply(body=b"[" * 200_000)]

    with pytest.raises(Unavailable):
        ask(door_to(server))


def test_an_answer_beyond_the_cap_is_not_read_to_its_end(server):
    server.replies = [Reply(body=b" " * (LARGEST_ANSWER + 1))]

    with pytest.raises(Unavailable, match="could be read"):
        ask(door_to(server))


def test_a_redirect_within_the_list_is_followed_without_credentials(server):
    server.replies = [
        Reply(status=302, headers={"Location": "https://files.acme.com/a.png"}),
        Reply(body=b'{"file":1}'),
    ]

    answer = ask(door_to(server, hosts=("files.acme.com",)))

    assert answer.json == {"file": 1}
    assert "authorization" in server.asked[0].headers
    assert "authorization" not in server.asked[1].headers


def test_a_redirect_off_the_list_is_refused(server):
    server.replies = [Reply(status=302, headers={"Location": "https://evil.example/steal"})]

    with pytest.raises(NotOnTheList):
        ask(door_to(server))


def test_an_endless_redirect_ends(server):
    server.replies = [Reply(status=302, headers={"Location": "/again"}) for _ in range(9)]

    with pytest.raises(Refused, match="another address"):
        ask(door_to(server))
    assert len(server.asked) == 4


def oauth(stored, *, tokens=None):
    return ClientCredentials(
        token_url="https://acme.zendesk.com/oauth/tokens",
        client_id="baton",
        client_secret="s3cret",
        tokens=tokens,
        on_tokens=stored.append,
    )


def test_an_oauth_client_fetches_its_first_token(server):
    stored = []
    server.replies = [Reply(body=b'{"access_token":"A1","refresh_token":"R1","expires_in":3600}'), Reply()]

    ask(door_to(server, credentials=oauth(stored)))

    assert json.loads(server.asked[0].body)["grant_type"] == "client_credentials"
    assert server.asked[1].headers["authorization"] == "Bearer A1"
    assert stored == [Tokens(access_token="A1", refresh_token="R1", expires_in_s=3600)]


def test_an_expired_token_is_rotated_once_and_stored_and_the_call_goes_out_again(server):
    stored = []
    old = Tokens(access_token="A1", refresh_token="R1")
    server.replies = [
        Reply(status=401, body=b'{"error":"invalid_token"}'),
        Reply(body=b'{"access_token":"A2","refresh_token":"R2","expires_in":3600}'),
        Reply(status=201, body=b'{"ok":1}'),
    ]

    answer = ask(door_to(server, credentials=oauth(stored, tokens=old)), "POST", body={"x": 1})

    assert answer.status == 201
    assert json.loads(server.asked[1].body)["refresh_token"] == "R1"
    assert server.asked[2].headers["authorization"] == "Bearer A2"
    assert server.asked[2].body == server.asked[0].body
    assert [each.refresh_token for each in stored] == ["R2"]


def test_a_client_that_gets_no_token_needs_an_owner(server):
    server.replies = [Reply(status=401, body=b'{"error":"invalid_client"}')]

    with pytest.raises(Unauthorised, match="OAuth client"):
        ask(door_to(server, credentials=oauth([])))


@pytest.mark.parametrize("reply", [Reply(drop=True), Reply(body=b"<html>asleep</html>"), Reply(status=503)])
def test_a_token_server_that_is_away_stops_nothing_for_good(server, reply):
    server.replies = [reply]

    with pytest.raises(Unavailable):
        ask(door_to(server, credentials=oauth([])), "POST", body={})


def test_secrets_show_in_no_representation():
    shown = repr(BASIC) + repr(oauth([], tokens=Tokens(access_token="A1-secret", refresh_token="R1-secret")))

    assert "tok'" not in shown
    assert "s3cret" not in shown
    assert "-secret" not in shown
