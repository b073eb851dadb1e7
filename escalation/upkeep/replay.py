"""What would other rules have made of real handoffs?

The newest confirmed states are translated twice, under the rules in force and under the draft, with the
same links, so that every difference comes from the rules. Nothing is written: what was confirmed stays.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from escalation.catalog.links import links_for
from escalation.knowledge.codec import from_json
from escalation.knowledge.state import KnowledgeState
from escalation.models import Route, Snapshot
from escalation.outbox.owe import record_key
from escalation.tools.registry import tool
from escalation.translation.asking import template_from
from escalation.translation.draft import Translation
from escalation.translation.given import Given
from escalation.translation.rules import Rules
from escalation.upkeep.asked_of import asked_differences
from escalation.upkeep.difference import Difference, differences

CASES = 20  # an owner sees the effect on at least as many, where there are so many


class NoReceiver(Exception):
    """The route leads into a tool that takes no handoffs, so there is nothing to translate into."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Replayed:
    """One past handoff under the draft; no differences when it would read the same."""

    handoff_id: UUID
    summary: str
    number: str
    differences: tuple[Difference, ...]


def replay(*, route: Route, draft: Rules, cases: int = CASES) -> tuple[Replayed, ...]:
    """This will translate the newest handoffs of the route anew; raises ``NoReceiver``."""
    snapshots = Snapshot.objects.filter(handoff__route=route).select_related("handoff")
    in_force = route.rules_in_force()
    return tuple(
        _replayed(each, route, in_force=in_force, draft=draft)
        for each in snapshots.order_by("-confirmed_at")[:cases]
    )


def replay_asking(*, route: Route, draft: Mapping[str, Any], cases: int = CASES) -> tuple[Replayed, ...]:
    """This will say what the senders of the newest handoffs would newly have been asked for, or no longer."""
    old, new = template_from(route.asked_in_force()), template_from(draft)
    snapshots = Snapshot.objects.filter(handoff__route=route).select_related("handoff")
    return tuple(
        Replayed(
            handoff_id=each.handoff_id,
            summary=each.handoff.summary,
            number=each.handoff.remote_number,
            differences=asked_differences(
                from_json(each.state),
                old.in_category(each.handoff.category),
                new.in_category(each.handoff.category),
            ),
        )
        for each in snapshots.order_by("-confirmed_at")[:cases]
    )


def given_of(snapshot: Snapshot, route: Route, *, rules: Rules) -> Given:
    """This will return what a confirmed state is translated from, with the links as they are found today."""
    handoff, state = snapshot.handoff, from_json(snapshot.state)
    zone = str((handoff.conversation or {}).get("zone") or "")
    given = given_from(route, state, rules=rules, at=handoff.created_at, zone=zone)
    key = record_key(handoff_id=handoff.pk)
    return replace(given, answers=handoff.answers, key=key, people=handoff.people)


def given_from(route: Route, state: KnowledgeState, *, rules: Rules, at: datetime, zone: str = "") -> Given:
    """This will return what a state that was written at that moment is translated from."""
    zone = zone or route.sender.zone
    found = links_for(connection_id=route.target_id, state=state, said_at=at, zone=zone)
    return Given(
        rules=rules,
        now=at,
        links=found.links,
        entries=found.entries,
        sender=route.sender.name,
        receiver=route.receiver.name,
    )


def _replayed(snapshot: Snapshot, route: Route, *, in_force: Rules, draft: Rules) -> Replayed:
    handoff, state = snapshot.handoff, from_json(snapshot.state)
    given = given_of(snapshot, route, rules=in_force)
    old, new = (translated(route, state, each) for each in (given, replace(given, rules=draft)))
    return Replayed(
        handoff_id=handoff.pk,
        summary=handoff.summary,
        number=handoff.remote_number,
        differences=differences(old, new),
    )


def translated(route: Route, state: KnowledgeState, given: Given) -> Translation:
    """This will return the record as the route's target would hold it; raises ``NoReceiver``."""
    receiver = tool(route.target.tool).receiver
    if receiver is None:
        raise NoReceiver(f"{route.target} takes no handoffs; choose another target for {route}.")
    return receiver.translate(state, given)
