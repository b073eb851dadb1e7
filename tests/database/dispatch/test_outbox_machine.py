"""Whatever happens on the way, one record, one receipt and one note: an outbox played by Hypothesis.

Workers are killed before and after the tool has done the work, answers are lost, calls are finished by
the tool after we gave up, tasks come twice, workers overtake each other, leases run out.
"""

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from escalation.dispatch.deliver import deliver
from escalation.dispatch.relay import relay
from escalation.dispatch.retry import retry
from escalation.lifecycle.words import Status
from escalation.models import Delivery, Entry, Route
from escalation.tools import registry
from tests.database import fakes, owing
from tests.database.fakes import FakeTenant, WorkerKilled

WRITES = ["busy", "down", "refused", "lost before", "lost after", "late", "killed before", "killed after"]
READS = ["killed", "busy", "unauthorised", "bug"]
DELIVERIES = st.sampled_from(["record", "note"])


class Outbox(RuleBasedStateMachine):
    """One handoff that owes a record and a note behind it."""

    route: Route
    patch: pytest.MonkeyPatch

    @initialize()
    def confirm(self) -> None:
        self.tenant = FakeTenant()
        self.clock = self.tenant.clock
        tools = {**registry.TOOLS, fakes.KIND: self.tenant.tool()}
        self.patch.setattr(registry, "TOOLS", tools)
        self.handoff = owing.confirmed(route=self.route, author=self.route.author)  # type: ignore[attr-defined]
        self.rows = {
            "record": owing.owed(self.handoff),
            "note": owing.note_owed(self.handoff, "Reachable until 17:00", remote_id="record-1"),
        }

    @rule(which=DELIVERIES, plan=st.sampled_from(["well", *WRITES]))
    def a_worker_tries_while_the_tool_writes_badly(self, which: str, plan: str) -> None:
        self.tenant.plans.clear()
        self.tenant.plans.append(plan)
        self.work(which)

    @rule(which=DELIVERIES, plan=st.sampled_from(READS))
    def a_worker_tries_while_the_tool_reads_badly(self, which: str, plan: str) -> None:
        self.tenant.reads.clear()
        self.tenant.reads.append(plan)
        self.work(which)

    @rule(which=DELIVERIES, pause=st.floats(0, 200), plan=st.sampled_from(["well", *WRITES]))
    def a_worker_stands_still_after_looking_and_another_overtakes_it(
        self, which: str, pause: float, plan: str
    ) -> None:
        look = "find" if which == "record" else "find_note"
        original = getattr(FakeTenant, look)

        def looked(door: object, **what: str) -> object:
            setattr(self.tenant, look, original.__get__(self.tenant))
            found = original(self.tenant, door, **what)
            self.clock.forward(pause)
            self.tenant.plans.append(plan)
            self.work(which)
            return found

        setattr(self.tenant, look, looked)
        self.work(which)
        setattr(self.tenant, look, original.__get__(self.tenant))

    @rule(seconds=st.floats(0, 120))
    def time_passes(self, seconds: float) -> None:
        self.clock.forward(seconds)

    @rule()
    def the_relay_looks(self) -> None:
        relay(now=self.clock())

    @rule(which=DELIVERIES)
    def a_person_presses_try_again(self, which: str) -> None:
        retry(delivery=self.rows[which], by=self.handoff.author, now=self.clock())

    @invariant()
    def nothing_is_there_twice(self) -> None:
        if not hasattr(self, "tenant"):
            return
        assert len(self.tenant.records) <= 1
        for record in self.tenant.records:
            assert all(len(ids) == 1 for ids in record.notes.values())

    def work(self, which: str) -> None:
        with suppress(WorkerKilled, KeyError):
            deliver(delivery=self.rows[which].pk, clock=self.clock)

    def teardown(self) -> None:
        """Then the tool is well again, and somebody presses the button where one is needed."""
        if not hasattr(self, "tenant"):
            return
        self.tenant.plans.clear()
        self.tenant.reads.clear()
        for row in self.rows.values():
            if owing.until_done(row, self.clock).status == Delivery.Status.STUCK:
                retry(delivery=row, by=self.handoff.author, now=self.clock())
                owing.until_done(row, self.clock)
        self.clock.forward(60)
        self.tenant.catch_up()
        self.nothing_is_there_twice()
        assert len(self.tenant.records) == 1
        assert list(self.tenant.records[0].notes) == [self.rows["note"].key]
        self.handoff.refresh_from_db()
        assert self.handoff.status == Status.DELIVERED
        entries = self.handoff.entries.order_by("sequence")
        assert entries.filter(kind=Entry.Kind.DELIVERED).count() == 1
        assert entries.filter(kind=Entry.Kind.NOTE_SENT).count() == 1
        assert list(entries.values_list("sequence", flat=True)) == [*range(1, len(entries) + 1)]
        assert not self.handoff.deliveries.filter(receipt=None).exists()
        assert not any(row.attempts.filter(result="").exists() for row in self.rows.values())


def test_whatever_happens_there_is_one_record_one_receipt_and_one_note(
    to_fake: Route, author: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    to_fake.author = author  # type: ignore[attr-defined]
    Outbox.route, Outbox.patch = to_fake, monkeypatch

    run_state_machine_as_test(
        Outbox,
        settings=settings(
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
        ),
    )
