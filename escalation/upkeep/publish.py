"""How does a new version of a route's rules or template come into force, and how is it taken back?

A published version never changes. Rolling back publishes an earlier body as a new version, so the
history stays complete and a handoff can always name what it was confirmed under.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max
from pydantic import ValidationError

from escalation.knowledge.words import Part
from escalation.models import Membership, Route, RuleSet, Template
from escalation.tools import registry
from escalation.translation.asking import LONGEST_PROMPT, TemplateBody, template_from
from escalation.translation.rules import Rules
from escalation.translation.statuses import Place, wanted_in
from escalation.translation.wording import Unsayable, Wording
from escalation.upkeep.look_soon import look_soon

_TEMPLATE_KEYS = frozenset(TemplateBody.model_fields)


class NotValid(Exception):
    """Rules or template cannot be published; the text names the place and what does not fit."""


def valid_rules(body: Mapping[str, Any], *, route: Route | None = None) -> Rules:
    """This will read a body of rules, and hold it against the tools of a route; raises ``NotValid``."""
    try:
        rules = Rules.model_validate(dict(body))
        Wording.from_values(_by_language(rules))
    except ValidationError as error:
        first = error.errors()[0]
        raise NotValid(f"{'.'.join(str(step) for step in first['loc'])}: {first['msg']}") from error
    except Unsayable as error:
        raise NotValid(f"wording: {error}") from error
    if rules.ask_at > rules.fill_at:
        raise NotValid("ask_at: it is above fill_at, so nothing unsure would ever be asked.")
    for objection in _objections(rules, route) if route else ():
        raise NotValid(f"statuses: {objection}")
    return rules


def _objections(rules: Rules, route: Route) -> Iterator[str]:
    """Why a status could never be set in its tool."""
    for place, by_word in rules.statuses.items():
        connection = route.source if place is Place.SOURCE else route.target
        known = registry.TOOLS.get(connection.tool) if connection else None
        for word in by_word:
            wanted = wanted_in(rules.statuses, place, word)
            said = known.statuses.objection(wanted) if wanted and known and known.statuses else ""
            if said:
                yield f"{place}: {word}: {said}"


@transaction.atomic
def publish_rules(
    *, route: Route, body: Mapping[str, Any], note: str, by: User | None, now: datetime
) -> RuleSet:
    """This will publish new rules for the route; raises ``NotValid``."""
    rules = valid_rules(body, route=route)
    look_soon(route.target)
    return RuleSet.objects.create(
        route=route,
        version=_next(route, RuleSet),
        body=rules.model_dump(mode="json"),
        published_at=now,
        published_by=by,
        note=note,
    )


@transaction.atomic
def publish_template(
    *, route: Route, body: Mapping[str, Any], note: str, by: User | None, now: datetime
) -> Template:
    """This will publish a new template for the route; raises ``NotValid``."""
    valid_template(body)
    look_soon(route.target)
    return Template.objects.create(
        route=route,
        version=_next(route, Template),
        body=dict(body),
        published_at=now,
        published_by=by,
        note=note,
    )


def roll_back_rules(*, route: Route, to: int, by: User, now: datetime) -> RuleSet:
    """This will bring the rules of an earlier version back into force, as a new version."""
    earlier = RuleSet.objects.get(route=route, version=to)
    return publish_rules(route=route, body=earlier.body, note=f"Back to version {to}", by=by, now=now)


def roll_back_template(*, route: Route, to: int, by: User, now: datetime) -> Template:
    """This will bring the template of an earlier version back into force, as a new version."""
    earlier = Template.objects.get(route=route, version=to)
    return publish_template(route=route, body=earlier.body, note=f"Back to version {to}", by=by, now=now)


@transaction.atomic
def entrust(  # noqa: PLR0913  # what the page lets an owner set
    *,
    route: Route,
    owner: User | None,
    review_by: date | None,
    recall_seconds: int | None = None,
    owed_within_minutes: int | None = None,
    two_persons: bool | None = None,
) -> Route:
    """This will name who answers for the route, when it is looked at again, its clocks, and if two publish.

    None leaves a setting as it is. Raises ``NotValid``.
    """
    if owner is not None and owner not in candidates(route):
        raise NotValid("owner: only an owner of one of the route's teams can answer for it.")
    locked = Route.objects.select_for_update().get(pk=route.pk)
    locked.owner, locked.review_by = owner, review_by
    if recall_seconds is not None:
        locked.recall_seconds = recall_seconds
    if owed_within_minutes is not None:
        locked.owed_within_minutes = owed_within_minutes
    if two_persons is not None:
        locked.two_persons = two_persons
    locked.save(update_fields=["owner", "review_by", "recall_seconds", "owed_within_minutes", "two_persons"])
    return locked


def candidates(route: Route) -> tuple[User, ...]:
    """This will return who can answer for the route: the owners of its two teams."""
    teams = (route.sender_id, route.receiver_id)
    owners = Membership.objects.filter(team__in=teams, role=Membership.Role.OWNER).values("user")
    return tuple(User.objects.filter(pk__in=owners).order_by("first_name", "username"))


def _by_language(rules: Rules) -> dict[str, dict[str, str]]:
    lines: dict[str, dict[str, str]] = {}
    for meaning, by_language in rules.wording.items():
        for language, line in by_language.items():
            lines.setdefault(language, {})[meaning] = line
    return lines


def valid_template(body: Mapping[str, Any]) -> None:
    """This will hold a template's body against its demands; raises ``NotValid``."""
    for unknown in sorted(set(body) - _TEMPLATE_KEYS):
        raise NotValid(f"{unknown}: a template has only needs, prompts, folded, fields and categories.")
    _require_asking(body)
    for name, more in body.get("categories", {}).items():
        _require_asking(more, place=f"categories.{name}.")
    try:
        template_from(body)
    except ValidationError as error:
        first = error.errors()[0]
        raise NotValid(f"{'.'.join(str(step) for step in first['loc'])}: {first['msg']}") from error


def _require_asking(body: Mapping[str, Any], *, place: str = "") -> None:
    """What pydantic would say in its own words is said in ours."""
    parts = {part.value for part in Part}
    prompts = body.get("prompts", {})
    for named in (*body.get("needs", []), *body.get("folded", []), *prompts):
        if named not in parts:
            raise NotValid(f"{place}{named}: there is no such part.")
    for part, prompt in prompts.items():
        if len(prompt) > LONGEST_PROMPT:
            raise NotValid(
                f"{place}prompts.{part}: it has {len(prompt)} characters; {LONGEST_PROMPT} are read."
            )


def _next(route: Route, kind: type[RuleSet] | type[Template]) -> int:
    # The route's row is the lock: two owners publishing at once get two numbers.
    Route.objects.select_for_update().get(pk=route.pk)
    newest: int = kind.objects.filter(route=route).aggregate(Max("version"))["version__max"] or 0
    return newest + 1
