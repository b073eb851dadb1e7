"""The three tools whose descriptions are published, and every call that our connectors make to them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from escalation.practice import credentials
from escalation.tools.contract import Tool, WebLink
from escalation.tools.registry import TOOLS
from escalation.translation.given import Given
from escalation.translation.rules import Rules
from escalation.translation.statuses import Wanted
from escalation.transport.credentials import Basic, Bearer, Credentials
from escalation.transport.door import Door
from escalation.transport.opening import open_door
from tests import builders
from tests.vendors import repairs

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
KEY = "0123456789abcdef" * 2
Call = Callable[[], Any]


@dataclass(frozen=True, kw_only=True)
class Vendor:
    """One tool with its description; ``beyond`` are paths that the description does not speak of."""

    kind: str
    description: str
    mended: Callable[[Path, Path], Path]
    host: str
    identity: Credentials
    settings: Mapping[str, str] = field(default_factory=dict)
    beyond: frozenset[str] = frozenset()
    respelled: Callable[[str], str] = str
    demanded: Mapping[str, Any] = field(default_factory=dict)  # what the practice site's create screen asks
    status: str = ""  # one that a new record can be brought to

    @property
    def tool(self) -> Tool:
        return TOOLS[self.kind]

    def door(self, address: str) -> Door:
        return open_door(
            base_url=f"https://{self.host}",
            credentials=self.identity,
            host_map={self.host: address},
            settings=self.settings,
            allow_private=True,
        )


ZENDESK = Vendor(
    kind="zendesk",
    description="zendesk-support.oas.yaml",
    mended=repairs.zendesk,
    host="acme.zendesk.com",
    identity=Basic(
        user=f"{credentials.ZENDESK_INTEGRATION_EMAIL}/token", password=credentials.ZENDESK_API_TOKEN
    ),
    # Webhooks and surveys have APIs of their own, which the Support API's description leaves out.
    beyond=frozenset({"/api/v2/webhooks", "/api/v2/guide/survey_responses"}),
    status="Pending",
    # Every path is served with and without ".json"; the description names those without.
    respelled=lambda path: path.removesuffix(".json"),
)
JIRA = Vendor(
    kind="jira",
    description="jira-cloud-v3.json",
    mended=repairs.jira,
    host="acme.atlassian.net",
    identity=Basic(user=credentials.JIRA_EMAIL, password=credentials.JIRA_API_TOKEN),
    settings={"project": "PLAT"},
    status="In Progress",
    demanded={"customfield_10041": {"value": "Production"}},
)
SLACK = Vendor(
    kind="slack",
    description="slack-web-v2.json",
    mended=repairs.slack,
    host="slack.com",
    identity=Bearer(token=credentials.SLACK_BOT_TOKEN),
)
VENDORS = (ZENDESK, JIRA, SLACK)


def payload(vendor: Vendor) -> dict[str, Any]:
    """What the scene's state becomes in the tool."""
    assert vendor.tool.receiver is not None
    draft = vendor.tool.receiver.translate(builders.scene(), Given(rules=Rules(), now=NOW, key=KEY)).draft
    return {each.name: each.value for each in draft.fields} | dict(vendor.demanded)


def calls(vendor: Vendor, door: Door, *, record: str, reference: str) -> dict[str, Call]:
    """Every call of every role the tool plays, by name; ``listen`` and files have no description to hold."""
    tool = vendor.tool
    made: dict[str, Call] = {}
    if (receiver := tool.receiver) is not None:
        made |= {
            "create": lambda: receiver.create(door, payload=payload(vendor), key=KEY),
            "find": lambda: receiver.find(door, key=KEY),
            "catalog": lambda: receiver.catalog(door, cursor=""),
            "people": lambda: receiver.people(door, emails=("dana@acme.example",)),
        }
    if (mirror := tool.mirror) is not None:
        made |= {
            "note": lambda: mirror.note(door, remote_id=record, text="Seen.", key=KEY, public=False),
            "reply": lambda: mirror.note(door, remote_id=record, text="Hello.", key=KEY, public=True),
            "find_note": lambda: mirror.find_note(door, remote_id=record, key=KEY),
            "read": lambda: mirror.read(door, remote_id=record),
            "poll": lambda: mirror.poll(door, cursor="", now=NOW),
        }
    if (links := tool.links) is not None:
        link = WebLink(key=f"{KEY}:source", url="https://baton.example/handoffs/1", title="Investigation")
        made["find_link"] = lambda: links.find_link(door, remote_id=record, link=link)
        made["add_link"] = lambda: links.add_link(door, remote_id=record, link=link)
    if (statuses := tool.statuses) is not None:
        there = {"remote_id": record, "wanted": Wanted(status=vendor.status), "key": KEY}
        made["find_status"] = lambda: statuses.find_status(door, **there, since=NOW)
        made["set_status"] = lambda: statuses.set_status(door, **there)
    if (rights := tool.rights) is not None:
        made["missing"] = lambda: rights.missing(door, defaults={})
    if (source := tool.source) is not None:
        made |= {
            "open_tickets": lambda: source.open_tickets(door),
            "conversation": lambda: source.conversation(door, reference),
        }
    if (ratings := tool.ratings) is not None:
        made |= {
            "ratings": lambda: ratings.ratings(door, since=NOW),
            "ratings_of": lambda: ratings.ratings_of(door, ticket=record),
            "kinds_of": lambda: ratings.kinds_of(door, tickets=(record,)),
        }
    if (upkeep := tool.upkeep) is not None:
        made["check"] = lambda: upkeep.check(door)
    if (schema := tool.schema) is not None:
        made["fields"] = lambda: schema.fields(door, defaults={})
    return made
