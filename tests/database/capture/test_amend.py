"""A correction is a version of its own: the difference is sent, what was confirmed stays."""

from dataclasses import replace
from datetime import timedelta

import pytest

from escalation.capture.amend import NothingNew, begin, drop, outgoing, save, send
from escalation.capture.draft import Edit, state_of
from escalation.capture.holds import Held
from escalation.capture.submit import Changed
from escalation.capture.window import Stale
from escalation.knowledge.codec import from_json
from escalation.knowledge.state import Fact
from escalation.lifecycle.table import NotAllowedNow
from escalation.metrics.keep import catch_up
from escalation.models import Delivery, Entry, Measurement
from tests import builders
from tests.builders import NOW
from tests.pages.posting import confirmed

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(minutes=3)


@pytest.fixture
def sent(draft, agent):
    return confirmed(draft, by=agent)


@pytest.fixture
def corrected(sent, agent):
    """The browser was another one, VPN was checked after all, and the other apps are withdrawn."""
    opened = begin(handoff=sent, by=agent, now=NOW)
    state = from_json(opened.state)
    active, browser, _other, vpn = state.facts
    facts = (
        active,
        replace(browser, statement="Browser is supported (Edge 131)"),
        vpn,
        Fact(id="f9", statement="Fails on the phone as well"),
    )
    edit = Edit(state=replace(state, facts=facts), revision=0)
    saved = save(amendment=opened, edit=edit, by=agent, now=LATER)
    saved.handoff = sent
    return saved


def test_only_the_difference_is_sent_line_by_line(corrected):
    assert outgoing(corrected).text.splitlines()[:5] == [
        "CORRECTION 1 to what was handed off",
        "Validated facts:",
        "~ Browser is supported (Edge 131) (before: “Browser is supported (Chrome 131)”)",
        "+ Fails on the phone as well",
        "- no longer holds: “Other web apps load”",
    ]


def test_what_was_looked_at_is_owed_to_the_same_record_and_stands_on_the_timeline(corrected, agent):
    seen = outgoing(corrected)

    handoff = send(amendment=corrected, fingerprint=seen.fingerprint, by=agent, now=LATER)

    owed = Delivery.objects.get(handoff=handoff, kind=Delivery.Kind.NOTE)
    assert owed.remote_id == handoff.remote_id
    assert seen.text.splitlines()[1].encode() in bytes(owed.body)
    assert handoff.entries.latest("sequence").kind == Entry.Kind.AMENDED
    assert state_of(handoff).facts[1].statement == "Browser is supported (Edge 131)"


def test_what_was_confirmed_is_never_altered(corrected, agent):
    before = corrected.handoff.snapshot.state

    handoff = send(amendment=corrected, fingerprint=outgoing(corrected).fingerprint, by=agent, now=LATER)

    handoff.snapshot.refresh_from_db()
    assert handoff.snapshot.state == before


def test_a_second_correction_refers_to_the_first(corrected, agent):
    handoff = send(amendment=corrected, fingerprint=outgoing(corrected).fingerprint, by=agent, now=LATER)

    second = begin(handoff=handoff, by=agent, now=LATER)

    assert second.number == 2
    assert second.before_fingerprint != corrected.before_fingerprint
    assert outgoing(second).changes == ()


def test_a_correction_that_changed_since_the_look_is_not_sent(corrected, agent):
    with pytest.raises(Changed):
        send(amendment=corrected, fingerprint="0" * 64, by=agent, now=LATER)

    assert not Delivery.objects.filter(handoff=corrected.handoff, kind=Delivery.Kind.NOTE).exists()


def test_nothing_new_is_not_sent(sent, agent):
    opened = begin(handoff=sent, by=agent, now=NOW)

    with pytest.raises(NothingNew):
        send(amendment=opened, fingerprint=outgoing(opened).fingerprint, by=agent, now=LATER)


def test_a_secret_does_not_leave_by_a_correction(corrected, agent):
    state = from_json(corrected.state)
    word = "hunter2-" + "Winter26!"
    leaking = Edit(state=replace(state, ask=f"Log in with password: {word}"), revision=corrected.revision)
    handoff = corrected.handoff
    saved = save(amendment=corrected, edit=leaking, by=agent, now=LATER)
    saved.handoff = handoff

    seen = outgoing(saved).fingerprint

    with pytest.raises(Held):
        send(amendment=saved, fingerprint=seen, by=agent, now=LATER)
    handoff.route.target.external = True
    handoff.route.target.save()
    with pytest.raises(Held, match="never leave the company"):
        send(amendment=saved, fingerprint=seen, by=agent, now=LATER, reason="They asked for it")
    handoff.route.target.external = False
    handoff.route.target.save()
    sent = send(amendment=saved, fingerprint=seen, by=agent, now=LATER, reason="Ops log in as she does")

    line = sent.entries.latest("sequence")
    assert line.details["override"] == "Ops log in as she does"
    assert "because: Ops log in as she does" in line.text
    catch_up()
    assert Measurement.objects.get(handoff=sent).overridden is True


def test_a_save_from_an_older_page_overwrites_nothing(corrected, agent):
    with pytest.raises(Stale):
        save(
            amendment=corrected, edit=Edit(state=from_json(corrected.state), revision=0), by=agent, now=LATER
        )


def test_one_person_at_a_time_and_theirs_to_drop(corrected, agent):
    colleague = builders.person("amir", team=corrected.handoff.route.sender)
    with pytest.raises(NotAllowedNow, match="A colleague is writing"):
        begin(handoff=corrected.handoff, by=colleague, now=LATER)

    drop(amendment=corrected, by=agent)

    assert begin(handoff=corrected.handoff, by=colleague, now=LATER).number == 1


def test_nobody_corrects_what_is_over(sent, agent):
    sent.status = "resolved"
    sent.save()

    with pytest.raises(NotAllowedNow, match="is over"):
        begin(handoff=sent, by=agent, now=LATER)
