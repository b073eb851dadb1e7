"""Zendesk → ServiceNow → Jira with the real connectors: what engineering says reaches both tiers, once."""

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
from escalation.inbound.poll import poll_all
from escalation.knowledge.codec import from_json, to_json
from escalation.knowledge.words import Origin
from escalation.lifecycle.words import Status
from escalation.models import CatalogRow, Connection, Delivery, Entry, Handoff, Inbox, Lesson, Route, Team
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

pytestmark = pytest.mark.django_db

JIRA = "https://acme.atlassian.net"
HOSTS = {"zendesk": real.ZENDESK, "servicenow": real.HOST, "jira": JIRA}
FOUND = "Identified misconfigured CORS policy on the API gateway."
SAID = "The gateway drops Origin since 2.4.1; the rollback is running."
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
def hops(company: Company) -> Hops:
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
    first = escalated(company, builders.route(source=desk, target=operations))
    operations_note(company, first, FOUND)
    second = further(company, first, engineering)
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


def further(company: Company, first: Handoff, engineering: Connection) -> Handoff:
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
    publish_rules(route=route, body=RULES, note="first", by=None, now=company.clock())
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


def engineer_comments(company: Company, hops: Hops, text: str) -> None:
    company.clock.forward(30)
    document = {
        "type": "doc",
        "version": 1,
        "content": [{"type": "paragraph", "content": [{"type": "text", "text": text}]}],
    }
    path = f"/rest/api/3/issue/{hops.second.remote_id}/comment"
    company.ask(hops.engineering, "POST", path, {"body": document})


def work_notes(company: Company, hops: Hops) -> str:
    path = f"/api/now/v2/table/incident/{hops.first.remote_id}"
    shown = company.ask(hops.operations, "GET", f"{path}?sysparm_display_value=true")["result"]
    assert SAID not in shown["comments"]
    return str(shown["work_notes"])


def ticket_notes(company: Company, hops: Hops) -> list[dict[str, Any]]:
    path = f"/api/v2/tickets/{hops.first.source_reference}/comments.json"
    found: list[dict[str, Any]] = company.ask(hops.desk, "GET", path)["comments"]
    return found


def assert_told_once(company: Company, hops: Hops) -> None:
    assert work_notes(company, hops).count(SAID) == 1
    told = [each for each in ticket_notes(company, hops) if SAID in each["body"]]
    assert [each["public"] for each in told] == [False]
    for handoff in (hops.first, hops.second):
        notes = handoff.entries.filter(kind=Entry.Kind.NOTE).exclude(text=FOUND)
        assert [each.text for each in notes] == [SAID]


def test_the_issue_names_the_component_and_the_version_of_last_weekend(company: Company, hops: Hops) -> None:
    issue = company.ask(hops.engineering, "GET", f"/rest/api/3/issue/{hops.second.remote_id}")["fields"]

    assert [each["name"] for each in issue["components"]] == ["API Gateway"]
    assert [each["name"] for each in issue["versions"]] == ["2.4.1"]
    assert not hops.second.entries.filter(kind=Entry.Kind.FIELD_IGNORED).exists()
    lesson = Lesson.objects.get(connection=hops.engineering)
    learned = CatalogRow.objects.filter(remote_id__in=lesson.remote_ids)
    assert [each.name for each in learned] == ["API Gateway"]


@pytest.mark.parametrize("webhooks", ["once", "three times", "backwards", "switched off"])
def test_what_engineering_says_reaches_operations_and_the_desk_once(
    company: Company, hops: Hops, webhooks: str
) -> None:
    # Somebody at engineering, not Baton, writes: the practice tool has one account, told apart by its words.
    engineer_comments(company, hops, SAID)
    if webhooks == "switched off":
        for each in company.tools.values():
            assert each.outgoing.wait_until_idle()
        company.posts.clear()
    else:
        company.hand_over(times=3 if webhooks == "three times" else 1, backwards=webhooks == "backwards")
    for _ in range(3):
        poll_all(now=company.clock())
        company.hand_over(times=2)

    assert_told_once(company, hops)


def test_an_issue_that_ends_without_a_fix_is_not_told_as_fixed(company: Company, hops: Hops) -> None:
    path = f"/rest/api/3/issue/{hops.second.remote_id}/transitions"
    known = company.ask(hops.engineering, "GET", path)["transitions"]
    number = next(each["id"] for each in known if each["to"]["statusCategory"]["key"] == "done")
    company.clock.forward(30)
    body = {"transition": {"id": number}, "fields": {"resolution": {"name": "Won't Do"}}}
    company.ask(hops.engineering, "POST", path, body)

    company.hand_over()

    hops.second.refresh_from_db()
    hops.first.refresh_from_db()
    assert hops.second.status == Status.BOUNCED
    assert hops.first.status == Status.DELIVERED
    assert "it ended without a fix" in work_notes(company, hops)
    assert any("it ended without a fix" in each["body"] for each in ticket_notes(company, hops))
