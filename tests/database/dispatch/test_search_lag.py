"""A tool whose search runs behind what was written: absence is believed only after the lag."""

from dataclasses import replace
from datetime import timedelta

import pytest

from escalation.dispatch.deliver import deliver
from escalation.models import Delivery
from escalation.tools import registry
from escalation.tools.contract import Remote
from tests.builders import NOW
from tests.database import fakes, owing
from tests.database.fakes import Clock, FakeTenant, WorkerKilled

LAG_S = 90.0


@pytest.fixture(autouse=True)
def lagging(tenant: FakeTenant, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was created is found only when the lag is over."""
    find = tenant.find

    def late(door: object, *, key: str) -> tuple[Remote, ...]:
        found = find(door, key=key)  # type: ignore[arg-type]
        return found if clock.now >= NOW + timedelta(seconds=LAG_S - 1) else ()

    monkeypatch.setattr(tenant, "find", late)
    slow = replace(tenant.tool(), search_lags_s=LAG_S)
    monkeypatch.setattr(registry, "TOOLS", {**registry.TOOLS, fakes.KIND: slow})


def test_a_lost_answer_is_not_created_again_while_the_search_may_run_behind(
    record: Delivery, tenant: FakeTenant, clock: Clock
) -> None:
    tenant.plans.append("lost after")

    owing.until_done(record, clock)

    assert len(tenant.records) == 1
    assert tenant.calls.count("create") == 1
    assert tenant.calls.count("find") >= 3  # before, soon after, and when the lag was over


def test_a_killed_worker_leaves_nothing_that_is_created_again_before_it_could_be_found(
    record: Delivery, tenant: FakeTenant, clock: Clock
) -> None:
    tenant.plans.append("killed after")
    with pytest.raises(WorkerKilled):
        deliver(delivery=record.pk, clock=clock)

    owing.until_done(record, clock)

    assert len(tenant.records) == 1
    assert tenant.calls.count("create") == 1


def test_what_was_truly_not_done_is_done_when_the_lag_is_over(
    record: Delivery, tenant: FakeTenant, clock: Clock
) -> None:
    tenant.plans.append("lost before")

    owing.until_done(record, clock)

    assert len(tenant.records) == 1
    assert clock.now >= NOW + timedelta(seconds=LAG_S + 30)
