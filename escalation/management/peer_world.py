"""What is Baton asked beside another product? Its form, one handoff, its lists and figures, over many."""

from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client

from escalation.callers.tokens import make_token
from escalation.lifecycle.words import OPEN
from escalation.management import preview_world
from escalation.management.bench_world.build import Told
from escalation.management.bench_world.build import build as past_of
from escalation.management.bench_world.spoken import TENTH
from escalation.models import Handoff, Membership, Team
from escalation.models.access_token import Scope

NAMES: Final = 10_000  # of configuration items and the like, that the form's record is linked to
LESSONS: Final = 100
DIFFERENT: Final = 100  # handoffs that are opened by turns


def build(*, handoffs: int, now: datetime, tell: Told = lambda _: None) -> dict[str, Any]:
    """This will write them and return how they are asked for: cookies by role, a token, addresses."""
    draft = preview_world.build(entries=NAMES, lessons=LESSONS, now=now)
    person = past_of(handoffs=handoffs, now=now, tell=tell)
    # Whoever sends the draft has sent the past, too: nobody's pages have more to gather.
    for team in Team.objects.filter(routes_out__receiver__memberships__user=person).distinct():
        member = {"user": draft.author, "team": team}
        Membership.objects.get_or_create(**member, defaults={"role": Membership.Role.LEVEL_ONE})
    _, token = make_token(name="bench", scopes=[Scope.WRITE], days=1, by=draft.author, now=now)
    sent = Handoff.objects.received_by(person).exclude(confirmed_at=None).order_by("pk")
    return {
        "sender": _cookie(draft.author),
        "receiver": _cookie(person),
        "lead": _cookie(person),
        "token": token,
        "draft": str(draft.pk),
        "route": draft.route_id,
        "handoffs": [str(each.pk) for each in sent[:DIFFERENT]],
        "open": [str(each.pk) for each in sent.filter(status__in=OPEN)[:DIFFERENT]],
        "word": TENTH,
        "count": Handoff.objects.count(),
        "cookie_name": settings.SESSION_COOKIE_NAME,
    }


def _cookie(person: User) -> str:
    browser = Client(HTTP_HOST="127.0.0.1")
    browser.force_login(person)
    return browser.cookies[settings.SESSION_COOKIE_NAME].value
