"""A receiver promises the next word on the card, and both sides see it and its breach."""

from datetime import timedelta

import pytest
from django.utils import timezone

from escalation.models import Entry, Handoff
from escalation.reception.silence import tell_silence

pytestmark = pytest.mark.django_db


def test_a_promise_on_the_card_stands_on_the_senders_page(browser_of, page, sent, receiver):
    two = browser_of(receiver)
    card = two.get(f"/handoffs/{sent.pk}/intake").content.decode()

    two.post(f"/handoffs/{sent.pk}/promise", {"by": "in 2 hours"})

    html = page.get(f"/handoffs/{sent.pk}").content.decode()
    assert "Next update by" in card
    assert "promised by the receiver" in html
    assert "Tomas promised the next update" in html


def test_what_cannot_be_promised_is_said_and_changes_nothing(browser_of, sent, receiver):
    answer = browser_of(receiver).post(f"/handoffs/{sent.pk}/promise", {"by": "<b>soon</b>"}, follow=True)

    assert "in a way a clock understands" in answer.content.decode()
    assert not Entry.objects.filter(handoff=sent, kind=Entry.Kind.PROMISED).exists()


def test_only_the_receiving_team_can_promise(browser_of, sent, author, stranger):
    pressed = {
        browser_of(person).post(f"/handoffs/{sent.pk}/promise", {"by": "17:00"}).status_code
        for person in (author, stranger)
    }

    assert pressed == {404}


def test_a_broken_promise_is_told_to_both_sides_and_leads_the_queue(browser_of, page, sent, receiver):
    Handoff.objects.filter(pk=sent.pk).update(update_due_at=timezone.now() - timedelta(hours=1))
    tell_silence(now=timezone.now())

    for browser in (page, browser_of(receiver)):
        assert "No word since the promise ran out" in browser.get(f"/handoffs/{sent.pk}").content.decode()
    assert "overdue" in browser_of(receiver).get("/queue").content.decode()


def test_the_card_of_an_ended_handoff_asks_for_no_promise(browser_of, sent, receiver):
    two = browser_of(receiver)
    two.post(f"/handoffs/{sent.pk}/resolve")

    assert "Next update by" not in two.get(f"/handoffs/{sent.pk}/intake").content.decode()
