"""Our doors onto practice tools in memory: the real session, the real connectors, no socket."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from escalation.practice import credentials
from escalation.practice.adapter import PracticeAdapter
from escalation.practice.tool import Plan, PracticeTool, build
from escalation.transport.credentials import Basic, Bearer
from escalation.transport.door import Door
from escalation.transport.opening import open_door

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


@dataclass(kw_only=True)
class Clock:
    """A clock that moves one second with each look, and further when told."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@dataclass(kw_only=True)
class Bench:
    """One practice tool with a door of ours and the posts it sent."""

    tool: PracticeTool
    host: str
    clock: Clock
    posts: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    def door(self, *, user: str, password: str, our_user: str = "", **settings: str) -> Door:
        door = open_door(
            base_url=f"https://{self.host}",
            credentials=Basic(user=user, password=password),
            settings=settings,
            our_user=our_user or user,
        )
        door.session.mount("https://", PracticeAdapter(self.tool.application))
        return door

    def fault(self, **rule: Any) -> None:
        self.tool.faults.add(rule)

    def settle(self) -> None:
        """Wait until everything that is due has been posted."""
        assert self.tool.outgoing.wait_until_idle()


def _bench(name: str, host: str, **plan: Any) -> Bench:
    clock = Clock()
    posts: list[tuple[str, dict[str, str], bytes]] = []

    def send(url, headers, body) -> int:
        posts.append((url, {key.lower(): value for key, value in headers.items()}, body))
        return 200

    practice = build(name, Plan(clock=clock, send=send, say=lambda _: None, **{"with_world": False, **plan}))
    return Bench(tool=practice, host=host, clock=clock, posts=posts)


@pytest.fixture
def servicenow():
    bench = _bench("servicenow", "acme.service-now.com")
    yield bench
    bench.tool.close()


@pytest.fixture
def servicenow_door(servicenow) -> Door:
    return servicenow.door(
        user=credentials.SERVICENOW_USER, password=credentials.SERVICENOW_PASSWORD, alias_field="u_aliases"
    )


@pytest.fixture
def servicenow_world():
    """A door onto a ServiceNow that knows the items, groups, changes and people of the practice world."""
    bench = _bench("servicenow", "acme.service-now.com", with_world=True)
    yield bench.door(
        user=credentials.SERVICENOW_USER, password=credentials.SERVICENOW_PASSWORD, alias_field="u_aliases"
    )
    bench.tool.close()


@pytest.fixture
def zendesk():
    bench = _bench("zendesk", "acme.zendesk.com", with_world=True)
    yield bench
    bench.tool.close()


@pytest.fixture
def zendesk_door(zendesk) -> Door:
    return zendesk.door(
        user=f"{credentials.ZENDESK_INTEGRATION_EMAIL}/token", password=credentials.ZENDESK_API_TOKEN
    )


@pytest.fixture
def jira():
    bench = _bench("jira", "acme.atlassian.net", with_world=True)
    yield bench
    bench.tool.close()


@pytest.fixture
def jira_door(jira) -> Door:
    return jira.door(
        user=credentials.JIRA_EMAIL, password=credentials.JIRA_API_TOKEN, our_user="Baton", project="PLAT"
    )


@pytest.fixture
def slack():
    bench = _bench("slack", "halden.slack.com", with_world=True)
    yield bench
    bench.tool.close()


@pytest.fixture
def slack_door(slack) -> Door:
    door = open_door(
        base_url=f"https://{slack.host}",
        credentials=Bearer(token=credentials.SLACK_BOT_TOKEN),
        our_user="baton",
    )
    door.session.mount("https://", PracticeAdapter(slack.tool.application))
    return door
