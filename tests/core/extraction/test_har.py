"""A browser's recording tells what failed, and what is kept of it opens nothing."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.extraction.har import NotHar, looks_like_har, read_har

TOKEN = (
    "eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxMjM0NTY3ODkwIn0." + "dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U"
)


def entry(**changes: Any) -> dict[str, Any]:
    """A request with a secret in every place where recordings hold them."""
    values: dict[str, Any] = {
        "startedDateTime": "2026-11-23T14:20:05.120Z",
        "time": 87.5,
        "request": {
            "method": "GET",
            "url": f"https://bob:pw-in-url@finance-dash.example.com/api/totals?month=11&access_token={TOKEN}#frag-secret",
            "headers": [
                {"name": "Origin", "value": "https://portal.example.com"},
                {"name": "Authorization", "value": f"Bearer {TOKEN}"},
                {"name": "Cookie", "value": "session=cookie-secret"},
                {"name": "X-Api-Key", "value": "api-key-secret"},
            ],
            "cookies": [{"name": "session", "value": "cookie-secret"}],
            "queryString": [{"name": "access_token", "value": TOKEN}],
            "postData": {"mimeType": "application/json", "text": '{"password": "body-secret"}'},
        },
        "response": {
            "status": 503,
            "statusText": "Service Unavailable",
            "headers": [
                {"name": "Set-Cookie", "value": "session=cookie-secret"},
                {"name": "Retry-After", "value": "30"},
            ],
            "cookies": [{"name": "session", "value": "cookie-secret"}],
            "content": {"size": 9, "mimeType": "text/html", "text": "body-secret"},
            "redirectURL": "",
        },
        "_webSocketMessages": [{"data": "socket-secret"}],
        "_initiator": {"url": "https://x.example.com/?key=initiator-secret"},
        "comment": "comment-secret",
    }
    return values | changes


def har(*entries: dict[str, Any], **log: Any) -> bytes:
    return json.dumps({"log": {"version": "1.2", "entries": list(entries)} | log}).encode()


def test_nothing_that_opens_anything_is_kept():
    kept = read_har(har(entry())).clean.decode()

    assert TOKEN not in kept
    assert "secret" not in kept
    assert "pw-in-url" not in kept
    assert "month=11" in kept
    assert '"Retry-After"' in kept


def test_what_is_kept_is_a_har_again():
    again = read_har(read_har(har(entry())).clean)

    assert again.failures == read_har(har(entry())).failures


def test_a_failing_request_is_named_once_with_how_often():
    found = read_har(har(entry(), entry(), entry(time=90))).failures

    assert [each.line for each in found] == [
        "GET https://finance-dash.example.com/api/totals → 503 Service Unavailable (3 times)"
    ]
    assert found[0].code == "503"
    assert found[0].at == datetime(2026, 11, 23, 14, 20, 5, 120_000, tzinfo=UTC)


def test_a_cross_origin_refusal_says_what_did_not_come_back():
    refused = {"status": 0, "headers": [], "_error": "net::ERR_FAILED"}

    (found,) = read_har(har(entry(response=refused))).failures

    assert found.code == "net::ERR_FAILED"
    assert "no Access-Control-Allow-Origin came back" in found.outcome


def test_what_went_well_is_no_finding():
    assert read_har(har(entry(response={"status": 200, "headers": []}))).failures == ()


def test_errors_of_the_console_are_read_where_the_recorder_kept_them():
    messages = [{"level": "error", "text": "Blocked by CORS policy"}, {"level": "info", "text": "loaded"}]

    assert read_har(har(_consoleMessages=messages)).messages == ("Blocked by CORS policy",)


@pytest.mark.parametrize(
    ("body", "why"),
    [(b"{", "not readable"), (b'{"log": {}}', "holds no requests"), (b"[]", "holds no requests")],
)
def test_what_is_no_recording_is_refused(body, why):
    with pytest.raises(NotHar, match=why):
        read_har(body)


def test_a_recording_is_recognised_by_its_beginning():
    assert looks_like_har(b'\xef\xbb\xbf {"log": ')
    assert not looks_like_har(b"2026-11-23 ERROR log opened")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)
NAMES = st.sampled_from(["request", "response", "time", "startedDateTime", "timings", "url", "headers"])


@given(entries=st.lists(st.dictionaries(NAMES, JSON, max_size=6), max_size=4), pages=JSON)
def test_odd_shapes_are_read_as_far_as_they_go(entries, pages):
    read_har(json.dumps({"log": {"entries": entries, "pages": pages}}).encode())


@given(word=st.text(st.characters(categories=["L", "N"], max_codepoint=0x24F), min_size=13, max_size=40))
def test_a_long_word_in_a_cookie_a_body_a_header_or_a_query_is_never_kept(word):
    word = f"zq{word}7x"  # Hypothesis knows the format's own names too, and those are kept
    odd = entry(
        request={
            "method": "POST",
            "url": f"https://a.example.com/p?q={word}",
            "headers": [{"name": "X-Custom", "value": word}, {"name": "Cookie", "value": f"a={word}"}],
            "postData": {"text": word},
        },
        response={
            "status": 500,
            "content": {"text": word},
            "headers": [{"name": "Set-Cookie", "value": word}],
        },
    )

    kept = read_har(har(odd)).clean.decode()

    assert word not in kept
