"""Three hops: what the last tier says reaches the two before it, once, and nothing goes round."""

import json
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from escalation.dispatch.deliver import deliver
from escalation.inbound.take_in import take_in
from escalation.inbound.whose import interests
from escalation.lifecycle.words import Status
from escalation.models import Connection, Delivery, Entry, Handoff, Route, Team
from escalation.reception.accept import accept
from escalation.reception.resolve import resolve
from escalation.reception.verdict import Found
from escalation.tools.updates import RemoteState, Update
from tests import builders
from tests.builders import NOW
from tests.database import fakes, owing
from tests.database.fakes import Clock, FakeTenant, Held, state, update

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


@dataclass
class Chain:
    """Desk → operations → engineering, each with a record; every tool is the one tenant in memory."""

    desk: Connection
    operations: Connection
    engineering: Connection
    first: Handoff
    second: Handoff
    third: Handoff
    updates: list[Update] = field(default_factory=list)

    def says(self, **what: object) -> Update:
        """The last tier does something."""
        said = update(**{"remote_id": "issue", "author": "Mia Chen", "at": NOW, **what})
        self.updates.append(said)
        return said

    def take_in(self, *updates: Update) -> None:
        connection = self.engineering
        for each in interests(connection=connection, remote_id="issue"):
            take_in(interest=each, connection=connection, updates=updates or tuple(self.updates), now=NOW)


@pytest.fixture
def chain(to_fake: Route, tenant: FakeTenant) -> Chain:
    desk, operations, deep, engineering = (
        builders.connection(fakes.KIND, name=name) for name in ("desk", "operations", "deep", "engineering")
    )
    teams = [Team.objects.create(name=name, zone="Europe/Berlin") for name in ("One", "Two", "Three", "Four")]
    author = builders.person("mei")
    handoffs: list[Handoff] = []
    records = ["ticket", "incident", "change", "issue"]
    places = [desk, operations, deep, engineering]
    for hop in range(3):
        route = Route.objects.create(
            name=f"hop {hop}",
            sender=teams[hop],
            receiver=teams[hop + 1],
            source=places[hop],
            target=places[hop + 1],
        )
        row = owing.confirmed(route=route, author=author, source_reference=records[hop])
        row.status, row.remote_id, row.remote_number = Status.DELIVERED, records[hop + 1], f"N-{hop + 1}"
        row.previous = handoffs[-1] if handoffs else None
        row.save()
        handoffs.append(row)
    tenant.records = [Held(remote_id=each, key=each, payload={}) for each in records]
    first, second, third = handoffs
    return Chain(
        desk=desk, operations=operations, engineering=engineering, first=first, second=second, third=third
    )


def lines(handoff: Handoff) -> list[tuple[str, str]]:
    return list(handoff.entries.order_by("sequence").values_list("kind", "text"))


def owed() -> list[tuple[str, str]]:
    """Record and text of every note that is owed, in order."""
    rows = Delivery.objects.filter(kind=Delivery.Kind.NOTE).order_by("remote_id", "created_at", "position")
    return [(row.remote_id, json.loads(bytes(row.body))["text"]) for row in rows]


def test_a_note_of_the_last_tier_stands_on_every_timeline_and_is_owed_to_every_record(chain: Chain) -> None:
    chain.says(text="The gateway drops Origin.")

    chain.take_in()

    for handoff in (chain.first, chain.second, chain.third):
        assert lines(handoff) == [(Entry.Kind.NOTE, "The gateway drops Origin.")]
    text = "From Fake N-3 (Mia Chen):\nThe gateway drops Origin."
    assert owed() == [("change", text), ("incident", text), ("ticket", text)]
    hops = [each.entries.get().details.get("hop") for each in (chain.third, chain.second, chain.first)]
    assert hops == [None, 1, 2]
    assert [each.entries.get().who for each in (chain.third, chain.first)] == [
        "Mia Chen",
        "Mia Chen in Fake N-3",
    ]


def test_nothing_is_public_and_nobody_is_named_as_having_asked(chain: Chain) -> None:
    chain.says(text="The gateway drops Origin.")

    chain.take_in()

    assert not Delivery.objects.filter(kind=Delivery.Kind.REPLY).exists()
    assert not Delivery.objects.exclude(by=None).exists()


def test_duplicates_and_any_order_change_nothing(chain: Chain) -> None:
    one, two = chain.says(key="n1", text="First"), chain.says(key="n2", text="Second")

    for batch in ((two,), (one, two), (one,), (two, one), (one,)):
        chain.take_in(*batch)

    assert len(owed()) == 6
    assert sorted(text for _, text in lines(chain.first)) == ["First", "Second"]


