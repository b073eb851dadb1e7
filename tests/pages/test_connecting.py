"""The owner gets everything the tool's administrators need, sees a secret once, and sets stuck rows going."""

import base64
import re

import pytest
from django.test import Client

from escalation.models import Connection, Delivery, Membership, Route
from escalation.outbox.owe import Note, owe_note
from escalation.tools.zendesk import upkeep
from escalation.transport.errors import Unauthorised
from tests import builders
from tests.builders import NOW


@pytest.fixture
def page(browser_of, desk_to_ops: Route) -> Client:
    return browser_of(builders.person("kenji", team=desk_to_ops.sender, role=Membership.Role.OWNER))


def of(connection: Connection, act: str = "") -> str:
    return f"/connections/{connection.pk}{act}"


def test_the_address_to_copy_is_where_webhooks_are_heard(page: Client, desk_to_ops: Route) -> None:
    html = page.get(of(desk_to_ops.target)).content.decode()

    (address,) = re.findall(r"https?://[^<]*(/hooks/[^<]*)<", html)
    assert Client().post(address, b"{}", content_type="application/json").status_code == 401


def test_a_new_secret_is_shown_once_and_counts_from_then_on(page: Client, desk_to_ops: Route) -> None:
    answer = page.post(of(desk_to_ops.target, "/secret"))

    secret = Connection.objects.get(pk=desk_to_ops.target_id).webhook_secret
    html = answer.content.decode()
    assert secret in html
    assert base64.b64encode(secret.encode()).decode() in html
    assert "no-store" in answer["Cache-Control"]
    assert secret not in page.get(of(desk_to_ops.target)).content.decode()


def test_servicenows_business_rule_is_ready_to_copy(page: Client, desk_to_ops: Route) -> None:
    html = page.get(of(desk_to_ops.target)).content.decode()

    assert "x_baton.secret" in html
    assert "executeRule(current, previous" in html
    assert "x_baton.secret" not in page.get(of(desk_to_ops.source)).content.decode()


def test_the_tool_is_told_to_call_and_its_own_secret_is_kept(
    page: Client, desk_to_ops: Route, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    def listen(_door: object, *, url: str, secret: str) -> str:
        told.append(url)
        return "drawn-by-zendesk"

    monkeypatch.setattr(upkeep, "listen", listen)

    html = page.post(of(desk_to_ops.source, "/listen"), follow=True).content.decode()

    assert "calls Baton from now on" in html
    assert told[0].endswith(f"/hooks/zendesk/{desk_to_ops.source_id}/")
    assert Connection.objects.get(pk=desk_to_ops.source_id).webhook_secret == "drawn-by-zendesk"


def test_a_tool_that_refuses_says_why_and_the_old_secret_stays(
    page: Client, desk_to_ops: Route, monkeypatch: pytest.MonkeyPatch
) -> None:
    def listen(_door: object, *, url: str, secret: str) -> str:
        raise Unauthorised("Its token lacks webhooks:write.")

    monkeypatch.setattr(upkeep, "listen", listen)
    before = desk_to_ops.source.webhook_secret

    html = page.post(of(desk_to_ops.source, "/listen"), follow=True).content.decode()

    assert "Its token lacks webhooks:write." in html
    assert Connection.objects.get(pk=desk_to_ops.source_id).webhook_secret == before


def test_what_is_stuck_is_shown_with_its_reason_and_tried_again(page: Client, desk_to_ops: Route) -> None:
    author = builders.person("lena", team=desk_to_ops.sender)
    handoff = builders.handoff(route=desk_to_ops, author=author, status="delivered", confirmed_at=NOW)
    note = owe_note(
        handoff=handoff, connection=desk_to_ops.target, note=Note(remote_id="r1", text="Hello."), now=NOW
    )
    Delivery.objects.filter(pk=note.pk).update(status=Delivery.Status.STUCK, reason="The tool said no.")

    assert "The tool said no." in page.get(of(desk_to_ops.target)).content.decode()
    page.post(of(desk_to_ops.target, "/retry"))

    note.refresh_from_db()
    assert note.status == Delivery.Status.OWED
    assert handoff.entries.filter(kind="retried").count() == 1


def test_only_owners_come_here(browser_of, desk_to_ops: Route) -> None:
    agent = browser_of(builders.person("lena", team=desk_to_ops.sender))

    assert agent.get(of(desk_to_ops.target)).status_code in {403, 404}
    assert agent.post(of(desk_to_ops.target, "/secret")).status_code in {403, 404}
