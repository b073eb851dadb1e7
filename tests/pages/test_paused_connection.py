"""The owner sees that calls pause, since when and why, and ends it by a test that succeeds."""

import pytest
from django.test import Client

from escalation.models import Breaker, Membership, Route
from escalation.models.breaker import BreakerGate
from escalation.tools.health import Lack
from escalation.tools.servicenow import upkeep
from escalation.transport.breaker import FAILURES
from escalation.transport.door import Door
from escalation.transport.errors import Unavailable
from tests import builders


@pytest.fixture
def page(browser_of, desk_to_ops: Route) -> Client:
    return browser_of(builders.person("kenji", team=desk_to_ops.sender, role=Membership.Role.OWNER))


@pytest.fixture
def paused(desk_to_ops: Route) -> Route:
    for _ in range(FAILURES):
        BreakerGate(desk_to_ops.target_id).failed(Unavailable("The tool is not available for now."))
    return desk_to_ops


def test_a_pause_is_shown_with_its_reason(page: Client, paused: Route):
    html = page.get("/connections").content.decode()

    assert f"for {FAILURES} in a row came to nothing. The tool is not available for now." in html


def test_a_test_that_the_tool_answers_ends_the_pause(page: Client, paused: Route, monkeypatch):
    def check(door: Door) -> tuple[Lack, ...]:
        gate = door.session._gate  # type: ignore[attr-defined]
        gate.enter()
        gate.answered({})
        return ()

    monkeypatch.setattr(upkeep, "check", check)

    page.post(f"/connections/{paused.target_id}/test", follow=True)

    assert not Breaker.objects.pausing().exists()
