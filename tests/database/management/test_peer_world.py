"""What is asked of Baton beside another product is there, and is answered with what it is about."""

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from escalation.management import peer_world
from escalation.models import Measurement, Question
from launch.bench.peers.asking import Call
from launch.bench.peers.rows import ROWS

pytestmark = pytest.mark.django_db


def answered(call: Call, cookie: str) -> str:
    browser = Client(HTTP_HOST="127.0.0.1", headers=dict(call.headers))
    browser.cookies[settings.SESSION_COOKIE_NAME] = cookie
    if call.form is not None:
        answer = browser.post(call.path, dict(call.form))
    elif call.body is not None:
        answer = browser.post(call.path, call.body, content_type="application/json")
    else:
        answer = browser.get(call.path)
    assert answer.status_code == call.status, call
    return answer.content.decode()


def test_every_row_is_answered():
    world = peer_world.build(handoffs=1_100, now=timezone.now())

    assert world["count"] == 1_100
    assert len(world["handoffs"]) == peer_world.DIFFERENT
    assert Measurement.objects.exists()
    asked = Question.objects.count()
    for row in ROWS:
        who, ways = row.ours(world)
        for call in ways[0]:
            assert call.holds in answered(call, world[who]), row.name
        if row.proof:
            shown = row.proof[0](world)
            assert shown.holds in answered(shown, world[who]), row.name
    assert Question.objects.count() == asked + 1
