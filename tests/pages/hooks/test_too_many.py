"""A tool that calls faster than anybody works is told when to call again, and loses nothing by it."""

import pytest
from django.test import Client
from django.urls import reverse

from escalation.models import Allowance, Inbox

pytestmark = pytest.mark.django_db


def test_a_connections_webhooks_wait_and_no_other_ones(settings, to_fake):
    settings.RATES = {"hook": 2}

    def call(connection: object) -> object:
        return Client().post(
            reverse("hook", args=["fake", connection]),
            data=b'{"event": "e1", "records": ["record-1"]}',
            content_type="application/json",
            headers={"x-fake-signature": "a-webhook-secret"},
        )

    first, second, third = (call(to_fake.target_id) for _ in range(3))

    assert (first.status_code, second.status_code, third.status_code) == (202, 200, 429)
    assert int(third["Retry-After"]) > 0
    assert Inbox.objects.count() == 1
    Allowance.objects.update(name="hook of another connection")
    assert call(to_fake.target_id).status_code == 200
