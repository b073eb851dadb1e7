"""Load sixty days of finished practice handoffs, so that the figures have something to show.

Can be repeated: what is there stays. Practice mode only.
"""

import time
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone

from escalation.knowledge.codec import to_json
from escalation.knowledge.fingerprint import state_fingerprint
from escalation.lifecycle.words import Status
from escalation.management.practice_company import DESK, OPERATIONS, ROUTE, TEMPLATE
from escalation.management.practice_history import DAYS, TURN, Past, history
from escalation.metrics.keep import catch_up
from escalation.models import Entry, Handoff, Membership, Route, RuleSet, Snapshot, Team, Template
from escalation.models.answer import Verdict
from escalation.tools.registry import tool
from escalation.translation.codec import to_json as translation_to_json
from escalation.translation.given import Given
from escalation.translation.rules import Rules
from escalation.upkeep.publish import publish_template

# People of the past: not among the one-click accounts, so nobody's own desk fills with old handoffs.
_DESK = (("amara", "Amara", "Nwosu"), ("jonas", "Jonas", "Weber"))
_RECEIVERS = (("petra", "Petra", "Lang"), ("dmitri", "Dmitri", "Ivanov"))
_NAMESPACE = UUID("0d4f6a52-5f0b-4f0e-8a39-6d2c5c1e7b10")


class Command(BaseCommand):
    """`manage.py load_practice_history`."""

    help = "Load sixty days of finished practice handoffs."

    def handle(self, *_: Any, **__: Any) -> None:
        """Write what is missing and say how many handoffs there are now."""
        if not settings.PRACTICE:
            raise CommandError("The practice history exists in practice mode only: set PRACTICE=1.")
        route = Route.objects.select_related("sender", "receiver", "target").filter(name=ROUTE).first()
        if route is None:
            raise CommandError("There is no practice route yet: run manage.py load_practice_world first.")
        began = time.monotonic()
        with transaction.atomic():
            written = _write(route)
        _look_again()
        while catch_up():
            pass
        self.stdout.write(f"{written} practice handoffs written in {time.monotonic() - began:.1f} s")


def _look_again() -> None:
    # So many rows at once: the planner would go by what it knew of the empty tables until it looks by itself.
    with connection.cursor() as cursor:
        cursor.execute(
            "ANALYZE escalation_handoff, escalation_entry, escalation_snapshot, escalation_verdict"
        )


def _write(route: Route) -> int:
    past = tuple(history(now=timezone.now()))
    known = set(Handoff.objects.filter(pk__in=[_id(each) for each in past]).values_list("pk", flat=True))
    missing = [each for each in past if _id(each) not in known]
    if not missing:
        return 0
    if not known:
        _backdate(route)
    desk = _people(_DESK, team=DESK, role=Membership.Role.LEVEL_ONE)
    receivers = _people(_RECEIVERS, team=OPERATIONS, role=Membership.Role.LEVEL_TWO)
    Handoff.objects.bulk_create(_handoff(each, route, desk) for each in missing)
    Entry.objects.bulk_create(
        (entry for each in missing for entry in _entries(each, desk, receivers)), batch_size=1000
    )
    Snapshot.objects.bulk_create(_snapshot(each, route, desk) for each in missing)
    Verdict.objects.bulk_create(
        Verdict(handoff_id=_id(each), guess=each.guess, by=receivers[each.person], at=each.lines[-1].at)
        for each in missing
        if each.guess
    )
    return len(missing)


def _backdate(route: Route) -> None:
    """As if the route were as old as its handoffs, with one better template on the way."""
    now = timezone.now()
    first, turn = now - timedelta(days=DAYS + 1), now - timedelta(days=TURN)
    RuleSet.objects.filter(route=route, version=1).update(published_at=first)
    Template.objects.filter(route=route, version=1).update(published_at=first)
    if Template.objects.filter(route=route).count() == 1:
        note = "Ask for what each check showed, and what was tried"
        publish_template(route=route, body=TEMPLATE, note=note, by=None, now=turn)


def _people(names: tuple[tuple[str, str, str], ...], *, team: str, role: str) -> tuple[User, ...]:
    found = []
    for username, first, last in names:
        user, made = User.objects.get_or_create(
            username=username, defaults={"first_name": first, "last_name": last}
        )
        if made:
            user.set_unusable_password()
            user.save()
        Membership.objects.get_or_create(user=user, team=Team.objects.get(name=team), role=role)
        found.append(user)
    return tuple(found)


def _id(past: Past) -> UUID:
    return uuid5(_NAMESPACE, str(past.number))


def _handoff(past: Past, route: Route, desk: tuple[User, ...]) -> Handoff:
    return Handoff(
        id=_id(past),
        route=route,
        author=desk[past.person],
        status=Status.BOUNCED if past.returned else Status.RESOLVED,
        summary=past.state.summary,
        state=to_json(past.state),
        source_number=f"#{33_000 + past.number}",
        remote_number=f"INC{10_200 + past.number:07}",
        active_seconds=past.active_seconds,
        last_sequence=len(past.lines),
        created_at=past.lines[0].at,
        saved_at=past.confirmed_at,
        confirmed_at=past.confirmed_at,
    )


def _entries(past: Past, desk: tuple[User, ...], receivers: tuple[User, ...]) -> list[Entry]:
    people = {"author": desk[past.person], "receiver": receivers[past.person]}
    number = f"INC{10_200 + past.number:07}"
    return [
        Entry(
            handoff_id=_id(past),
            sequence=sequence,
            kind=line.kind,
            by=people.get(line.role),
            who="" if line.role else receivers[past.person].get_full_name(),
            tool="" if line.role else "servicenow",
            text=line.text,
            sayable=line.sayable,
            details=line.details | ({"number": number} if line.kind == "delivered" else {}),
            happened_at=line.at,
            recorded_at=line.recorded_at,
        )
        for sequence, line in enumerate(past.lines, start=1)
    ]


def _snapshot(past: Past, route: Route, desk: tuple[User, ...]) -> Snapshot:
    receiver = tool(route.target.tool).receiver
    if receiver is None:
        raise CommandError(f"{route.target} takes no handoffs.")
    given = Given(
        rules=Rules(), now=past.confirmed_at, sender=route.sender.name, receiver=route.receiver.name
    )
    return Snapshot(
        handoff_id=_id(past),
        state=to_json(past.state),
        state_fingerprint=state_fingerprint(past.state),
        translation=translation_to_json(receiver.translate(past.state, given)),
        confirmed_by=desk[past.person],
        confirmed_at=past.confirmed_at,
    )
