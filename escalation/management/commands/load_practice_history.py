"""Load sixty days of finished practice handoffs, so that the figures have something to show.

Can be repeated: what is there stays. Practice mode only.
"""

import time
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone

from escalation.management import practice_rows as rows
from escalation.management.practice_company import DESK, OPERATIONS, ROUTE, TEMPLATE
from escalation.management.practice_history import DAYS, TURN, history
from escalation.metrics import satisfaction
from escalation.metrics.keep import catch_up
from escalation.models import (
    Baseline,
    Delivery,
    Entry,
    Handoff,
    Membership,
    Rating,
    Receipt,
    Route,
    RuleSet,
    Snapshot,
    Team,
    Template,
)
from escalation.models.answer import ItemMark, Verdict
from escalation.upkeep.publish import publish_template

# People of the past: not among the one-click accounts, so nobody's own desk fills with old handoffs.
_DESK = (("amara", "Amara", "Nwosu"), ("jonas", "Jonas", "Weber"))
_RECEIVERS = (("petra", "Petra", "Lang"), ("dmitri", "Dmitri", "Ivanov"))


class Command(BaseCommand):
    """`manage.py load_practice_history`."""

    help = "Load sixty days of finished practice handoffs."

    def handle(self, *_: Any, **__: Any) -> None:
        """Write what is missing and say how many handoffs there are now."""
        if not settings.PRACTICE:
            raise CommandError("The practice history exists in practice mode only: set PRACTICE=1.")
        began = time.monotonic()
        with transaction.atomic():
            # Locked, so that of two who load it at once the second finds it there.
            known = Route.objects.select_related("sender", "receiver", "target")
            route = known.select_for_update(of=("self",)).filter(name=ROUTE).first()
            if route is None:
                raise CommandError("There is no practice route yet: run manage.py load_practice_world first.")
            written = _write(route)
            _assume(route)
        _look_again()
        while catch_up() or satisfaction.catch_up():
            pass
        self.stdout.write(f"{written} practice handoffs written in {time.monotonic() - began:.1f} s")


def _assume(route: Route) -> None:
    """What the practice company believes that an escalation took before; no word over a lead's own."""
    believed = {
        "effort_minutes": 1.5,
        "rebuild_minutes": 45,
        "known_from": "Practice: an assumption, nobody has measured it",
        "stated_at": timezone.now() - timedelta(days=DAYS + 1),
    }
    Baseline.objects.get_or_create(team=route.sender, defaults=believed)


def _look_again() -> None:
    # So many rows at once: the planner would go by what it knew of the empty tables until it looks by itself.
    with connection.cursor() as cursor:
        cursor.execute(
            "ANALYZE escalation_handoff, escalation_entry, escalation_snapshot, escalation_verdict"
        )


def _write(route: Route) -> int:
    past = tuple(history(now=timezone.now()))
    known = set(
        Handoff.objects.filter(pk__in=[rows.past_id(each) for each in past]).values_list("pk", flat=True)
    )
    missing = [each for each in past if rows.past_id(each) not in known]
    if not missing:
        return 0
    if not known:
        _backdate(route)
    desk = _people(_DESK, team=DESK, role=Membership.Role.LEVEL_ONE)
    receivers = _people(_RECEIVERS, team=OPERATIONS, role=Membership.Role.LEVEL_TWO)
    Handoff.objects.bulk_create(rows.handoff(each, route, desk) for each in missing)
    Entry.objects.bulk_create(
        (entry for each in missing for entry in rows.entries(each, desk, receivers)), batch_size=1000
    )
    confirmed = [(each, rows.translated(each, route)) for each in missing]
    templates = list(Template.objects.filter(route=route, published_at__isnull=False).order_by("version"))
    Snapshot.objects.bulk_create(rows.snapshot(each, told, desk, templates) for each, told in confirmed)
    Delivery.objects.bulk_create(rows.delivery(each, told.draft, route) for each, told in confirmed)
    Rating.objects.bulk_create(rows.ratings(tuple(missing), route), ignore_conflicts=True)
    Receipt.objects.bulk_create(rows.receipt(each, told.draft) for each, told in confirmed)
    Verdict.objects.bulk_create(rows.verdict(each, receivers) for each in missing if each.guess)
    ItemMark.objects.bulk_create(mark for each in missing for mark in rows.marks(each, receivers))
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
