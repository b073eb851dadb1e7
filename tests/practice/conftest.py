"""Practice tools in memory, each behind a session that needs no socket."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import requests

from escalation.practice import credentials
from escalation.practice.adapter import PracticeAdapter
from escalation.practice.tool import Plan, PracticeTool, build

# A Wednesday afternoon, so that "last weekend" is four days ago.
NOW = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)


class Clock:
    """A clock that moves one second with each look, and further when told."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


class Sink:
    """Receives what the tools post, and answers as told."""

    def __init__(self) -> None:
        self.posts: list[tuple[str, dict[str, str], bytes]] = []
        self.answers: list[int] = []

    def __call__(self, url, headers, body) -> int:
        self.posts.append((url, dict(headers), body))
        return self.answers.pop(0) if self.answers else 200


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sink() -> Sink:
    return Sink()


@pytest.fixture
def start(clock: Clock, sink: Sink) -> Iterator[Callable[..., PracticeTool]]:
    tools: list[PracticeTool] = []

    def starting(name: str, **plan) -> PracticeTool:
        plan = {"clock": clock, "send": sink, "with_world": False, **plan}
        tools.append(build(name, Plan(**plan)))
        return tools[-1]

    yield starting
    for tool in tools:
        tool.close()


class Site:
    """A session whose paths are relative to one practice tool."""

    def __init__(self, tool: PracticeTool, host: str, auth: tuple[str, str]) -> None:
        self.tool = tool
        self.host = host
        self.session = requests.Session()
        self.session.mount(host, PracticeAdapter(tool.application))
        self.session.auth = auth
        self.session.headers["Accept"] = "application/json"

    def __call__(self, method: str, path: str, **options) -> requests.Response:
        return self.session.request(method, self.host + path, **{"timeout": (5, 30), **options})

    def fault(self, **rule) -> None:
        answer = self("POST", "/practice/faults", json=rule)
        assert answer.status_code == 201, answer.text


@pytest.fixture
def servicenow(start) -> Site:
    return Site(
        start("servicenow"),
        "https://practice.service-now.example",
        (credentials.SERVICENOW_USER, credentials.SERVICENOW_PASSWORD),
    )


@pytest.fixture
def zendesk(start) -> Site:
    return Site(
        start("zendesk"),
        "https://practice.zendesk.example",
        (f"{credentials.ZENDESK_AGENT_EMAIL}/token", credentials.ZENDESK_API_TOKEN),
    )


@pytest.fixture
def slack(start) -> Site:
    return Site(start("slack", with_world=True), "https://practice.slack.example", ("", ""))


@pytest.fixture
def jira(start) -> Site:
    """Jira Cloud, by e-mail address and token."""
    return Site(
        start("jira", with_world=True),
        "https://practice.atlassian.example",
        (credentials.JIRA_EMAIL, credentials.JIRA_API_TOKEN),
    )


@pytest.fixture
def data_center(jira) -> Site:
    """The same Jira, spoken to as a Data Center: by a personal access token."""
    site = Site(jira.tool, "https://practice-jira.example", ("", ""))
    site.session.auth = None
    site.session.headers["Authorization"] = f"Bearer {credentials.JIRA_PERSONAL_TOKEN}"
    return site
