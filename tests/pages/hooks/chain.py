"""Zendesk → ServiceNow → Jira with the real connectors: two handoffs, and all are listened to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from escalation.capture.preview import preview
from escalation.capture.submit import submit
from escalation.catalog.sync import sync
from escalation.dispatch.deliver import deliver
from escalation.inbound.apply import apply
from escalation.knowledge.codec import from_json, to_json
from escalation.knowledge.words import Origin
from escalation.lifecycle.words import Status
from escalation.models import Connection, Delivery, Handoff, Inbox, Route, Team
from escalation.practice import credentials
from escalation.practice.adapter import PracticeAdapter
from escalation.practice.tool import Plan, PracticeTool, build
from escalation.reception.further import escalate_further
from escalation.tools.registry import tool
from escalation.transport.door import Door
from escalation.upkeep.publish import publish_rules
from tests import builders
from tests.database import real
from tests.database.fakes import Clock, Engine

JIRA = "https://acme.atlassian.net"
HOSTS = {"zendesk": real.ZENDESK, "servicenow": real.HOST, "jira": JIRA}
FOUND = "Identified misconfigured CORS policy on the API gateway."
RULES = {
    "defaults": {"project": "PLAT", "issuetype": "Bug", "customfield_10041": '{"value": "Production"}'},
}


@dataclass
class Company:
    """Three practice tools behind one door, and the posts they send."""

    clock: Clock
    tools: dict[str, PracticeTool] = field(default_factory=dict)
    posts: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    def ask(self, connection: Connection, method: str, path: str, body: Any = None) -> Any:
        return connection.door().session.ask(method, f"{connection.base_url}{path}", body=body).json

    def hand_over(self, *, times: int = 1, backwards: bool = False) -> None:
        """What the tools have posted reaches our address; what is owed is delivered; until all is quiet."""
        for _ in range(8):
            for each in self.tools.values():
                assert each.outgoing.wait_until_idle()
            posts, self.posts[:] = list(self.posts), []
            for url, headers, body in reversed(posts) if backwards else posts:
                for _ in range(times):
                    _post(url, headers, body)
            for row in Inbox.objects.filter(status=Inbox.Status.WAITING).order_by(
                "-pk" if backwards else "pk"
            ):
                apply(inbox=row.pk, now=self.clock())
            if not self.deliver() and not posts:
                return

    def deliver(self) -> int:
        self.clock.forward(5)
        due = list(Delivery.objects.due(now=self.clock()).values_list("pk", flat=True))
        for each in due:
            deliver(delivery=each, clock=self.clock)
        return len(due)


def _post(url: str, headers: dict[str, str], body: bytes) -> None:
    path = url.removeprefix("https://baton.example")
    answer = Client().post(path, data=body, content_type="application/json", headers=headers)
    assert answer.status_code in {200, 202}, answer.content


@pytest.fixture
def company(monkeypatch: pytest.MonkeyPatch, celery: Engine) -> Iterator[Company]:
    company = Company(clock=Clock())

    def send(url: str, headers: Mapping[str, str], body: bytes) -> int:
        company.posts.append((url, dict(headers), body))
        return 202

    plan = Plan(clock=company.clock, with_world=True, send=send, say=lambda _: None)
    company.tools = {name: build(name, plan) for name in HOSTS}
    original = Connection.door

    def door(self: Connection) -> Door:
        opened = original(self)
        for name, host in HOSTS.items():
            opened.session.mount(host, PracticeAdapter(company.tools[name].application))  # type: ignore[attr-defined]
        return opened

    monkeypatch.setattr(Connection, "door", door)
    monkeypatch.setattr("django.utils.timezone.now", company.clock)
    yield company
    for each in company.tools.values():
        each.close()


def connected(name: str, *, user: str, password: str, our_user: str, **settings: str) -> Connection:
    row = builders.connection(name, base_url=HOSTS[name], our_user=our_user, settings=settings)
    row.keep_credentials({"scheme": "basic", "user": user, "password": password})
    row.save()
    return row


def listened_to(company: Company, connection: Connection) -> None:
    """Every tool calls us."""
    url = f"https://baton.example{reverse('hook', args=[connection.tool, connection.pk])}"
    upkeep = tool(connection.tool).upkeep
    assert upkeep is not None
    if connection.tool == "servicenow":
        company.ask(connection, "POST", "/practice/webhooks", {"url": url, "secret": real.SECRET})
        return
    connection.keep_webhook_secret(upkeep.listen(connection.door(), url=url, secret=real.SECRET))
    connection.save()


@dataclass
class Hops:
    """Two handoffs, each with its record."""

    desk: Connection
    operations: Connection
    engineering: Connection
    first: Handoff
    second: Handoff


@pytest.fixture
def statuses() -> tuple[dict[str, Any], dict[str, Any]]:
    """Which statuses the rules of the two routes set; a test may name some."""
    return {}, {}


@pytest.fixture
def hops(company: Company, statuses: tuple[dict[str, Any], dict[str, Any]]) -> Hops:
    email = credentials.ZENDESK_INTEGRATION_EMAIL
    token = credentials.ZENDESK_API_TOKEN
    desk = connected("zendesk", user=f"{email}/token", password=token, our_user=email)
    user = credentials.SERVICENOW_USER
    operations = connected("servicenow", user=user, password=credentials.SERVICENOW_PASSWORD, our_user=user)
    jira = (credentials.JIRA_EMAIL, credentials.JIRA_API_TOKEN)
    engineering = connected("jira", user=jira[0], password=jira[1], our_user="Baton", project="PLAT")
    for each in (desk, operations, engineering):
        listened_to(company, each)
    sync(connection=engineering, now=company.clock())
    route = builders.route(source=desk, target=operations)
    publish_rules(route=route, body={"statuses": statuses[0]}, note="", by=None, now=company.clock())
    first = escalated(company, route)
    operations_note(company, first, FOUND)
    second = further(company, first, engineering, statuses[1])
    company.hand_over()
    for handoff in (first, second):
        handoff.refresh_from_db()
        assert handoff.status == Status.DELIVERED, handoff.deliveries.get(kind="create").reason
    return Hops(desk=desk, operations=operations, engineering=engineering, first=first, second=second)


def escalated(company: Company, route: Route) -> Handoff:
    opened = {"subject": "Dashboard", "comment": {"body": "It does not load", "public": True}}
    ticket = company.ask(route.source, "POST", "/api/v2/tickets", {"ticket": opened})["ticket"]["id"]
    company.clock.forward(60)
    author = builders.person("lena", team=route.sender)
    draft = builders.handoff(
        route=route, author=author, source_reference=str(ticket), created_at=company.clock()
    )
    return sent(company, draft, author)


def operations_note(company: Company, first: Handoff, text: str) -> None:
    company.clock.forward(30)
    colleague = Connection.objects.get(pk=first.route.target_id)
    colleague.keep_credentials(
        {
            "scheme": "basic",
            "user": credentials.SERVICENOW_ITIL_USER,
            "password": credentials.SERVICENOW_PASSWORD,
        }
    )
    path = f"/api/now/v2/table/incident/{first.remote_id}"
    company.ask(colleague, "PATCH", path, {"work_notes": text})
    company.hand_over()


def further(company: Company, first: Handoff, engineering: Connection, statuses: dict[str, Any]) -> Handoff:
    """Operations hands on what it holds."""
    platform = Team.objects.create(name="Platform Engineering", zone="Europe/Berlin")
    operations = first.route.receiver
    route = Route.objects.create(
        name="Ops to Platform",
        sender=operations,
        receiver=platform,
        source=first.route.target,
        target=engineering,
    )
    publish_rules(
        route=route, body={**RULES, "statuses": statuses}, note="first", by=None, now=company.clock()
    )
    tomas = builders.person("tomas", team=operations)
    draft = escalate_further(handoff=first, route=route, by=tomas, now=company.clock())
    state = from_json(draft.state)
    accepted = tuple(replace(each, origin=Origin.CONFIRMED) for each in state.facts)
    draft.state = to_json(replace(state, facts=accepted))
    draft.save()
    return sent(company, draft, tomas)


def sent(company: Company, draft: Handoff, author: User) -> Handoff:
    fingerprint = preview(handoff=draft).draft.fingerprint()
    handoff = submit(handoff=draft, fingerprint=fingerprint, by=author, now=company.clock())
    company.hand_over()
    handoff.refresh_from_db()
    return handoff
