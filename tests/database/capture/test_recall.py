"""What was sent a moment ago comes back whole, or has left for good; never both."""

from dataclasses import replace
from datetime import timedelta

import pytest

from escalation.capture.draft import state_of
from escalation.capture.preview import preview
from escalation.capture.recall import leaves_at, recall, release
from escalation.capture.submit import submit
from escalation.dispatch.lease import take
from escalation.knowledge.codec import to_json
from escalation.knowledge.state import Fact
from escalation.knowledge.words import Origin
from escalation.lifecycle.table import NotAllowedNow
from escalation.models import Delivery, Entry, Handoff, Snapshot
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db

SOON = NOW + timedelta(seconds=4)
LATE = NOW + timedelta(seconds=11)


@pytest.fixture
def waiting(draft, agent):
    """The scene with one suggestion left over, sent on a route that waits ten seconds."""
    found = Fact(id="g1", statement="Chrome 131 on Windows", origin=Origin.FOUND)
    state = state_of(draft)
    draft.state = to_json(replace(state, facts=(*state.facts, found)))
    draft.save()
    draft.route.recall_seconds = 10
    draft.route.save()
    seen = preview(handoff=draft).draft.fingerprint()
    return submit(handoff=draft, fingerprint=seen, by=agent, now=NOW)


def test_nothing_leaves_before_the_seconds_are_over(waiting):
    owed = Delivery.objects.get(handoff=waiting)

    assert leaves_at(waiting, now=SOON) == NOW + timedelta(seconds=10)
    assert take(owed.pk, now=SOON) is None
    assert take(owed.pk, now=LATE) is not None


def test_called_back_it_is_the_draft_it_was_with_its_suggestions(waiting, agent):
    again = recall(handoff=waiting, by=agent, now=SOON)

    assert again.status == "draft"
    assert again.confirmed_at is None
    assert [each.id for each in state_of(again).facts] == ["f1", "f2", "f3", "f4", "g1"]
    assert not Delivery.objects.filter(handoff=again).exists()
    assert not Snapshot.objects.filter(handoff=again).exists()
    assert again.entries.latest("sequence").kind == Entry.Kind.RECALLED


def test_it_can_be_sent_again_and_is_one_record(waiting, agent):
    again = Handoff.objects.select_related("route").get(pk=recall(handoff=waiting, by=agent, now=SOON).pk)

    submit(handoff=again, fingerprint=preview(handoff=again).draft.fingerprint(), by=agent, now=LATE)

    assert Delivery.objects.filter(handoff=again, kind=Delivery.Kind.CREATE).count() == 1


def test_what_a_worker_has_taken_up_is_not_called_back(waiting, agent):
    owed = Delivery.objects.get(handoff=waiting)
    assert take(owed.pk, now=LATE)

    with pytest.raises(NotAllowedNow, match="has left already"):
        recall(handoff=waiting, by=agent, now=SOON)


def test_after_the_seconds_it_is_too_late_whether_or_not_a_worker_came(waiting, agent):
    assert leaves_at(waiting, now=LATE) is None
    with pytest.raises(NotAllowedNow, match="Send a correction instead"):
        recall(handoff=waiting, by=agent, now=LATE)


def test_a_colleague_cannot_call_it_back(waiting):
    colleague = builders.person("amir", team=waiting.route.sender)

    with pytest.raises(NotAllowedNow, match="Only whoever sent it"):
        recall(handoff=waiting, by=colleague, now=SOON)


def test_let_go_it_is_due_at_once(waiting, agent):
    release(handoff=waiting, by=agent, now=SOON)

    assert take(Delivery.objects.get(handoff=waiting).pk, now=SOON) is not None


def test_a_route_that_waits_for_nothing_offers_no_recall(draft, agent):
    sent = submit(handoff=draft, fingerprint=preview(handoff=draft).draft.fingerprint(), by=agent, now=NOW)

    assert leaves_at(sent, now=NOW) is None
