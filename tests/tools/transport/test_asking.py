"""A call that we put together ourselves is the call that requests would have made."""

from typing import Any

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from escalation.transport.asking import is_plain, prepared

SESSION = requests.Session()
TEXT = st.text(max_size=20)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
URLS = st.from_regex(
    r"https://[a-z][a-z0-9]{0,8}\.example(:[1-9][0-9]{1,3})?(/(?!\.)[A-Za-z0-9._~-]{0,9}){1,4}",
    fullmatch=True,
)
METHODS = st.sampled_from(["get", "GET", "POST", "PUT", "PATCH", "DELETE"])


@given(method=METHODS, url=URLS, params=st.dictionaries(TEXT, TEXT, max_size=4), body=JSON)
def test_it_is_the_same_to_the_byte(method: str, url: str, params: dict[str, str], body: Any) -> None:
    said = {"Accept": "application/json", "x-key": "1"}
    asked = requests.Request(method, url, params=params, json=body, headers=said)
    theirs = SESSION.prepare_request(asked)

    ours = prepared(method, url, params=params, body=body, headers={**SESSION.headers, **said})

    assert is_plain(url)
    assert (ours.method, ours.url, ours.body or None) == (theirs.method, theirs.url, theirs.body or None)
    assert dict(ours.headers.lower_items()) == dict(theirs.headers.lower_items())


@pytest.mark.parametrize(
    "url",
    [
        "https://acme.example",
        "https://acme.example/a b",
        "https://acme.example/a?b=c",
        "https://acme.example/a#b",
        "https://acme.example/%7euser",
        "https://user@acme.example/a",
        "https://acme.example:080/a",
        "https://acme.example/a/../b",
        "https://ACME.example/a",
        "https://bücher.example/a",
        "ftp://acme.example/a",
        "/a",
    ],
)
def test_whatever_requests_might_write_differently_is_left_to_it(url: str) -> None:
    assert not is_plain(url)


def test_a_number_that_is_none_is_no_json() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        prepared("POST", "https://acme.example/a", params={}, body=float("nan"), headers={})
