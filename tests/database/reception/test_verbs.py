"""The receiver's verbs move the handoff along the table and say so on the timeline."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from escalation.lifecycle.reasons import BounceReason
from escalation.lifecycle.table import NotAllowedNow
from escalation.models import Handoff
from escalation.reception import accept, bounce, resolve, see, start
from escalation.reception.verdict import Found
from escalation.timeline.read import lines
from tests.builders import NOW


def kinds(handoff: Handoff) -> list[str]:
    return [line.kind for line in lines(handoff=handoff)]


@pytest.mark.django_db
def test_the_way_through_stands_on_the_timeline(delivered: Handoff, receiver: User):
    handoff = see.see(handoff=delivered, by=receiver, now=NOW)
    handoff = accept.accept(handoff=handoff, by=receiver, now=NOW, read_back="Restore the  dashboard")
    handoff = start.start(handoff=handoff, by=receiver, now=NOW)
    handoff = resolve.resolve(
        handoff=handoff, by=receiver, now=NOW, found=Found(cause="CORS policy", fix="Policy restored")
    )

    assert handoff.status == "resolved"
    assert handoff.read_back == "Restore the dashboard"
    assert kinds(handoff) == ["seen", "accepted", "diagnosing", "resolved"]
    assert lines(handoff=handoff)[-1].sayable


@pytest.mark.django_db
def test_opening_the_card_twice_is_seen_once(delivered: Handoff, receiver: User):
    handoff = see.see(handoff=delivered, by=receiver, now=NOW)
    see.see(handoff=handoff, by=receiver, now=NOW)

    assert kinds(handoff) == ["seen"]


@pytest.mark.django_db
def test_what_the_receiver_does_moves_the_promise(delivered: Handoff, receiver: User):
    handoff = accept.accept(handoff=delivered, by=receiver, now=NOW)

    assert handoff.update_due_at == NOW + timedelta(minutes=handoff.route.update_within_minutes)


@pytest.mark.django_db
def test_an_ended_handoff_owes_no_update(delivered: Handoff, receiver: User):
    returned = bounce.Returned(reason=BounceReason.WRONG_TEAM, words="Try the network team.")
    handoff = bounce.bounce(handoff=delivered, by=receiver, now=NOW, returned=returned)

    assert handoff.update_due_at is None
    assert lines(handoff=handoff)[-1].text == "This belongs to another team. Try the network team."


@pytest.mark.django_db
def test_a_draft_cannot_be_accepted_and_nothing_is_written(draft: Handoff, receiver: User):
    with pytest.raises(NotAllowedNow):
        accept.accept(handoff=draft, by=receiver, now=NOW)

    assert kinds(draft) == []
