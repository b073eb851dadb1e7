"""Whatever a tool calls with: no call breaks us, and what was signed is kept as it came and read to an end.

Every address that a tool of the registry calls is tried with its recorded events, changed at random places,
and with bytes that are nothing at all.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from escalation.inbound.apply import apply
from escalation.models import ChatThread, Connection, Handoff, Inbox
from escalation.tools.contract import Tool
from escalation.tools.registry import TOOLS
from tests import builders, recorded
from tests.pages.posting import confirmed
from tests.tools.contract.proofs import PROOFS

pytestmark = pytest.mark.django_db

SECRET = "a-webhook-secret"
HOOKED = [each for each in TOOLS.values() if each.hooks is not None]
every_tool = pytest.mark.parametrize("tool", HOOKED, ids=lambda each: each.kind)
EXAMPLES = 40

# What JSON can spell and no tool should: characters that no row holds, numbers that no column holds.
ODD = st.sampled_from(
    ["", "\x00", "a\x00b", "\ud800", "\u202e", "9" * 400, "x" * 5000, "2026-13-45T99:99:99Z", "NaN"]
)
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | ODD
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=4,
)
CHANGES = st.lists(st.tuples(st.floats(0, 1), st.sampled_from(["put", "drop", "twice"]), VALUES), max_size=4)
SPOILT = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=3)

SIGNS = (
    *("x-hub-signature", "x-baton-signature", "x-baton-timestamp", "authorization"),
    *("x-slack-signature", "x-slack-request-timestamp"),
    *("x-zendesk-webhook-signature", "x-zendesk-webhook-signature-timestamp"),
)
SIGNATURES = st.sampled_from(["", "sha256=", "v0=", "-1", "9" * 400, "٣", "1e9"]) | st.text(
    st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"), max_size=80
)


def places(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to everything in a body but to itself."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [each for key, inner in inside for each in ((*way, key), *places(inner, (*way, key)))]


def changed(body: Any, changes: list[tuple[float, str, Any]]) -> Any:
    body = deepcopy(body)
    for share, do, value in changes:
        known = places(body)
        if not known:
            return value
        *way, last = known[int(share * (len(known) - 1))]
        inner = body
        for key in way:
            inner = inner[key]
        if do == "drop":
            del inner[last]
        elif do == "twice" and isinstance(inner, list):
            inner.append(inner[last])
        else:
            inner[last] = value
    return body


def spoilt(body: bytes, bytes_put: list[tuple[float, int]]) -> bytes:
    held = bytearray(body)
    for share, byte in bytes_put:
        held[int(share * (len(held) - 1))] = byte
    return bytes(held)


def events(kind: str) -> list[dict[str, Any]]:
    folder = recorded.ROOT / "fixtures/tools" / kind / "events"
    return [json.loads(file.read_text()) for file in sorted(folder.glob("*.json"))]


def told_of(kind: str) -> set[str]:
    """The records that the recorded events of a tool are about."""
    expected = [one for each in events(kind) for one in each["expected"]]
    return {each["remote_id"] for each in expected if each.get("remote_id")}


@pytest.fixture
def row(tool: Tool) -> Connection:
    """A connection of the tool, with handoffs of ours for whatever the recorded events are about."""
    kind = tool.kind
    rows = {each: builders.connection(each) for each in {"zendesk", "servicenow", kind}}
    target = rows["servicenow"] if kind in {"zendesk", "slack"} else rows[kind]
    route = builders.route(source=rows["zendesk"], target=target)
    author = builders.person("lena", team=route.sender)
    for remote_id in sorted(told_of(kind)):
        sent = confirmed(builders.handoff(route=route, author=author), by=author)
        name = "source_reference" if kind == "zendesk" else "remote_id"
        Handoff.objects.filter(pk=sent.pk).update(**{name: remote_id})
        ChatThread.objects.create(handoff=sent, connection=rows[kind], remote_id=remote_id)
    return rows[kind]


@contextmanager
def taken_back() -> Iterator[None]:
    """What one example leaves is gone before the next one."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def called(row: Connection, body: bytes, headers: dict[str, str]) -> int:
    address = reverse("hook", args=[row.tool, row.pk])
    return Client().post(address, body, content_type="application/json", headers=headers).status_code


def signed(row: Connection, body: bytes) -> dict[str, str]:
    sign = PROOFS[row.tool].sign
    assert sign is not None
    return sign(body, SECRET, timezone.now())


def check(row: Connection, body: bytes, headers: dict[str, str]) -> None:
    """Call with it, read what was kept, and call with it again."""
    headers = headers | signed(row, body)
    with taken_back():
        status = called(row, body, headers)

        kept = Inbox.objects.first()
        # What is answered 200 at its first call is a greeting, and holds no news.
        assert (status, kept is None) in {(202, False), (200, True)}
        if kept is None:
            return
        assert bytes(kept.body) == body
        apply(inbox=kept.pk, now=timezone.now())
        kept.refresh_from_db()
        # Read to its end, or put aside with a reason and the time of the next try.
        assert kept.words or kept.status in {Inbox.Status.APPLIED, Inbox.Status.IGNORED}
        assert called(row, body, headers) == (200 if kept.event_id else 202)


@every_tool
def test_a_recorded_call_changed_anywhere_is_kept_and_read(tool: Tool, row: Connection) -> None:
    @settings(max_examples=EXAMPLES)
    @given(st.sampled_from(events(tool.kind)), CHANGES, st.just([]) | SPOILT)
    def holds(event: dict[str, Any], changes: list[Any], bytes_put: list[Any]) -> None:
        body = json.dumps(changed(event["body"], changes)).encode()
        check(row, spoilt(body, bytes_put), event["headers"])

    holds()


@every_tool
def test_anything_at_all_is_kept(row: Connection) -> None:
    @settings(max_examples=EXAMPLES // 2)
    @given(st.binary(max_size=200) | VALUES.map(lambda value: json.dumps(value).encode()))
    def holds(body: bytes) -> None:
        check(row, body, {})

    holds()


@every_tool
def test_what_nobody_signed_is_refused_whatever_it_brings(row: Connection) -> None:
    @settings(max_examples=EXAMPLES // 2)
    @given(st.binary(max_size=50), st.dictionaries(st.sampled_from(SIGNS), SIGNATURES))
    def holds(body: bytes, headers: dict[str, str]) -> None:
        with taken_back():
            assert called(row, body, headers) == 401
            assert not Inbox.objects.exists()

    holds()