def test_what_ends_without_a_fix_is_not_told_as_fixed_and_ends_no_earlier_hop(chain: Chain) -> None:
    chain.says(**state(RemoteState.CANCELLED, "Done (Won't Do)"))

    chain.take_in()

    for handoff in (chain.first, chain.second, chain.third):
        handoff.refresh_from_db()
    assert chain.third.status == Status.BOUNCED
    assert (chain.first.status, chain.second.status) == (Status.DELIVERED, Status.DELIVERED)
    assert {text for _, text in owed()} == {"Fake N-3 is now “Done (Won't Do)”; it ended without a fix."}
    entry = chain.first.entries.get()
    assert entry.kind == Entry.Kind.STATE
    assert "fixed" not in entry.sayable.lower()


def test_what_was_decided_in_baton_is_told_once_although_the_tool_follows(chain: Chain) -> None:
    resolve(handoff=chain.third, by=builders.person("mia"), now=NOW, found=Found(fix="Release 2.4.2"))
    chain.says(key="s1", **state(RemoteState.RESOLVED, "Done", at=NOW + MINUTE))

    chain.take_in()

    assert [(record, text.count("Release 2.4.2")) for record, text in owed()] == [
        (record, 1) for record in ("change", "incident", "issue", "ticket")
    ]
    assert [len(lines(each)) for each in (chain.first, chain.second, chain.third)] == [1, 1, 1]


def test_what_was_accepted_in_baton_is_news_for_the_tiers_before_when_the_tool_moves(chain: Chain) -> None:
    accept(handoff=chain.third, by=builders.person("mia"), now=NOW, read_back="Roll back the gateway")
    chain.says(key="s1", **state(RemoteState.WORKING, "In Progress", at=NOW + MINUTE))

    chain.take_in()

    assert {text for _, text in owed()} == {"Fake N-3 is now “In Progress”."}
    assert [len(lines(each)) for each in (chain.first, chain.second, chain.third)] == [1, 1, 1]


def test_a_state_that_comes_late_is_written_down_and_not_told(chain: Chain) -> None:
    early = chain.says(key="s1", **state(RemoteState.WORKING, "In Progress"))
    done = chain.says(key="s2", **state(RemoteState.RESOLVED, "Done", at=NOW.replace(hour=20)))

    chain.take_in(done)
    chain.take_in(early)

    assert {text for _, text in owed()} == {"Fake N-3 is now “Done”."}
    assert [entry.details["late"] for entry in chain.first.entries.order_by("sequence")] == [False, True]


def test_an_assignment_is_no_news_for_the_tiers_before(chain: Chain) -> None:
    chain.says(kind="assigned", words="Mia Chen")

    chain.take_in()

    assert owed() == []
    assert lines(chain.first) == []


def test_our_notes_that_come_back_from_the_earlier_tools_are_neither_lines_nor_passed_on(
    chain: Chain, tenant: FakeTenant, clock: Clock
) -> None:
    chain.says(text="The gateway drops Origin.")
    chain.take_in()
    for row in Delivery.objects.order_by("position"):
        deliver(delivery=row.pk, clock=clock)
    before = [lines(each) for each in (chain.first, chain.second, chain.third)]

    for connection in (chain.desk, chain.operations, chain.second.route.target):
        for record in ("ticket", "incident", "change"):
            for each in interests(connection=connection, remote_id=record):
                updates = tuple(tenant.record(record).updates)
                take_in(interest=each, connection=connection, updates=updates, now=clock())

    assert [lines(each) for each in (chain.first, chain.second, chain.third)] == before
    assert len(owed()) == 3


def test_a_note_of_the_middle_tier_goes_back_and_is_seen_ahead_but_not_sent_there(chain: Chain) -> None:
    said = update(remote_id="change", text="Waiting for the release", author="Tomás")
    connection = chain.second.route.target
    for each in interests(connection=connection, remote_id="change"):
        take_in(interest=each, connection=connection, updates=(said,), now=NOW)

    assert [remote_id for remote_id, _ in owed()] == ["incident", "ticket"]
    assert lines(chain.third) == [(Entry.Kind.NOTE, "Waiting for the release")]


def test_a_chain_that_bites_its_tail_ends(chain: Chain) -> None:
    chain.first.previous = chain.third
    chain.first.save()
    chain.says(text="Round and round")

    chain.take_in()

    assert len(lines(chain.first)) == 1
