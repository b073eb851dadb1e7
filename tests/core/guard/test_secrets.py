"""Is every secret found exactly where it stands, and nothing else taken for one?"""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escalation.guard.redaction import redact
from escalation.guard.secrets import kinds, secrets
from tests.core.guard.samples import HEX, JWT, SAMPLES, made_up
from tests.pace import stays_within

SNIPPETS = st.sampled_from([before + secret + after for _, before, secret, after in SAMPLES])


@pytest.mark.parametrize(
    ("kind", "before", "secret", "after"), SAMPLES, ids=[f"{row[0]} {n}" for n, row in enumerate(SAMPLES)]
)
def test_a_secret_is_found_with_its_kind_and_its_exact_place(
    kind: str, before: str, secret: str, after: str
) -> None:
    found = secrets(before + secret + after)

    assert [(one.kind, (before + secret + after)[one.start : one.end]) for one in found] == [(kind, secret)]


def test_every_kind_has_a_sample_and_there_are_more_than_thirty() -> None:
    assert {kind for kind, *_ in SAMPLES} == set(kinds())
    assert len(kinds()) >= 30


@pytest.mark.parametrize(
    "text",
    [
        "Password: expired",
        "password is incorrect",
        "The password was reset yesterday and still does not work.",
        "Password: the user changed it last week",
        "password: ********",
        "pwd=$DB_PASSWORD",
        "password = <your password>",
        "Passwort: zurückgesetzt",
        "mot de passe : expiré",
        "contraseña: caducada",
        "パスワード：期限切れ",
        "She forgot her password. Please reset it.",
        "password reset link was sent",
        "Bearer token missing",
        "Bearer of bad news: authentication",
        "The API key is invalid.",
        "token: expired, please sign in",
        "secret: none",
        "build 4111-1111-1111-1112",  # fails Luhn
        "Microsoft case 2611230040001234",
        "order 4111111111111111",
        "session id: unknown",
        "trace id 4bf92f3577b34da6a3ce929d0e0e4736",
        "commit 9f3a2c1d4e5b60718293a4b5c6d7e8f901234567",
        "sys_id a9e30c7dc61122760116894de7bcc7bd",
        "request 550e8400-e29b-41d4-a716-446655440000 failed",
        "call me at +1 212-555-0142 or 0171 1234567",
        "version 4.11.0-rc2 on 10.20.30.40, port 8443",
        "CHG0030187 implemented Saturday 22:10",
        "https://finance-dash.example.com/login?next=/reports&lang=en",
        "git@github.com:acme/ledger.git",
        "ssh://git@bitbucket.example.com:7999/fin/ledger.git",
        "http://proxy.example.com:8080/path@v2",
        "pin the tab, then open it",
        "DE12 is the code of the room",
        "SKU 000-12-3456 is sold out",
        "basic authentication is switched off",
        "cookie: cleared, no change",
        "Born to run, 1984-03-12",
        "He has a passport: renewed in May",
        "error code 482913",
        "sessionid = 0x284958aa550014, negotiated",
        "build -u http://registry.example.com",
        "password = args[i];",
        "password = getPassword()",
    ],
)
def test_what_only_looks_like_a_secret_is_left_alone(text: str) -> None:
    assert [(one.kind, text[one.start : one.end]) for one in secrets(text)] == []


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(SNIPPETS, st.text(max_size=30)), max_size=6).map("".join))
def test_redacting_twice_is_redacting_once_and_spans_are_in_order(text: str) -> None:
    found = secrets(text)
    once = redact(text, spans=found)

    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(first.end <= second.start for first, second in pairwise(found))
    assert redact(once, spans=secrets(once)) == once
    for one in found:
        assert text[: found[0].start] == once[: found[0].start]
        assert f"‹redacted: {one.kind}›" in once


def test_the_mark_says_the_kind_and_not_the_length() -> None:
    short = "Password: " + "Ab" + "1!x"
    long = "Password: " + "Ab" + "1!x" * 20

    assert (
        redact(short, spans=secrets(short))
        == redact(long, spans=secrets(long))
        == "Password: ‹redacted: password›"
    )


def test_overlapping_finds_become_one_named_by_the_most_telling_rule() -> None:
    text = f"Authorization: Bearer {JWT}"

    assert [one.kind for one in secrets(text)] == ["signed token (JWT)"]
    assert redact(text, spans=secrets(text)) == "Authorization: Bearer ‹redacted: signed token (JWT)›"


@pytest.mark.parametrize(
    "unit",
    [
        "2026-11-21 22:10:03,123 INFO user=jdoe token refresh password prompt https://a.example/c?x=1\n",
        "a", "1", "-", "password: ", "password=", "http://a:", "-----BEGIN RSA PRIVATE " + "KEY-----\n",
        "DE12 3704 ", "eyJ" + "aaaaaaaa.", "api_key", "cookie: a=b; ", "sk-", "key=&",
        "ßİ‹redacted: ", "4111 1111 ", made_up(60) + ".",
    ],
)  # fmt: skip
def test_a_megabyte_is_scanned_in_under_two_seconds(unit: str) -> None:
    text = (unit * (1_000_000 // len(unit) + 1))[:1_000_000]

    assert stays_within(lambda: secrets(text), seconds=2)


OTHERS = [
    ("Artifactory Credentials", "api ", "AK" + "C" + made_up(40), " end"),
    ("GitLab Token", "runner ", "GR" + "1348941" + made_up(24), ""),
    ("GitLab Token", "app ", "gl" + "oas-" + made_up(64), ""),
    ("Discord Bot Token", "bot ", "M" + made_up(24) + "." + made_up(6) + "." + made_up(27), ""),
    ("Twilio API Key", "account ", "A" + "C" + made_up(32, HEX), ""),
    ("SoftLayer Credentials", "softlayer_api_key ", made_up(64, HEX), ""),
    ("PyPI Token", "", "pyp" + "i-AgENdGVzdC5weXBpLm9yZw" + made_up(80), ""),
]


@pytest.mark.parametrize(("kind", "before", "secret", "after"), OTHERS, ids=[row[0] for row in OTHERS])
def test_a_shape_that_others_keep_is_found_as_well(kind: str, before: str, secret: str, after: str) -> None:
    text = before + secret + after

    assert [(one.kind, text[one.start : one.end]) for one in secrets(text)] == [(kind, secret)]
    assert secret not in redact(text, spans=secrets(text))
