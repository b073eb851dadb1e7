"""How are the cases kept that a route must go on translating as it does?

Nothing is published past them in silence: what would read differently is shown first, and whoever
publishes accepts exactly those differences. What was confirmed stays as it is in any case.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from pydantic import TypeAdapter

from escalation.knowledge.codec import from_json, to_json
from escalation.knowledge.fingerprint import fingerprint
from escalation.knowledge.state import KnowledgeState
from escalation.models import GoldenCase, Handoff, Route, RuleSet, Snapshot, Template
from escalation.translation import codec
from escalation.translation.asking import TemplateBody, template_from
from escalation.translation.draft import Translation
from escalation.translation.given import Given
from escalation.translation.rules import Rules
from escalation.upkeep import publish
from escalation.upkeep.asked_of import asked_differences
from escalation.upkeep.difference import Difference, differences
from escalation.upkeep.replay import given_from, given_of, translated

_GIVEN: TypeAdapter[Given] = TypeAdapter(Given)


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """One golden case under a draft; no differences when it reads as expected."""

    id: int
    summary: str
    number: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposed:
    """What somebody wants to publish, and which differences they have looked at and taken."""

    body: Mapping[str, Any]
    note: str = ""
    accepted: str = ""  # as `accepted_by` says it


class NotAccepted(Exception):
    """Golden cases would read differently, and nobody has accepted just that; ``cases`` are all of them."""

    def __init__(self, cases: tuple[Case, ...]) -> None:
        super().__init__("Golden cases would read differently.")
        self.cases = cases


def keep(*, handoff: Handoff, by: User | None, now: datetime) -> GoldenCase:
    """This will freeze what was confirmed and how it reads under the rules in force; once per handoff.

    Raises ``NoReceiver``, and ``Snapshot.DoesNotExist`` for what was never confirmed.
    """
    snapshot = Snapshot.objects.select_related("handoff__route__target").get(handoff=handoff)
    route = handoff.route
    given = given_of(snapshot, route, rules=route.rules_in_force())
    values = _frozen(route, from_json(snapshot.state), given, now=now) | {
        "summary": handoff.summary,
        "number": handoff.remote_number,
        "category": handoff.category,
        "kept_by": by,
    }
    return GoldenCase.objects.get_or_create(route=route, handoff=handoff, defaults=values)[0]


def keep_state(*, route: Route, state: KnowledgeState, category: str, key: str, now: datetime) -> GoldenCase:
    """This will freeze a state that nobody handed off, as a case to begin with; raises ``NoReceiver``.

    ``key`` stands where the key of its handoff would.
    """
    given = replace(given_from(route, state, rules=route.rules_in_force(), at=now), key=key)
    values = _frozen(route, state, given, now=now)
    return GoldenCase.objects.create(route=route, summary=state.summary[:255], category=category, **values)


def _frozen(route: Route, state: KnowledgeState, given: Given, *, now: datetime) -> dict[str, Any]:
    return {
        "state": to_json(state),
        "given": _GIVEN.dump_python(given, mode="json"),
        "expected": codec.to_json(translated(route, state, given)),
        "expected_since": now,
        "kept_at": now,
    }


def under_rules(*, route: Route, draft: Rules) -> tuple[Case, ...]:
    """This will hold every case's expected record against what the draft makes; raises ``NoReceiver``."""
    return tuple(
        _case(each, differences(codec.from_json(each.expected), _under(each, route, draft)))
        for each in _cases(route)
    )


def under_template(*, route: Route, draft: Mapping[str, Any]) -> tuple[Case, ...]:
    """This will say what the sender of each case would newly be asked for, or no longer."""
    old, new = template_from(route.asked_in_force()), template_from(draft)
    return tuple(_case(each, _asked(each, old, new)) for each in _cases(route))


def accepted_by(cases: tuple[Case, ...]) -> str:
    """This will return the word for exactly these differences; "" when there are none."""
    told = [
        [each.id, [[one.label, one.before, one.after] for one in each.differences]]
        for each in cases
        if each.differences
    ]
    return fingerprint({"differences": told}) if told else ""


@transaction.atomic
def publish_rules(*, route: Route, proposed: Proposed, by: User, now: datetime) -> RuleSet:
    """This will publish rules and expect from now on what they make; raises ``NotAccepted``, ``NotValid``."""
    Route.objects.select_for_update().get(pk=route.pk)  # nobody publishes between the look and the press
    draft = publish.valid_rules(proposed.body, route=route)
    _require(under_rules(route=route, draft=draft), proposed.accepted)
    row = publish.publish_rules(route=route, body=proposed.body, note=proposed.note, by=by, now=now)
    _expect(route, draft, now=now)
    return row


@transaction.atomic
def publish_template(*, route: Route, proposed: Proposed, by: User, now: datetime) -> Template:
    """This will publish a template past the cases; raises ``NotAccepted``, ``NotValid``."""
    Route.objects.select_for_update().get(pk=route.pk)
    publish.valid_template(proposed.body)
    _require(under_template(route=route, draft=proposed.body), proposed.accepted)
    return publish.publish_template(route=route, body=proposed.body, note=proposed.note, by=by, now=now)


@transaction.atomic
def roll_back_rules(*, route: Route, to: int, by: User, now: datetime) -> RuleSet:
    """This will bring earlier rules back by one press; what the cases are expected to be goes back, too."""
    row = publish.roll_back_rules(route=route, to=to, by=by, now=now)
    _expect(route, route.rules_in_force(), now=now)
    return row


def _require(cases: tuple[Case, ...], accepted: str) -> None:
    if accepted_by(cases) not in ("", accepted):
        raise NotAccepted(cases)


def _expect(route: Route, rules: Rules, *, now: datetime) -> None:
    for each in _cases(route):
        made = codec.to_json(_under(each, route, rules))
        if made != each.expected:
            each.expected, each.expected_since = made, now
            each.save(update_fields=["expected", "expected_since"])


def _cases(route: Route) -> tuple[GoldenCase, ...]:
    return tuple(GoldenCase.objects.filter(route=route).order_by("-kept_at", "-pk"))


def _case(row: GoldenCase, found: tuple[Difference, ...]) -> Case:
    return Case(id=row.pk, summary=row.summary, number=row.number, differences=found)


def _asked(row: GoldenCase, old: TemplateBody, new: TemplateBody) -> tuple[Difference, ...]:
    state = from_json(row.state)
    return asked_differences(state, old.in_category(row.category), new.in_category(row.category))


def _under(row: GoldenCase, route: Route, rules: Rules) -> Translation:
    given: Given = _GIVEN.validate_python(row.given)
    return translated(route, from_json(row.state), replace(given, rules=rules))
