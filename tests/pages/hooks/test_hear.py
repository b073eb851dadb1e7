"""What a tool is answered when it calls, and what is kept of the call."""

import json
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from escalation.hooks.views import LARGEST
from escalation.models import Connection, Inbox, Route
from tests import builders
from tests.database.fakes import Engine

pytestmark = pytest.mark.django_db

SIGNED = {"x-fake-signature": "a-webhook-secret"}
HINT = json.dumps({"event": "e1", "records": ["record-1"]})


@pytest.fixture
def hook(to_fake: Route) -> str:
    return reverse("hook", args=["fake", to_fake.target_id])


def post(hook: str, body: str | bytes = HINT, headers: dict[str, str] | None = None) -> tuple[int, str]:
    answer = Client(enforce_csrf_checks=True).post(
        hook, data=body, content_type="application/json", headers=SIGNED if headers is None else headers
    )
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    return answer.status_code, answer.content.decode()


def test_a_signed_call_is_kept_as_it_came_and_applied_later(
    hook: str, to_fake: Route, celery: Engine
) -> None:
    assert post(hook) == (202, "Kept.\n")

    row = Inbox.objects.get()
    assert (bytes(row.body), row.event_id, row.status) == (HINT.encode(), "e1", Inbox.Status.WAITING)
    assert celery.tasks == [("escalation.apply_one", {"inbox": row.pk})]
    to_fake.target.refresh_from_db()
    assert to_fake.target.heard_at == row.received_at


def test_nothing_that_signs_or_logs_in_is_kept(hook: str) -> None:
    post(hook, headers={**SIGNED, "authorization": "Bearer t0ken", "cookie": "a=b", "x-event-kind": "note"})

    kept = Inbox.objects.get().headers
    assert kept["x-event-kind"] == "note"
    assert not {"x-fake-signature", "authorization", "cookie"} & set(kept)


def test_the_same_event_again_is_answered_and_not_kept(hook: str) -> None:
    post(hook)

    assert post(hook) == (200, "Known already.\n")
    assert Inbox.objects.count() == 1


@pytest.mark.parametrize("headers", [{}, {"x-fake-signature": "guessed"}], ids=["unsigned", "wrongly signed"])
def test_a_call_that_is_not_signed_by_the_tool_is_refused_and_not_kept(
    hook: str, headers: dict[str, str]
) -> None:
    assert post(hook, headers=headers) == (401, "The signature does not fit the body.\n")
    assert not Inbox.objects.exists()


def test_without_a_secret_nothing_is_believed(hook: str, to_fake: Route) -> None:
    to_fake.target.keep_webhook_secret("")
    to_fake.target.save()

    status, words = post(hook, headers={"x-fake-signature": ""})

    assert status == 401
    assert "no signing secret" in words


def test_a_signed_body_that_is_not_the_tools_is_kept_for_the_owner_to_see(hook: str, celery: Engine) -> None:
    assert post(hook, body="{half a bod")[0] == 202

    row = Inbox.objects.get()
    assert (row.status, row.words, bytes(row.body)) == ("broken", "The body is not JSON.", b"{half a bod")
    assert celery.tasks == []


def test_a_megabyte_is_taken_and_a_byte_more_is_not(hook: str) -> None:
    filled = json.dumps({"event": "e1", "text": ""})
    exactly = json.dumps({"event": "e1", "text": "x" * (LARGEST - len(filled))})
    assert len(exactly) == LARGEST

    assert post(hook, body=exactly)[0] == 202
    assert post(hook, body=exactly + " ") == (413, "The body is larger than 1 MB.\n")


def test_addresses_that_lead_nowhere_say_so(to_fake: Route) -> None:
    slackless = builders.connection("zoomdesk", name="Unknown tool")
    nowhere = [
        reverse("hook", args=["fake", UUID(int=7)]),
        reverse("hook", args=["servicenow", to_fake.target_id]),
        reverse("hook", args=["zoomdesk", slackless.pk]),
    ]

    assert {post(each) for each in nowhere} == {(404, "There is no such address.\n")}


def test_nothing_but_a_post_is_answered(hook: str) -> None:
    assert Client().get(hook).status_code == 405


def test_a_call_costs_four_statements_and_in_a_burst_three(
    hook: str, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(4):  # type: ignore[operator]
        post(hook)
    with django_assert_max_num_queries(3):  # type: ignore[operator]
        assert post(hook, json.dumps({"event": "e2", "records": ["record-1"]}))[0] == 202


def test_when_a_tool_was_heard_is_kept_to_the_second(hook: str, to_fake: Route) -> None:
    heard = timezone.now() - timedelta(seconds=2)
    Connection.objects.filter(pk=to_fake.target_id).update(heard_at=heard)

    post(hook)
    to_fake.target.refresh_from_db()
    first = to_fake.target.heard_at
    post(hook)

    to_fake.target.refresh_from_db()
    assert heard < first <= to_fake.target.heard_at < first + timedelta(seconds=1)


def test_a_deleted_connection_takes_nothing(hook: str, to_fake: Route) -> None:
    Connection.objects.filter(pk=to_fake.target_id).update(tool="zendesk")

    assert post(hook)[0] == 404
