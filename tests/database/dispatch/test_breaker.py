"""A tool that is away is left alone, by every worker, and looked for by one call at a time."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone

from escalation.catalog.sync import sync_all
from escalation.dispatch.deliver import deliver
from escalation.dispatch.lease import LEASE, take
from escalation.dispatch.relay import relay
from escalation.inbound.poll import poll_all
from escalation.models import Breaker, Connection, Delivery, Route
from escalation.models.breaker import BreakerGate
from escalation.transport.breaker import FAILURES, FIRST_PAUSE_S, SLOW_S, TRIAL_S
from escalation.transport.errors import Ambiguous, Limited, Paused, Refused, TransportError, Unavailable
from tests import builders
from tests.database import owing, real
from tests.database.fakes import Clock, Engine
from tests.database.real import Site

pytestmark = pytest.mark.django_db
AWAY = Unavailable("The tool failed with an error of its own (500).")
SOON = timedelta(seconds=1)


@pytest.fixture
def tool() -> Connection:
    return builders.connection("servicenow")


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch, celery: Engine) -> Iterator[Site]:
    site = real.open_site(monkeypatch)
    yield site
    site.practice.close()


@pytest.fixture
def run(site: Site, celery: Engine) -> Callable[[], None]:
    """Carry out what the relay has asked for."""

    def running() -> None:
        for row in Delivery.objects.exclude(queued_at=None).filter(status=Delivery.Status.OWED):
            deliver(delivery=row.pk, clock=site.clock)

    return running


def fail(tool: Connection, *, times: int, error: TransportError = AWAY) -> None:
    """So many calls in a row come to nothing, each by another worker."""
    for _ in range(times):
        BreakerGate(tool.pk).failed(error)


def pause_is_over(tool: Connection) -> None:
    Breaker.objects.filter(pk=tool.pk).update(paused_until=Now() - SOON, paused_at=F("paused_at") - SOON)


def paused(tool: Connection) -> Paused:
    with pytest.raises(Paused) as turned_away:
        BreakerGate(tool.pk).enter()
    return turned_away.value


def test_a_few_failures_hold_nothing_back(tool: Connection) -> None:
    fail(tool, times=FAILURES - 1)

    BreakerGate(tool.pk).enter()

    assert not Breaker.objects.pausing().exists()


@pytest.mark.parametrize("error", [AWAY, Ambiguous("No answer came.")], ids=["no", "lost"])
def test_failures_in_a_row_pause_every_workers_calls_and_say_why(
    tool: Connection, error: TransportError
) -> None:
    fail(tool, times=FAILURES, error=error)

    pause = paused(tool)

    assert FIRST_PAUSE_S - 1 < (pause.wait_s or 0) <= FIRST_PAUSE_S
    assert f"for {FAILURES} in a row came to nothing. {error}" in str(pause)


def test_an_answer_in_between_begins_the_count_anew(tool: Connection) -> None:
    fail(tool, times=FAILURES - 1)
    answered = BreakerGate(tool.pk)
    answered.enter()
    answered.answered({})

    fail(tool, times=FAILURES - 1)

    assert not Breaker.objects.pausing().exists()


def test_a_refusal_is_an_answer(tool: Connection) -> None:
    fail(tool, times=FAILURES - 1)
    refused = BreakerGate(tool.pk)
    refused.enter()
    refused.failed(Refused("The tool did not accept this."))

    fail(tool, times=1)

    assert Breaker.objects.get(pk=tool.pk).failures == 1


def test_calls_under_way_when_the_pause_begins_do_not_make_it_longer(tool: Connection) -> None:
    fail(tool, times=FAILURES + 3)

    assert Breaker.objects.get(pk=tool.pk).pauses == 1
    assert (paused(tool).wait_s or 0) <= FIRST_PAUSE_S


def test_when_the_pause_is_over_one_goes_first_and_its_answer_lets_all_pass(tool: Connection) -> None:
    fail(tool, times=FAILURES)
    pause_is_over(tool)
    first = BreakerGate(tool.pk)

    first.enter()
    assert (paused(tool).wait_s or 0) > FIRST_PAUSE_S  # somebody else tries right now
    first.answered({})

    BreakerGate(tool.pk).enter()
    row = Breaker.objects.get(pk=tool.pk)
    assert (row.failures, row.pauses, row.paused_at, row.words) == (0, 0, None, "")


def test_a_trial_whose_read_is_asked_twice_doubles_the_pause_once(tool: Connection) -> None:
    fail(tool, times=FAILURES)
    pause_is_over(tool)
    trial = BreakerGate(tool.pk)
    trial.enter()

    for _ in range(2):
        trial.failed(AWAY)

    assert FIRST_PAUSE_S < (paused(tool).wait_s or 0) <= 2 * FIRST_PAUSE_S


def test_each_trial_that_fails_doubles_the_pause_and_keeps_since_when(tool: Connection) -> None:
    fail(tool, times=FAILURES)
    pause_is_over(tool)
    since = Breaker.objects.get(pk=tool.pk).paused_at
    trial = BreakerGate(tool.pk)
    trial.enter()

    trial.failed(AWAY)

    assert FIRST_PAUSE_S < (paused(tool).wait_s or 0) <= 2 * FIRST_PAUSE_S
    assert Breaker.objects.get(pk=tool.pk).paused_at == since
    with pytest.raises(Paused):
        trial.enter()


def test_a_trial_whose_worker_died_is_made_again_by_another(tool: Connection) -> None:
    fail(tool, times=FAILURES)
    pause_is_over(tool)
    BreakerGate(tool.pk).enter()
    assert (paused(tool).wait_s or 0) <= TRIAL_S

    pause_is_over(tool)

    BreakerGate(tool.pk).enter()


def test_a_tool_that_names_its_wait_is_given_it(tool: Connection) -> None:
    fail(tool, times=FAILURES, error=Unavailable("Down for maintenance.", wait_s=300))

    assert (paused(tool).wait_s or 0) > 299


def test_a_429_rests_the_connection_as_long_as_told_and_then_all_go_on(tool: Connection) -> None:
    fail(tool, times=1, error=Limited("Too many.", wait_s=40))
    assert 39 < (paused(tool).wait_s or 0) <= 40

    pause_is_over(tool)

    BreakerGate(tool.pk).enter()
    BreakerGate(tool.pk).enter()


def test_a_limit_of_one_record_rests_nothing(tool: Connection) -> None:
    fail(tool, times=FAILURES, error=Limited("Too many on this issue.", wait_s=2, everywhere=False))

    BreakerGate(tool.pk).enter()


def test_calls_rest_before_the_budget_is_used_up_and_a_late_answer_ends_nothing(tool: Connection) -> None:
    fail(tool, times=1)
    late = BreakerGate(tool.pk)
    late.enter()
    BreakerGate(tool.pk).answered(
        {"ratelimit-limit": "700", "ratelimit-remaining": "9", "ratelimit-reset": "25"}
    )

    late.answered({})

    assert "rate limit is nearly or wholly used up" in str(paused(tool))


def test_a_persons_test_passes_and_its_answer_ends_the_pause(tool: Connection) -> None:
    fail(tool, times=FAILURES)
    by_hand = BreakerGate(tool.pk, trial=True)

    by_hand.enter()
    by_hand.answered({})

    BreakerGate(tool.pk).enter()


def test_the_session_itself_is_held_back_and_the_tool_is_not_called(site: Site) -> None:
    target = real.route().target
    site.practice.faults.add({"status": 500, "times": FAILURES})
    for _ in range(FAILURES):
        with pytest.raises(Unavailable):
            site.incidents(target)

    with pytest.raises(Paused):
        site.incidents(target)

    pause_is_over(target)
    assert site.incidents(target) == []


def test_what_is_owed_waits_untried_says_why_and_goes_on_behind_one_that_goes_first(
    site: Site, celery: Engine, run: Callable[[], None]
) -> None:
    route, author = real.route(), builders.person("lena")
    rows = [real.owed(route, author)[1] for _ in range(3)]
    fail(route.target, times=FAILURES)

    assert relay(now=site.clock()) == 0
    waiting = Delivery.objects.get(pk=rows[0].pk)
    assert (waiting.status, waiting.attempts_made) == (Delivery.Status.OWED, 0)
    assert waiting.reason.startswith("Calls pause until")

    pause_is_over(route.target)
    Delivery.objects.update(queued_at=None)
    assert relay(now=site.clock()) == 1
    run()
    Delivery.objects.filter(status=Delivery.Status.OWED).update(queued_at=None)
    assert relay(now=site.clock()) == 2
    run()

    done = Delivery.objects.filter(status=Delivery.Status.DONE)
    assert set(done.values_list("attempts_made", "reason")) == {(1, "")}
    assert done.count() == 3


def test_polls_and_catalog_syncs_make_no_call_while_calls_pause(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    route = real.route()
    _, record = real.owed(route, builders.person("lena"))
    owing.until_done(record, site.clock)
    for each in (route.source, route.target):
        fail(each, times=FAILURES)
    called: list[str] = []
    monkeypatch.setattr(type(site.practice.application), "__call__", lambda *_: called.append("call"))

    poll_all(now=site.clock())
    sync_all(now=site.clock())

    route.target.refresh_from_db()
    assert called == []
    assert route.target.trouble.startswith("Calls pause until")


def slow_call(tool: Connection, monkeypatch: pytest.MonkeyPatch, *, seconds: float) -> None:
    """One call that is answered, and took so long."""
    moments = iter([100.0, 100.0 + seconds, 100.0 + seconds])
    monkeypatch.setattr("escalation.models.breaker.monotonic", lambda: next(moments))
    gate = BreakerGate(tool.pk)
    gate.enter()
    gate.answered({})


def two_owed(route: Route, clock: Clock) -> tuple[Delivery, Delivery]:
    """Records of two handoffs that are due, the first of them under way."""
    author = builders.person("lena", team=route.sender)
    first, second = (owing.owed(owing.confirmed(route=route, author=author)) for _ in range(2))
    assert take(first.pk, now=clock()) is not None
    return first, second


def test_a_slow_tool_gets_one_delivery_at_a_time(monkeypatch: pytest.MonkeyPatch, to_fake: Route) -> None:
    clock = Clock()
    first, second = two_owed(to_fake, clock)
    slow_call(first.connection, monkeypatch, seconds=SLOW_S + 0.1)

    assert take(second.pk, now=clock()) is None

    Delivery.objects.filter(pk=first.pk).update(status="done", lease=None, leased_until=None, done_at=clock())
    assert take(second.pk, now=clock()) is not None


def test_a_worker_that_died_on_a_slow_tool_holds_nobody_up_for_longer_than_its_lease(
    monkeypatch: pytest.MonkeyPatch, to_fake: Route
) -> None:
    clock = Clock()
    first, second = two_owed(to_fake, clock)
    slow_call(first.connection, monkeypatch, seconds=SLOW_S + 0.1)

    clock.forward(LEASE.total_seconds() + 1)

    assert take(second.pk, now=clock()) is not None


def test_a_tool_that_is_quick_or_quick_again_gets_all_workers(
    monkeypatch: pytest.MonkeyPatch, to_fake: Route
) -> None:
    clock = Clock()
    first, second = two_owed(to_fake, clock)
    slow_call(first.connection, monkeypatch, seconds=SLOW_S - 0.1)
    assert not Breaker.objects.slow().exists()
    Breaker.objects.create(connection=first.connection, slow_until=timezone.now() - SOON)

    assert take(second.pk, now=clock()) is not None


def test_the_relay_asks_for_one_of_a_slow_tools_rows_at_a_time(
    monkeypatch: pytest.MonkeyPatch, to_fake: Route, celery: Engine
) -> None:
    author = builders.person("lena", team=to_fake.sender)
    for _ in range(3):
        owing.owed(owing.confirmed(route=to_fake, author=author))
    Delivery.objects.update(queued_at=None)
    slow_call(to_fake.target, monkeypatch, seconds=SLOW_S + 0.1)

    assert relay(now=builders.NOW + SOON) == 1
