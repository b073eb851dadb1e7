"""A secret is masked with one press, and leaves only where somebody says why."""

import re
from dataclasses import replace

import pytest

from escalation.capture.draft import state_of
from escalation.knowledge.codec import to_json
from escalation.knowledge.state import Evidence, Fact, KnowledgeState, Moment
from escalation.models import Delivery, Entry, Handoff
from tests.pages.posting import fields_of, press

pytestmark = pytest.mark.django_db

SECRET = "hunter2-" + "Winter26!"
LINE = f"She logs in with password: {SECRET}"


def stored(handoff: Handoff) -> KnowledgeState:
    return state_of(Handoff.objects.get(pk=handoff.pk))


def keep(handoff: Handoff, state: KnowledgeState) -> None:
    handoff.state = to_json(state)
    handoff.save()


@pytest.fixture
def leaking(draft: Handoff) -> Handoff:
    """The scene with a password in a fact and in its quote."""
    fact = Fact(id="p1", statement=LINE, evidence=(Evidence(quote=LINE),))
    keep(draft, replace(state_of(draft), facts=(*state_of(draft).facts, fact)))
    return draft


def send(page, handoff: Handoff, **fields: str):
    html = page.get(f"/handoffs/{handoff.pk}/review").content.decode()
    fingerprint = re.search(r'name="fingerprint" value="([0-9a-f]{64})"', html)
    assert fingerprint
    return page.post(f"/handoffs/{handoff.pk}/review", {"fingerprint": fingerprint[1]} | fields)


def test_the_form_offers_the_press_and_the_press_takes_the_secret_out_of_line_and_quote(page, leaking):
    html = page.get(f"/handoffs/{leaking.pk}/edit").content.decode()
    assert 'name="do" value="mask:facts:p1"' in html

    press(page, leaking, "mask:facts:p1")

    fact = stored(leaking).find("p1")
    assert isinstance(fact, Fact)
    assert "redacted" in fact.statement
    assert SECRET not in str(to_json(stored(leaking)))
    assert len(stored(leaking).facts) == 5
    assert "mask:facts:p1" not in page.get(f"/handoffs/{leaking.pk}/edit").content.decode()


def test_a_secret_in_summary_or_ask_is_masked_too(page, draft):
    keep(draft, replace(state_of(draft), ask=LINE))
    assert 'value="mask:head:"' in page.get(f"/handoffs/{draft.pk}/edit").content.decode()

    press(page, draft, "mask:head:")

    assert SECRET not in stored(draft).ask
    assert stored(draft).summary == state_of(draft).summary


def test_a_secret_in_the_words_of_a_time_is_found_as_well(page, draft):
    check = replace(state_of(draft).diagnostics[0], when=Moment(words=f"password: {SECRET}"))
    keep(draft, replace(state_of(draft), diagnostics=(check,)))

    press(page, draft, "mask:diagnostics:d1")

    assert SECRET not in str(to_json(stored(draft)))


@pytest.mark.parametrize("do", ["mask:facts:nobody", "mask:kitchen:p1", "mask:diagnostics:p1"])
def test_a_press_for_a_line_that_is_not_there_changes_nothing(page, leaking, do):
    before = stored(leaking)

    press(page, leaking, do)

    assert stored(leaking) == before


def test_masking_saves_what_was_typed_in_the_same_press(page, leaking):
    press(page, leaking, "mask:facts:p1", ask="Tell us who changed it")

    assert stored(leaking).ask == "Tell us who changed it"


def test_a_secret_is_not_sent_without_a_reason(page, leaking):
    answer = send(page, leaking)

    assert answer.status_code == 422
    assert "say why it has to be sent" in answer.content.decode()
    assert not Delivery.objects.filter(handoff=leaking).exists()


def test_a_reason_sends_it_and_stays_on_the_timeline_without_a_secret_of_its_own(page, leaking):
    send(page, leaking, reason=f"Ops must log in as she does, {LINE}")

    line = Entry.objects.get(handoff=leaking, kind=Entry.Kind.CONFIRMED)
    assert Delivery.objects.filter(handoff=leaking).exists()
    assert line.details["override"].startswith("Ops must log in as she does")
    assert line.details["items"] == ["p1"]
    assert "Ops must log in as she does" in line.text
    assert SECRET not in line.text + str(line.details)


def test_on_the_urgent_lane_a_reason_is_asked_for_and_sends_it(page, leaking):
    press(page, leaking, "lane:urgent")

    refused = press(page, leaking, "send_now").content.decode()
    sent = press(page, leaking, "send_now", reason="They must log in as she does")

    assert 'name="reason"' in refused
    assert sent["Location"] == f"/handoffs/{leaking.pk}"
    line = Entry.objects.get(handoff=leaking, kind=Entry.Kind.CONFIRMED)
    assert line.details["past"] == ["something private"]


def test_no_reason_sends_a_secret_to_people_outside(page, leaking):
    leaking.route.target.external = True
    leaking.route.target.save()

    answer = send(page, leaking, reason="They asked for it")

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Secrets never leave the company" in html
    assert 'name="reason"' not in html
    assert not Delivery.objects.filter(handoff=leaking).exists()


def test_outside_takes_it_once_it_is_masked(page, leaking):
    leaking.route.target.external = True
    leaking.route.target.save()
    press(page, leaking, "mask:facts:p1")

    send(page, leaking)

    owed = Delivery.objects.get(handoff=leaking)
    assert SECRET.encode() not in bytes(owed.body)


def test_a_handoff_without_secrets_is_asked_for_no_reason(page, draft):
    assert 'name="reason"' not in page.get(f"/handoffs/{draft.pk}/review").content.decode()
    assert fields_of(page, draft)["ask"] == state_of(draft).ask

    assert send(page, draft)["Location"] == f"/handoffs/{draft.pk}"


def test_the_record_of_people_outside_shows_where_a_secret_is_masked(page, draft):
    word = "Winter" + "-2026-" + "Schnee"
    press(page, draft, "save", facts__0__statement=f"Signed in, password: {word}")
    inside = page.get(f"/handoffs/{draft.pk}/edit").content.decode()
    target = draft.route.target
    target.external = True
    target.save()

    outside = page.get(f"/handoffs/{draft.pk}/edit").content.decode()

    def record(html: str) -> str:
        """What the fields say; the chips beside them show the author's own lines."""
        return " ".join(re.findall(r'<div class="value".*?</div>', html, re.DOTALL))

    assert word in record(inside)
    assert word not in record(outside)
    assert '<span class="masked">‹redacted: password›</span>' in record(outside)
    assert "A secret is masked" in outside
    # The form still holds what was typed: it is masked there by a press, and not sent before.
    assert word in outside
