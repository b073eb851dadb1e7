"""Which company does practice mode pretend to be? Its teams, people, connections and routes, as data.

Only `load_practice_world` reads this, and only in practice mode: these accounts open without a password.
"""

from dataclasses import dataclass

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


DESK, OPERATIONS = "Service Desk", "Infrastructure Operations"

TEAMS: dict[str, str] = {DESK: "America/New_York", OPERATIONS: "Europe/Berlin"}

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
        tool="slack",
        name="Practice Slack",
        our_user="baton",
        credentials={"scheme": "bearer", "token": credentials.SLACK_BOT_TOKEN},
    ),
)

ROUTE = "Service Desk → Infrastructure Operations"
SOURCE, TARGET = "Practice Zendesk", "Practice ServiceNow"

RULES: dict[str, object] = {"defaults": {"contact_type": "phone"}, "fill_at": 0.6}

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
