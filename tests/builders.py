"""Plain functions that build what tests need; every name has a default that reads like real life."""

from datetime import UTC, date, datetime, time
from typing import Any

from django.contrib.auth.models import User

from escalation.knowledge.codec import to_json
from escalation.knowledge.state import (
    Availability,
    Business,
    Diagnostic,
    Evidence,
    Fact,
    Hypothesis,
    KnowledgeState,
    Moment,
    Remediation,
    Source,
    Window,
)
from escalation.knowledge.words import Channel, Confidence, Level, Outcome, Role, Standing
from escalation.models import Connection, Handoff, Membership, Route, RuleSet, Team, Template
from escalation.upkeep.publish import publish_rules, publish_template

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # a Monday, 10:00 in New York
EASTERN = "America/New_York"


def scene() -> KnowledgeState:
    """The finance dashboard, as Level One states it in the plan's first scene."""
    console = Evidence(
        quote="Access to fetch at 'https://finance-dash.example.com/api' has been blocked by CORS policy",
        tool="zendesk",
        reference="1003",
        author="Lena Okafor",
        author_role=Role.TECHNICIAN,
        at=datetime(2026, 11, 23, 14, 20, tzinfo=UTC),
    )
    return KnowledgeState(
        summary="Finance dashboard does not load: CORS error for finance-dash.example.com",
        ask="Find what changed for finance-dash.example.com and let the dashboard load again",
        facts=(
            Fact(id="f1", statement="Account is active", how_verified="looked up in the directory"),
            Fact(id="f2", statement="Browser is supported (Chrome 131)"),
            Fact(id="f3", statement="Other web apps load"),
            Fact(id="f4", statement="Whether VPN plays a part", standing=Standing.NOT_CHECKED),
        ),
        diagnostics=(
            Diagnostic(
                id="d1",
                check="Browser console",
                observation="CORS error for finance-dash.example.com",
                error_code="ERR_FAILED",
                when=Moment(words="this morning", at=datetime(2026, 11, 23, 14, 20, tzinfo=UTC)),
                evidence=(console,),
            ),
        ),
        remediation=(Remediation(id="r1", step="Cleared cache and cookies", outcome=Outcome.NO_CHANGE),),
        hypothesis=(
            Hypothesis(
                id="h1",
                statement="Last weekend's infrastructure change broke the CORS policy",
                confidence=Confidence.MEDIUM,
                because="It worked on Friday",
                wrong_if="The same error shows before Saturday in the logs",
            ),
        ),
        business=(
            Business(
                id="b1",
                affected="Finance team",
                affected_count=12,
                impact=Level.HIGH,
                urgency=Level.HIGH,
                deadline=Moment(
                    words="month-end close starts tomorrow", at=datetime(2026, 11, 24, 14, tzinfo=UTC)
                ),
            ),
        ),
        availability=(
            Availability(
                id="a1",
                words="08:00–17:00 Eastern on Slack",
                windows=(Window(opens=time(8), closes=time(17), zone=EASTERN),),
                channel=Channel.SLACK,
                handle="@priya",
                can_test=True,
            ),
        ),
        source=source(),
    )


def source(**changes: Any) -> Source:
    """The scene's ticket."""
    values: dict[str, Any] = {
        "tool": "zendesk",
        "reference": "4711",
        "number": "#4711",
        "url": "https://acme.zendesk.com/agent/tickets/4711",
        "requester": "Priya Raman",
        "requester_email": "priya.raman@example.com",
        "requester_zone": EASTERN,
    }
    return Source(**values | changes)


def one_day(day: date, *, opens: time, closes: time, zone: str = EASTERN) -> Window:
    """A window on one day only."""
    return Window(opens=opens, closes=closes, zone=zone, on=day)


def person(name: str, *, team: Team | None = None, role: str = Membership.Role.LEVEL_ONE) -> User:
    """A user, in a team if one is given."""
    user = User.objects.create_user(username=name, first_name=name.capitalize())
    if team is not None:
        Membership.objects.create(user=user, team=team, role=role)
    return user


def connection(tool: str = "servicenow", **changes: Any) -> Connection:
    """A connection with basic credentials; nothing answers at its address unless a test says so."""
    values: dict[str, Any] = {
        "tool": tool,
        "name": f"Acme {tool}",
        "base_url": f"https://acme.{tool}.example",
        "our_user": "baton.integration",
    }
    row = Connection(**values | changes)
    row.keep_credentials({"scheme": "basic", "user": "baton.integration", "password": "not-a-secret"})
    row.keep_webhook_secret("a-webhook-secret")
    row.save()
    return row


def route(
    *, source: Connection | None = None, target: Connection | None = None, name: str = "Desk to Ops"
) -> Route:
    """A route between two teams, with published rules and template."""
    desk, _ = Team.objects.get_or_create(name="Service Desk", defaults={"zone": EASTERN})
    ops, _ = Team.objects.get_or_create(name="Infrastructure", defaults={"zone": "Europe/Berlin"})
    row = Route.objects.create(
        name=name,
        sender=desk,
        receiver=ops,
        source=source or connection("zendesk"),
        target=target or connection("servicenow"),
        recall_seconds=0,
    )
    publish_rules(route=row, body={}, note="first", by=None, now=NOW)
    publish_template(route=row, body={}, note="first", by=None, now=NOW)
    return row


def handoff(*, route: Route, author: User, state: KnowledgeState | None = None, **changes: Any) -> Handoff:
    """A draft of the scene."""
    state = state or scene()
    reference = state.source.reference if state.source else ""
    values: dict[str, Any] = {
        "route": route,
        "author": author,
        "summary": state.summary[:255],
        "state": to_json(state),
        "source_reference": reference,
        "created_at": NOW,
        "saved_at": NOW,
    }
    return Handoff.objects.create(**values | changes)


def rules_of(route: Route) -> RuleSet:
    """The rules in force."""
    return RuleSet.objects.filter(route=route).latest("version")


def template_of(route: Route) -> Template:
    """The template in force."""
    return Template.objects.filter(route=route).latest("version")
