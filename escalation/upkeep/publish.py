"""How does a new version of a route's rules or template come into force, and how is it taken back?

A published version never changes. Rolling back publishes an earlier body as a new version, so the
history stays complete and a handoff can always name what it was confirmed under.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max
from pydantic import ValidationError

from escalation.models import Route, RuleSet, Template
from escalation.translation.rules import Rules


class NotValid(Exception):
    """The rules cannot be published; the text names the place and what does not fit."""


@transaction.atomic
def publish_rules(
    *, route: Route, body: Mapping[str, Any], note: str, by: User | None, now: datetime
) -> RuleSet:
    """This will publish new rules for the route; raises ``NotValid``."""
    try:
        rules = Rules.model_validate(dict(body))
    except ValidationError as error:
        first = error.errors()[0]
        raise NotValid(f"{'.'.join(str(step) for step in first['loc'])}: {first['msg']}") from error
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
    """This will publish a new template for the route."""
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


def _next(route: Route, kind: type[RuleSet] | type[Template]) -> int:
    # The route's row is the lock: two owners publishing at once get two numbers.
    Route.objects.select_for_update().get(pk=route.pk)
    newest: int = kind.objects.filter(route=route).aggregate(Max("version"))["version__max"] or 0
    return newest + 1
