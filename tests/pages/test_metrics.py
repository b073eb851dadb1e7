"""Prometheus reads what waits and for how long, by a token or from an address set up; nobody else does."""

from datetime import timedelta
from ipaddress import ip_network

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from escalation.models import Connection, Delivery, Handoff, Inbox, Route, Tick
from escalation.models.breaker import BreakerGate
from escalation.transport.breaker import FAILURES
from escalation.transport.errors import Unavailable
from escalation.upkeep.gauges import gauges
from tests.builders import NOW
from tests.pages.posting import confirmed

TARGET, SOURCE = "Acme servicenow", "Acme zendesk"
HOUR = 3600.0


def measured() -> dict[tuple[str, ...], float]:
    """Every sample an hour after NOW, by its gauge and labels."""
    return {
        (each.name.removeprefix("baton_"), *labels): value
        for each in gauges(now=NOW + timedelta(hours=1))
        for labels, value in each.samples
    }


def read(**headers: str) -> dict[tuple[str, ...], float]:
    """Every sample that the address answers with, read as Prometheus does."""
    answer = Client().get("/metrics", headers=headers)
    assert answer.status_code == 200
    return {
        (each.name, *each.labels.values()): each.value
        for family in text_string_to_metric_families(answer.content.decode())
        for each in family.samples
    }


def test_what_is_owed_is_counted_and_its_age_measured(draft: Handoff, author: User):
    confirmed(draft, by=author)
    Delivery.objects.filter(connection__name=TARGET).update(created_at=NOW)
    owed = Delivery.objects.filter(connection__name=TARGET).count()

    found = measured()

    assert found["deliveries", TARGET, "owed"] == owed > 0
    assert found["delivery_oldest_seconds", TARGET] == HOUR


def test_a_stuck_row_is_counted_and_no_longer_ages(draft: Handoff, author: User):
    confirmed(draft, by=author)
    Delivery.objects.update(status=Delivery.Status.STUCK, reason="Refused.")

    found = measured()

    assert found["deliveries", TARGET, "stuck"] > 0
    assert ("delivery_oldest_seconds", TARGET) not in found


def test_a_webhook_that_waits_ages_and_one_that_was_applied_is_not_there(desk_to_ops: Route):
    for status in ("waiting", "applied"):
        Inbox.objects.create(
            connection=desk_to_ops.target, body=b"{}", status=status, not_before=NOW, received_at=NOW
        )

    found = {key: value for key, value in measured().items() if key[0].startswith("message")}

    assert found == {("messages", TARGET, "waiting"): 1, ("message_oldest_seconds", TARGET): HOUR}


def test_pauses_polls_webhooks_and_schedules_are_measured(desk_to_ops: Route):
    for _ in range(FAILURES):
        BreakerGate(desk_to_ops.target_id).failed(Unavailable("Away."))
    Connection.objects.filter(name=SOURCE).update(polled_at=NOW, heard_at=NOW)
    Tick.objects.create(name="relay", begun_at=NOW)

    found = measured()

    assert (found["calls_paused", TARGET], found["calls_paused", SOURCE]) == (1, 0)
    assert (found["poll_age_seconds", SOURCE], found["webhook_age_seconds", SOURCE]) == (HOUR, HOUR)
    assert ("poll_age_seconds", TARGET) not in found
    assert found["schedule_age_seconds", "relay"] == HOUR


def test_the_token_opens_and_a_wrong_one_does_not(desk_to_ops: Route, settings):
    settings.METRICS_TOKEN = "correct-horse"
    Connection.objects.filter(name=SOURCE).update(polled_at=timezone.now())

    assert read(authorization="Bearer correct-horse")["baton_poll_age_seconds", SOURCE] >= 0
    for wrong in ("Bearer wrong", "Basic correct-horse", "Bearer ", ""):
        assert Client().get("/metrics", headers={"authorization": wrong}).status_code == 404


@pytest.mark.parametrize(("network", "status"), [("127.0.0.0/8", 200), ("10.0.0.0/8", 404)])
def test_an_address_that_was_set_up_needs_no_token(db: None, settings, network: str, status: int):
    settings.METRICS_FROM = (ip_network(network),)

    assert Client().get("/metrics").status_code == status


def test_without_a_set_up_the_address_does_not_exist(db: None, settings):
    assert (settings.METRICS_TOKEN, settings.METRICS_FROM) == ("", ())
    assert Client().get("/metrics", headers={"authorization": "Bearer "}).status_code == 404


def test_each_preview_is_measured(page: Client, draft: Handoff, settings):
    settings.METRICS_FROM = (ip_network("127.0.0.0/8"),)
    before = read()["baton_preview_seconds_count",]

    page.get(f"/handoffs/{draft.pk}/edit")

    found = read()
    assert found["baton_preview_seconds_count",] == before + 1
    assert found["baton_live_pages",] == 0
