"""The real connectors against a practice tool in memory: what a route to it needs, and its doors."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.contrib.auth.models import User

from escalation.models import Connection, Delivery, Handoff, Route
from escalation.outbox.owe import owe_record, record_key
from escalation.practice import credentials
from escalation.practice.adapter import PracticeAdapter
from escalation.practice.tool import Plan, PracticeTool, build
from escalation.tools.registry import tool
from escalation.translation.given import Given
from escalation.translation.rules import Rules
from escalation.transport.door import Door
from tests import builders
from tests.builders import NOW
from tests.database import owing
from tests.database.fakes import Clock

HOST = "https://acme.service-now.com"
ZENDESK = "https://acme.zendesk.com"
JIRA = "https://acme.atlassian.net"
INCIDENTS = f"{HOST}/api/now/v2/table/incident"
SECRET = "a-webhook-secret"


@dataclass
class Site:
    """One practice ServiceNow, the posts it has sent, and how its own agents write in it."""

    practice: PracticeTool
    clock: Clock
    posts: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    def incidents(self, connection: Connection) -> list[dict[str, Any]]:
        """Every incident there is, as the integration user sees it."""
        wanted = {"sysparm_fields": "sys_id,number,correlation_id,short_description,state"}
        rows: list[dict[str, Any]] = (
            connection.door().session.ask("GET", INCIDENTS, params=wanted).json["result"]
        )
        return rows

    def agent(self, connection: Connection, remote_id: str, **changes: str) -> None:
        """Somebody at the receiver changes the incident."""
        self.clock.forward(5)
        colleague = Connection.objects.get(pk=connection.pk)
        colleague.keep_credentials(_basic(credentials.SERVICENOW_ITIL_USER))
        colleague.door().session.ask("PATCH", f"{INCIDENTS}/{remote_id}", body=changes)
        assert self.practice.outgoing.wait_until_idle()


def open_site(monkeypatch: pytest.MonkeyPatch, *, name: str = "servicenow", with_world: bool = False) -> Site:
    """Start the tool and lead every door to it, through the real session."""
    clock, posts = Clock(), list[tuple[str, dict[str, str], bytes]]()

    def send(url: str, headers: Mapping[str, str], body: bytes) -> int:
        posts.append((url, dict(headers), body))
        return 202

    plan = Plan(clock=clock, with_world=with_world, send=send, say=lambda _: None)
    site = Site(practice=build(name, plan), clock=clock, posts=posts)
    original = Connection.door

    def door(self: Connection, *, trial: bool = False) -> Door:
        opened = original(self, trial=trial)
        opened.session.mount("https://", PracticeAdapter(site.practice.application))  # type: ignore[attr-defined]
        return opened

    monkeypatch.setattr(Connection, "door", door)
    return site


def route() -> Route:
    """A route whose record is an incident."""
    target = builders.connection("servicenow", base_url=HOST, our_user=credentials.SERVICENOW_USER)
    target.keep_credentials(_basic(credentials.SERVICENOW_USER))
    target.save()
    return builders.route(target=target)


def into_jira() -> Route:
    """A route whose record is an issue of the project PLAT."""
    target = builders.connection("jira", base_url=JIRA, our_user="Baton", settings={"project": "PLAT"})
    login = {"user": credentials.JIRA_EMAIL, "password": credentials.JIRA_API_TOKEN}
    target.keep_credentials({"scheme": "basic", **login})
    target.save()
    return builders.route(target=target)


def desk() -> Connection:
    """The connection to the tool in which the user is talked to."""
    row = builders.connection(
        "zendesk", base_url=ZENDESK, our_user=credentials.ZENDESK_INTEGRATION_EMAIL, name="Acme Zendesk"
    )
    token = {"scheme": "basic", "password": credentials.ZENDESK_API_TOKEN}
    row.keep_credentials(token | {"user": f"{credentials.ZENDESK_INTEGRATION_EMAIL}/token"})
    row.save()
    return row


def owed(route: Route, author: User) -> tuple[Handoff, Delivery]:
    """A confirmed scene, owed as the incident that ServiceNow's own translation makes of it."""
    handoff = owing.confirmed(route=route, author=author)
    given = Given(rules=Rules(), now=NOW, key=record_key(handoff_id=handoff.pk))
    receiver = tool("servicenow").receiver
    assert receiver is not None
    draft = receiver.translate(builders.scene(), given).draft
    return handoff, owe_record(handoff=handoff, connection=route.target, draft=draft, now=NOW)


def _basic(user: str) -> dict[str, str]:
    return {"scheme": "basic", "user": user, "password": credentials.SERVICENOW_PASSWORD}
