"""Three lines are enough to send; the rest is owed, by a time, and settled when it comes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from escalation.capture.amend import begin, save, send
from escalation.capture.amend import outgoing as leaving
from escalation.capture.draft import Edit, state_of
from escalation.capture.holds import Held
from escalation.capture.owed import tell_owed
from escalation.capture.urgent import send_now
from escalation.knowledge.codec import from_json, to_json
from escalation.knowledge.state import Business, Diagnostic, Fact, KnowledgeState
from escalation.knowledge.words import Level, Origin
from escalation.models import Delivery, Entry, Handoff, Lane, Notice
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db

THREE = KnowledgeState(
    summary="Tills in Zaragoza take no cards",
    ask="Get card payments going again",
    business=(Business(id="b1", affected="All 40 tills in Zaragoza, since 9:10"),),
    diagnostics=(Diagnostic(id="g1", check="Terminal says 91", origin=Origin.FOUND),),
)


@pytest.fixture
def urgent(draft, agent):
    """Three lines, sent; a suggestion that nobody looked at stayed behind."""
    hurried = builders.handoff(route=draft.route, author=agent, state=THREE)
    return send_now(handoff=hurried, by=agent, now=NOW)


def test_three_lines_leave_at_once_and_are_marked_urgent(urgent):
    first = state_of(urgent).business[0]

    assert urgent.status == "queued"
    assert urgent.lane == Lane.URGENT
    assert (first.affected_count, first.urgency) == (40, Level.HIGH)
    assert state_of(urgent).diagnostics == ()


def test_the_rest_is_owed_within_the_routes_minutes(urgent):
    assert urgent.owed == ["facts", "diagnostics", "remediation", "availability"]
    assert urgent.owed_due_at == NOW + timedelta(minutes=30)


def test_the_receivers_tool_is_told_what_is_still_to_come(urgent):
    told = Delivery.objects.get(handoff=urgent, kind=Delivery.Kind.NOTE)

    assert b"URGENT LANE" in bytes(told.body)
    assert b"Diagnostic results" in bytes(told.body)
    assert told.position > Delivery.objects.get(handoff=urgent, kind=Delivery.Kind.CREATE).position


@pytest.mark.parametrize("missing", ["summary", "ask", "business"])
def test_each_of_the_three_is_asked_for(draft, agent, missing):
    empty = {"summary": "", "ask": "", "business": ()}
    state = from_json({**to_json(THREE), missing: empty[missing]})
    hurried = builders.handoff(route=draft.route, author=agent, state=state)

    with pytest.raises(Held):
        send_now(handoff=hurried, by=agent, now=NOW)

    hurried.refresh_from_db()
    assert (hurried.status, hurried.lane) == ("draft", "standard")


@pytest.mark.parametrize(
    ("words", "count"),
    [("about 12 users", 12), ("everybody since 9:10", None), ("since 9 am, 3 shops", 3), ("INC-4711", None)],
)
def test_the_number_of_people_is_read_and_a_time_is_none(draft, agent, words, count):
    state = KnowledgeState(summary="s", ask="a", business=(Business(id="b", affected=words),))

    sent = send_now(handoff=builders.handoff(route=draft.route, author=agent, state=state), by=agent, now=NOW)

    assert state_of(sent).business[0].affected_count == count


def test_what_is_supplied_goes_on_where_the_form_was_left_and_settles_what_was_owed(urgent, agent):
    opened = begin(handoff=urgent, by=agent, now=NOW)
    state = from_json(opened.state)
    assert [each.id for each in state.diagnostics] == ["g1"]
    filled = _filled(state)
    later = NOW + timedelta(minutes=5)
    saved = save(amendment=opened, edit=Edit(state=filled, revision=0), by=agent, now=later)
    saved.handoff = Handoff.objects.select_related("route").get(pk=urgent.pk)

    sent = send(amendment=saved, fingerprint=leaving(saved).fingerprint, by=agent, now=later)

    assert sent.owed == ["remediation", "availability"]
    assert sent.owed_due_at is not None
    line = sent.entries.latest("sequence")
    assert line.kind == Entry.Kind.AMENDED
    assert line.text.startswith("SUPPLEMENT 1 to what was handed off")
    assert "+ Terminal says 91" in line.text


def _filled(state: KnowledgeState) -> KnowledgeState:
    seen = Diagnostic(id="g1", check="Terminal says 91", origin=Origin.CONFIRMED)
    fact = Fact(id="f1", statement="Cash works")
    return replace(state, diagnostics=(seen,), facts=(fact,))


def test_the_author_is_told_once_when_the_clock_runs_out(urgent, agent):
    due = urgent.owed_due_at
    assert tell_owed(now=due - timedelta(seconds=1)) == 0
    assert not Notice.objects.filter(cause__startswith="owed:").exists()

    for minute in (1, 2, 3):
        assert tell_owed(now=due + timedelta(minutes=minute)) == 1

    told = Notice.objects.get(cause__startswith="owed:")
    assert (told.user, told.handoff, told.kind) == (agent, urgent, "silent")
    assert "Tills in Zaragoza" in told.title
    assert "Diagnostic results" in told.text


def test_nobody_is_told_of_a_rest_that_came_or_of_a_handoff_that_ended(urgent):
    late = urgent.owed_due_at + timedelta(minutes=5)
    Handoff.objects.filter(pk=urgent.pk).update(status="resolved")
    assert tell_owed(now=late) == 0

    Handoff.objects.filter(pk=urgent.pk).update(status="delivered", owed=[], owed_due_at=None)
    assert tell_owed(now=late) == 0


def test_after_a_long_stop_nobody_is_told_of_an_old_debt(urgent):
    assert tell_owed(now=urgent.owed_due_at + timedelta(days=2)) == 0
