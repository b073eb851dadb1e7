"""Who works in that company? Desks, receiving teams, their tools, people and routes: some tens of rows.

One person receives on every route and leads every desk: nobody's pages have more to gather.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.contrib.auth.models import User

from escalation.models import Baseline, Connection, Membership, Route, RuleSet, SavedView, Team, Template

Role = Membership.Role
DESKS: Final = {
    "Desk Americas": "America/New_York",
    "Desk Europe": "Europe/Berlin",
    "Desk Asia": "Asia/Tokyo",
}
RECEIVERS: Final = {
    "Networks": ("servicenow", "Europe/Berlin"),
    "Servers": ("servicenow", "America/New_York"),
    "Workplace": ("servicenow", "Europe/Berlin"),
    "Identity": ("servicenow", "Asia/Kolkata"),
    "Business applications": ("jira", "Europe/Berlin"),
    "Platform engineering": ("jira", "America/New_York"),
}
CATEGORIES: Final = ("access", "application", "hardware", "mail", "network", "printing", "telephone", "other")
PUBLISHED_DAYS_AGO: Final = (3 * 365 + 1, 540, 200)  # each route's templates
BETTER_SINCE: Final = 2  # the version of the template from which receivers understand sooner
PEOPLE_OF_A_TEAM: Final = 6
VIEWS: Final = {
    "Waiting for us": "waits=receiver",
    "Reachable now": "reachable=on",
    "Network": "category=network",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Way:
    """One route with what its handoffs need: who sends, who receives, what was asked since when."""

    route: Route
    senders: tuple[User, ...]
    receivers: tuple[User, ...]
    templates: tuple[Template, ...]  # the oldest first

    def template_at(self, at: datetime) -> Template:
        """Return the one that was in force."""
        known = (each for each in self.templates if each.published_at and each.published_at <= at)
        return max(known, key=lambda each: each.version, default=self.templates[0])


@dataclass(frozen=True, kw_only=True, slots=True)
class Company:
    """All of it."""

    person: User
    ways: tuple[Way, ...]


def company(*, now: datetime) -> Company:
    """This will make it, or return what is there."""
    person, _ = User.objects.get_or_create(username="bench-person", first_name="Tomás", last_name="Berg")
    tools = {kind: _connection(kind) for kind in ("zendesk", "servicenow", "jira")}
    desks = {name: _team(name, zone) for name, zone in DESKS.items()}
    receivers = {name: _team(name, zone) for name, (_, zone) in RECEIVERS.items()}
    people = {name: _people(team, Role.LEVEL_ONE) for name, team in desks.items()}
    people |= {name: _people(team, Role.LEVEL_TWO) for name, team in receivers.items()}
    for team in desks.values():
        Membership.objects.get_or_create(user=person, team=team, role=Role.LEAD)
        stated = {"effort_minutes": 8, "rebuild_minutes": 40, "known_from": "Assumed", "stated_at": now}
        Baseline.objects.get_or_create(team=team, defaults=stated)
    for team in receivers.values():
        Membership.objects.get_or_create(user=person, team=team, role=Role.LEVEL_TWO)
    for name, query in VIEWS.items():
        SavedView.objects.get_or_create(user=person, name=name, defaults={"query": query, "saved_at": now})
    ways = []
    for desk, sender in desks.items():
        for name, receiver in receivers.items():
            route, _ = Route.objects.get_or_create(
                name=f"{desk} → {name}",
                sender=sender,
                receiver=receiver,
                source=tools["zendesk"],
                target=tools[RECEIVERS[name][0]],
            )
            templates = _published(route, now=now)
            ways.append(Way(route=route, senders=people[desk], receivers=people[name], templates=templates))
    return Company(person=person, ways=tuple(ways))


def _team(name: str, zone: str) -> Team:
    return Team.objects.get_or_create(name=name, defaults={"zone": zone})[0]


def _connection(kind: str) -> Connection:
    return Connection.objects.get_or_create(
        tool=kind, name=f"Bench {kind}", base_url=f"https://{kind}.bench.example"
    )[0]


def _people(team: Team, role: str) -> tuple[User, ...]:
    found = []
    for number in range(PEOPLE_OF_A_TEAM):
        name = f"{team.name.lower().replace(' ', '-')}-{number}"
        user, _ = User.objects.get_or_create(
            username=name, first_name=f"Person {number}", last_name=team.name
        )
        Membership.objects.get_or_create(user=user, team=team, role=role)
        found.append(user)
    return tuple(found)


def _published(route: Route, *, now: datetime) -> tuple[Template, ...]:
    RuleSet.objects.get_or_create(
        route=route, version=1, defaults={"published_at": now - timedelta(days=PUBLISHED_DAYS_AGO[0])}
    )
    return tuple(
        Template.objects.get_or_create(
            route=route,
            version=version,
            defaults={
                "published_at": now - timedelta(days=days),
                "body": {"needs": ["facts"], "categories": {name: {} for name in CATEGORIES}},
                "note": "Ask what each check showed",
            },
        )[0]
        for version, days in enumerate(PUBLISHED_DAYS_AGO, start=1)
    )
