"""Signatures, bodies and events, for every tool that calls us."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.tools.registry import TOOLS
from escalation.tools.updates import BadSignature, Hint, Malformed, Update, UpdateKind
from tests import recorded
from tests.tools.contract.proofs import PROOFS

NOW = datetime(2026, 11, 23, 15, 4, 5, tzinfo=UTC)
SECRET = "a secret of nobody"
HOOKED = [each for each in TOOLS.values() if each.hooks is not None]
EVENTS = [
    (tool, file)
    for tool in HOOKED
    for file in sorted((recorded.ROOT / "fixtures/tools" / tool.kind / "events").glob("*.json"))
]
RECORDED = [
    (tool, file) for tool in HOOKED for file in recorded.files(f"recorded/{tool.kind}/webhooks/*.json")
]

tools = pytest.mark.parametrize("tool", HOOKED, ids=lambda each: each.kind)
events = pytest.mark.parametrize(("tool", "file"), EVENTS, ids=lambda each: getattr(each, "stem", ""))


def pretty(body) -> bytes:
    return (json.dumps(body, indent=2, ensure_ascii=False) + "\n").encode()


def a_body(tool) -> bytes:
    file = next(file for each, file in EVENTS if each is tool)
    return pretty(json.loads(file.read_text())["body"])


def check(tool, headers, body, *, secret=SECRET, now=NOW):
    tool.hooks.verify(headers=headers, body=body, secret=secret, now=now)


@tools
def test_a_signed_body_is_let_in(tool):
    body = a_body(tool)

    check(tool, PROOFS[tool.kind].sign(body, SECRET, NOW), body)
    check(tool, PROOFS[tool.kind].sign(body, SECRET, NOW - timedelta(minutes=4)), body)


@tools
@given(place=st.integers(0, 10**6), bit=st.integers(0, 7))
def test_one_flipped_bit_anywhere_in_the_body_fails(tool, place, bit):
    body = a_body(tool)
    headers = PROOFS[tool.kind].sign(body, SECRET, NOW)
    place %= len(body)
    flipped = body[:place] + bytes([body[place] ^ (1 << bit)]) + body[place + 1 :]

    with pytest.raises(BadSignature):
        check(tool, headers, flipped)


@tools
def test_a_changed_header_another_secret_or_none_fails(tool):
    body = a_body(tool)
    headers = PROOFS[tool.kind].sign(body, SECRET, NOW)

    for name in headers:
        for broken in ("", headers[name][:-1], headers[name] + "x", "é"):
            with pytest.raises(BadSignature):
                check(tool, {**headers, name: broken}, body)
        with pytest.raises(BadSignature):
            check(tool, {key: value for key, value in headers.items() if key != name}, body)
    for secret in ("", "another"):
        with pytest.raises(BadSignature) as raised:
            check(tool, headers, body, secret=secret)
        assert SECRET not in str(raised.value)


@pytest.mark.parametrize(
    "tool", [each for each in HOOKED if PROOFS[each.kind].signs_time], ids=lambda each: each.kind
)
@pytest.mark.parametrize("age", [timedelta(minutes=6), timedelta(days=2), -timedelta(minutes=6)], ids=str)
def test_an_old_or_future_signature_fails(tool, age):
    body = a_body(tool)

    with pytest.raises(BadSignature):
        check(tool, PROOFS[tool.kind].sign(body, SECRET, NOW - age), body)


@events
def test_every_event_gives_what_its_file_expects(tool, file):
    case = json.loads(file.read_text())

    seen = tool.hooks.interpret(headers=case["headers"], body=pretty(case["body"]))

    assert len(seen) == len(case["expected"])
    for each, expected in zip(seen, case["expected"], strict=True):
        assert isinstance(each, Hint) == expected.pop("hint", False)
        for name, value in expected.items():
            got = getattr(each, name)
            assert (got.isoformat() if isinstance(got, datetime) else got) == value, name


@events
def test_the_same_event_is_the_same_however_often_it_comes(tool, file):
    case = json.loads(file.read_text())
    twice = [
        (
            tool.hooks.event_id(headers=case["headers"], body=pretty(case["body"])),
            tool.hooks.interpret(headers=case["headers"], body=pretty(case["body"])),
        )
        for _ in range(2)
    ]

    assert twice[0] == twice[1]
    assert twice[0][0]


BROKEN = (
    *(b"", b"{", b"null", b"[]", b"{}", b'"text"', b"\xff\xfe", b"[" * 100_000),
    *(b'{"id":{}}', b'{"type":1,"sys_id":2}'),
)


@tools
@pytest.mark.parametrize("body", BROKEN, ids=lambda each: repr(each[:12]))
def test_a_body_that_is_not_the_tools_raises_one_named_error(tool, body):
    with pytest.raises(Malformed):
        tool.hooks.interpret(headers={}, body=body)
    assert tool.hooks.event_id(headers={}, body=body) == ""


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@tools
@given(data=st.data())
def test_whatever_stands_in_an_event_it_is_read_or_called_malformed(tool, data):
    _, file = data.draw(st.sampled_from([case for case in EVENTS if case[0] is tool]))
    body = json.loads(file.read_text())["body"]
    for name in data.draw(st.lists(st.sampled_from(sorted(body)), max_size=3)):
        body[name] = data.draw(JSON)

    try:
        seen = tool.hooks.interpret(headers={}, body=pretty(body))
    except Malformed:
        return

    assert all(isinstance(each, Update | Hint) for each in seen)


@pytest.mark.parametrize(("tool", "file"), RECORDED, ids=lambda each: getattr(each, "stem", ""))
def test_every_recorded_webhook_is_understood(shared, tool, file):
    seen = tool.hooks.interpret(headers={}, body=file.read_bytes())

    assert seen
    assert not any(isinstance(each, Update) and each.kind is UpdateKind.UNKNOWN for each in seen)
