"""Other rules are tried on what was really confirmed, and change nothing of it."""

import pytest
from django.contrib.auth.models import User

from escalation.capture.preview import preview
from escalation.capture.submit import submit
from escalation.models import Delivery, Handoff, Route, Snapshot
from escalation.translation.rules import Rules
from escalation.upkeep.publish import publish_rules, roll_back_rules
from escalation.upkeep.replay import CASES, replay
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def confirmed(draft: Handoff, agent: User, monkeypatch: pytest.MonkeyPatch) -> Handoff:
    submit(handoff=draft, fingerprint=preview(handoff=draft).draft.fingerprint(), by=agent, now=NOW)
    draft.refresh_from_db()
    return draft


def test_the_rules_in_force_change_nothing(desk_to_ops: Route, confirmed):
    (case,) = replay(route=desk_to_ops, draft=Rules())

    assert (case.handoff_id, case.differences) == (confirmed.pk, ())


def test_a_draft_shows_every_field_that_would_differ(desk_to_ops: Route, confirmed):
    draft = Rules(defaults={"contact_type": "phone"}, work_note=False)

    (case,) = replay(route=desk_to_ops, draft=draft)

    shown = {each.label: (bool(each.before), each.after) for each in case.differences}
    assert shown["Channel"] == (False, "phone")
    assert shown["Work notes"] == (True, "")


def test_at_most_the_newest_twenty_are_tried(desk_to_ops: Route, agent, confirmed):
    frozen = Snapshot.objects.get(handoff=confirmed)
    for _ in range(CASES + 2):
        handoff = builders.handoff(route=desk_to_ops, author=agent, status="queued", confirmed_at=NOW)
        frozen.pk, frozen.handoff = None, handoff
        frozen.save(force_insert=True)

    assert len(replay(route=desk_to_ops, draft=Rules())) == CASES


def test_what_was_confirmed_stays_whatever_is_published_afterwards(desk_to_ops: Route, agent, confirmed):
    before = (
        bytes(Delivery.objects.get(handoff=confirmed).body),
        Snapshot.objects.values_list("state", "translation", "rule_set__version").get(handoff=confirmed),
    )

    publish_rules(
        route=desk_to_ops, body={"default_impact": "high", "work_note": False}, note="", by=agent, now=NOW
    )
    replay(route=desk_to_ops, draft=Rules(language="de"))
    roll_back_rules(route=desk_to_ops, to=1, by=agent, now=NOW)

    after = (
        bytes(Delivery.objects.get(handoff=confirmed).body),
        Snapshot.objects.values_list("state", "translation", "rule_set__version").get(handoff=confirmed),
    )
    assert after == before
    assert after[1][2] == 1
