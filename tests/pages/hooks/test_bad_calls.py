"""Whoever calls late, unsigned, too long, garbled or with news nobody knows: the right answer, nothing lost.

Held against every tool of the registry that calls us, each signing in its own way.
"""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from escalation.hooks.views import LARGEST
from escalation.inbound.apply import apply
from escalation.models import Connection, Inbox
from escalation.tools.contract import Tool
from escalation.tools.registry import TOOLS
from tests import builders, recorded
from tests.database.fakes import Engine
from tests.tools.contract.proofs import PROOFS

pytestmark = pytest.mark.django_db

SECRET = "a-webhook-secret"
HOOKED = [each for each in TOOLS.values() if each.hooks is not None]
TIMED = [each for each in HOOKED if PROOFS[each.kind].signs_time]

every_tool = pytest.mark.parametrize("tool", HOOKED, ids=lambda each: each.kind)


def events(tool: Tool) -> list[dict[str, Any]]:
    folder = recorded.ROOT / "fixtures/tools" / tool.kind / "events"
    return [json.loads(file.read_text()) for file in sorted(folder.glob("*.json"))]


def connected(tool: Tool) -> Connection:
    row = builders.connection(tool.kind, name=f"Acme {tool.label}")
    row.keep_webhook_secret(SECRET)
    row.save()
    return row


def sent(row: Connection, body: bytes, *, headers: dict[str, str] | None = None) -> int:
    hook = reverse("hook", args=[row.tool, row.pk])
    answer = Client(enforce_csrf_checks=True).post(
        hook, data=body, content_type="application/json", headers=headers or {}
    )
    return answer.status_code


def signed(row: Connection, body: bytes, *, at: datetime | None = None) -> dict[str, str]:
    sign = PROOFS[row.tool].sign
    assert sign is not None
    return sign(body, SECRET, at or timezone.now())


def body_of(tool: Tool) -> bytes:
    return json.dumps(events(tool)[0]["body"]).encode()


@pytest.mark.parametrize("tool", TIMED, ids=lambda each: each.kind)
@pytest.mark.parametrize("age", [timedelta(minutes=6), timedelta(days=3), -timedelta(minutes=6)], ids=str)
def test_a_call_signed_too_long_ago_is_refused_and_the_same_news_signed_now_is_taken(
    tool: Tool, age: timedelta, celery: Engine
) -> None:
    row, body = connected(tool), body_of(tool)

    assert sent(row, body, headers=signed(row, body, at=timezone.now() - age)) == 401

    row.refresh_from_db()
    assert (Inbox.objects.count(), row.heard_at, celery.tasks) == (0, None, [])
    # The refused call has not used up the event's place: when the tool repeats it, it is news.
    assert sent(row, body, headers=signed(row, body)) == 202
    assert bytes(Inbox.objects.get().body) == body


@every_tool
def test_an_unsigned_call_is_refused_and_does_not_take_the_place_of_the_signed_one(tool: Tool) -> None:
    row, body = connected(tool), body_of(tool)

    assert sent(row, body) == 401
    assert not Inbox.objects.exists()
    assert sent(row, body, headers=signed(row, body)) == 202


@every_tool
def test_a_signed_call_of_more_than_a_megabyte_is_refused_as_too_large(tool: Tool) -> None:
    row, body = connected(tool), b'{"text": "' + b"x" * LARGEST + b'"}'

    assert sent(row, body, headers=signed(row, body)) == 413
    assert not Inbox.objects.exists()


@every_tool
def test_a_signed_body_that_cannot_be_read_is_kept_whole_for_the_owner(tool: Tool) -> None:
    row, body = connected(tool), b'{"half": a bod'

    assert sent(row, body, headers=signed(row, body)) == 202

    kept = Inbox.objects.get()
    apply(inbox=kept.pk, now=timezone.now())
    kept.refresh_from_db()
    assert (kept.status, bytes(kept.body)) == (Inbox.Status.BROKEN, body)
    assert kept.words


@every_tool
def test_an_event_nobody_has_heard_of_is_kept_and_reading_it_breaks_nothing(tool: Tool) -> None:
    row = connected(tool)
    unknown = next(
        each for each in events(tool) if any(one.get("kind") == "unknown" for one in each["expected"])
    )
    body = json.dumps(unknown["body"]).encode()

    assert sent(row, body, headers=signed(row, body)) == 202

    kept = Inbox.objects.get()
    apply(inbox=kept.pk, now=timezone.now())
    kept.refresh_from_db()
    assert bytes(kept.body) == body
    assert kept.status != Inbox.Status.BROKEN
