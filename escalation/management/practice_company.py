"""Which company does practice mode pretend to be? Its teams, people, connections and routes, as data.

Only `load_practice_world` reads this, and only in practice mode: these accounts open without a password.
"""

from dataclasses import dataclass, field

from escalation.models import Membership
from escalation.practice import credentials

Role = Membership.Role


@dataclass(frozen=True, kw_only=True, slots=True)
class Someone:
    """One practice account."""

    username: str
    first_name: str
    last_name: str
    team: str
    role: Role
    does: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Tenant:
    """One practice connection."""

    tool: str
    name: str
    our_user: str
    credentials: dict[str, str]
    settings: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Way:
    """One practice route, with the rules and the template it begins with."""

    name: str
    sender: str
    receiver: str
    source: str
    target: str
    rules: dict[str, object]
    template: dict[str, object]
    owner: str = ""
    recall_seconds: int = 3  # long enough to see it, short enough to watch the whole story


DESK, OPERATIONS, ENGINEERING = "Service Desk", "Infrastructure Operations", "Platform Engineering"

# The team that follows its handoffs in the practice chat, and the channel's name there.
CHANNEL_OF = (DESK, "service-desk")

TEAMS: dict[str, str] = {
    DESK: "America/New_York",
    OPERATIONS: "Europe/Berlin",
    ENGINEERING: "Europe/Berlin",
}

PEOPLE: tuple[Someone, ...] = (
    Someone(
        username="level-one",
        first_name="Lena",
        last_name="Okafor",
        team=DESK,
        role=Role.LEVEL_ONE,
        does="hands tickets off and watches what becomes of them",
    ),
    Someone(
        username="level-two",
        first_name="Tomás",
        last_name="Berg",
        team=OPERATIONS,
        role=Role.LEVEL_TWO,
        does="takes handoffs on and works in ServiceNow",
    ),
    Someone(
        username="level-three",
        first_name="Mei",
        last_name="Chen",
        team=ENGINEERING,
        role=Role.LEVEL_TWO,
        does="takes on what Operations hands further and works in Jira",
    ),
    Someone(
        username="lead",
        first_name="Ines",
        last_name="Moreau",
        team=DESK,
        role=Role.LEAD,
        does="sees where context is lost",
    ),
    Someone(
        username="owner",
        first_name="Kenji",
        last_name="Sato",
        team=DESK,
        role=Role.OWNER,
        does="owns connections, routes and rules",
    ),
    Someone(
        username="second-owner",
        first_name="Sofia",
        last_name="Lindqvist",
        team=OPERATIONS,
        role=Role.OWNER,
        does="answers for the route into Jira and approves what the first owner asks for",
    ),
)

TENANTS: tuple[Tenant, ...] = (
    Tenant(
        tool="zendesk",
        name="Practice Zendesk",
        our_user=credentials.ZENDESK_INTEGRATION_EMAIL,
        credentials={
            "scheme": "basic",
            "user": f"{credentials.ZENDESK_INTEGRATION_EMAIL}/token",
            "password": credentials.ZENDESK_API_TOKEN,
        },
    ),
    Tenant(
        tool="servicenow",
        name="Practice ServiceNow",
        our_user=credentials.SERVICENOW_USER,
        credentials={
            "scheme": "basic",
            "user": credentials.SERVICENOW_USER,
            "password": credentials.SERVICENOW_PASSWORD,
        },
    ),
    Tenant(
        tool="jira",
        name="Practice Jira",
        our_user="Baton",
        credentials={
            "scheme": "basic",
            "user": credentials.JIRA_EMAIL,
            "password": credentials.JIRA_API_TOKEN,
        },
        settings={"project": "PLAT", "filled_by_rules": "customfield_10041"},
    ),
    Tenant(
        tool="slack",
        name="Practice Slack",
        our_user="baton",
        credentials={"scheme": "bearer", "token": credentials.SLACK_BOT_TOKEN},
    ),
)

TEMPLATE: dict[str, object] = {
    "needs": ["facts", "diagnostics", "remediation"],
    "prompts": {
        "facts": "What have you checked, and is it so?",
        "diagnostics": "What did which check show?",
        "remediation": "What was tried, and what changed?",
        "hypothesis": "What do you believe is the cause, and why?",
        "business": "Who is hit, how badly, until when?",
        "availability": "When and how can the user be reached?",
    },
}

ROUTE = "Service Desk → Infrastructure Operations"  # the first hop, where every case begins

ROUTES: tuple[Way, ...] = (
    Way(
        name=ROUTE,
        sender=DESK,
        receiver=OPERATIONS,
        source="Practice Zendesk",
        target="Practice ServiceNow",
        rules={"defaults": {"contact_type": "phone"}, "fill_at": 0.6, "answer_links": True},
        template=TEMPLATE,
        owner="owner",
    ),
    Way(
        name="Infrastructure Operations → Platform Engineering",
        sender=OPERATIONS,
        receiver=ENGINEERING,
        source="Practice ServiceNow",
        target="Practice Jira",
        # The practice project wants to know of every bug where it was found.
        rules={
            "defaults": {
                "project": "PLAT",
                "issuetype": "Bug",
                "customfield_10041": '{"value": "Production"}',
            },
            "fill_at": 0.6,
            "answer_links": True,
        },
        template=TEMPLATE,
        owner="second-owner",
    ),
)
