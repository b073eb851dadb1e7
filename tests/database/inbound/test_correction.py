"""What the receiver moves in its tool is shown, and known to the next draft at once."""

import time
from datetime import timedelta

import pytest

from escalation.catalog.index import index_of
from escalation.dispatch.deliver import deliver
from escalation.inbound.take_in import take_in
from escalation.inbound.whose import Interest
from escalation.knowledge.codec import to_json as state_to_json
from escalation.linking.entries import EntryKind
from escalation.models import CatalogRow, Delivery, Entry, Handoff, Lesson, Receipt, Snapshot
from escalation.timeline.read import lines
from escalation.tools.updates import Held, UpdateKind
from escalation.translation.codec import to_json
from escalation.translation.draft import Draft, Field, Translation
from tests.builders import NOW, scene
from tests.database.fakes import KIND, update
from tests.pace import slowness

pytestmark = pytest.mark.django_db

SENT = (
    Field(name="cmdb_ci", label="Configuration item", value="ci-gateway", shown="Finance API Gateway"),
    Field(name="assignment_group", label="Assignment group", value="group-api", shown="API Platform"),
)
TEXT = "Finance dashboard does not load: CORS error for finance-dash.example.com"


@pytest.fixture
def sent(record: Delivery, handoff: Handoff, clock) -> Handoff:
    """A record that was filed under the gateway and the group of its owners."""
    rows = (
        ("ci-gateway", EntryKind.CONFIGURATION_ITEM, "Finance API Gateway"),
        ("ci-portal", EntryKind.CONFIGURATION_ITEM, "Customer portal"),
        ("group-api", EntryKind.ASSIGNMENT_GROUP, "API Platform"),
        ("group-edge", EntryKind.ASSIGNMENT_GROUP, "Edge Operations"),
        ("service-close", EntryKind.BUSINESS_SERVICE, "Month-end close"),
    )
    for remote_id, kind, name in rows:
        CatalogRow.objects.create(
            connection=handoff.route.target, remote_id=remote_id, kind=kind, name=name, synced_at=NOW
        )
    deliver(delivery=record.pk, clock=clock)
    Snapshot.objects.create(
        handoff=handoff,
        state=state_to_json(scene()),
        state_fingerprint="0" * 64,
        translation=to_json(Translation(draft=Draft(tool=KIND, record="Record", fields=SENT))),
        confirmed_by=handoff.author,
        confirmed_at=NOW,
    )
    Receipt.objects.update(kept={each.name: each.value for each in SENT})
    return handoff


def held(name: str, entry_id: str, shown: str) -> Held:
    label = {"cmdb_ci": "Configuration item", "assignment_group": "Assignment group"}.get(name, "Service")
    return Held(name=name, label=label, entry_id=entry_id, shown=shown)


GATEWAY, PORTAL = held("cmdb_ci", "ci-gateway", "Finance API Gateway"), held("cmdb_ci", "ci-portal", "Portal")
OWNERS = held("assignment_group", "group-api", "API Platform")
EDGE = held("assignment_group", "group-edge", "Edge Operations")


def hear(handoff: Handoff, *now_held: Held, key: str = "f1", minutes: int = 1, author: str = "tomas") -> int:
    heard = update(
        kind=UpdateKind.FIELD, held=now_held, key=key, author=author, at=NOW + timedelta(minutes=minutes)
    )
    interest = Interest(handoff=handoff.pk, receiving=True)
    return take_in(interest=interest, connection=handoff.route.target, updates=(heard,), now=NOW)


def said(handoff: Handoff) -> list[str]:
    return [each.title for each in lines(handoff=handoff) if each.kind == Entry.Kind.CORRECTED]


def taught(handoff: Handoff) -> list[list[str]]:
    return [row.remote_ids for row in Lesson.objects.filter(reference=str(handoff.pk))]


def test_what_stands_as_baton_filled_it_teaches_nothing(sent: Handoff):
    assert hear(sent, GATEWAY, OWNERS) == 0

    assert said(sent) == []
    assert taught(sent) == []


def test_a_reassignment_is_shown_and_learned(sent: Handoff):
    assert hear(sent, GATEWAY, EDGE) == 1

    (title,) = said(sent)
    assert title.endswith("Assignment group is “Edge Operations” now, not “API Platform”")
    assert taught(sent) == [["group-edge"]]


def test_seen_again_by_poll_it_is_said_once_and_moved_back_it_is_unlearned(sent: Handoff):
    hear(sent, GATEWAY, EDGE)
    assert hear(sent, GATEWAY, EDGE, key="f2", minutes=2) == 0
    assert hear(sent, GATEWAY, OWNERS, key="f3", minutes=3) == 1

    assert len(said(sent)) == 2
    assert taught(sent) == [["group-api"]]


def test_a_later_correction_of_another_field_keeps_the_first(sent: Handoff):
    hear(sent, GATEWAY, EDGE)
    hear(sent, PORTAL, EDGE, key="f2", minutes=2)

    assert taught(sent) == [["ci-portal", "group-edge"]]


def test_an_update_that_comes_late_changes_nothing(sent: Handoff):
    hear(sent, GATEWAY, EDGE, minutes=5)
    assert hear(sent, PORTAL, OWNERS, key="f0", minutes=2) == 0

    assert taught(sent) == [["group-edge"]]


def test_what_the_tool_fills_in_by_itself_is_nobodys_correction(sent: Handoff):
    service = held("business_service", "service-close", "Month-end close")

    assert hear(sent, GATEWAY, OWNERS, service, author=sent.route.target.our_user) == 0
    assert hear(sent, GATEWAY, OWNERS, service, key="f2", minutes=2) == 1
    assert said(sent)[0].endswith("Service is “Month-end close” now; it was left open")


def test_what_the_catalog_does_not_hold_is_shown_and_not_learned(sent: Handoff):
    hear(sent, held("cmdb_ci", "ci-new", "Brand new gateway"), OWNERS)

    (line,) = [each for each in lines(handoff=sent) if each.kind == Entry.Kind.CORRECTED]
    assert "nothing is learned" in line.text
    assert taught(sent) == []


def test_the_next_case_knows_the_correction_within_a_second(sent: Handoff):
    target = sent.route.target_id
    kind = EntryKind.ASSIGNMENT_GROUP

    def score(entry_id: str) -> float:
        links = index_of(connection_id=target).index.rank(TEXT, kind=kind, at=NOW)
        return next((each.score for each in links if each.entry_id == entry_id), 0.0)

    before = score("group-edge")
    hear(sent, GATEWAY, EDGE)
    began = time.thread_time()
    after = score("group-edge")

    assert time.thread_time() - began < slowness()
    assert after > before


def test_a_lesson_whose_key_was_given_out_earlier_is_not_missed(sent: Handoff):
    target = sent.route.target
    newer = Lesson.objects.create(
        pk=1000, connection=target, reference="newer", text="x y", remote_ids=["ci-portal"], learned_at=NOW
    )
    assert newer.pk in index_of(connection_id=target.pk).lessons
    Lesson.objects.create(
        pk=990, connection=target, reference="earlier", text=TEXT, remote_ids=["group-edge"], learned_at=NOW
    )

    assert {990, 1000} <= index_of(connection_id=target.pk).lessons
