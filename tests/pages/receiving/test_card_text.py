"""The card as plain text holds what the card holds, and looking at it marks nothing."""

import pytest

from escalation.models import Entry

pytestmark = pytest.mark.django_db


def test_it_reads_in_the_order_an_engineer_asks(browser_of, sent, receiver):
    answer = browser_of(receiver).get(f"/handoffs/{sent.pk}/intake.txt")

    text = answer.content.decode()
    order = ["ASKED OF YOU", "BELIEVED, UNPROVEN", "PROVEN", "TRIED", "IMPACT", "DEADLINE", "REACH THE USER"]
    assert answer["Content-Type"].startswith("text/plain")
    assert [text.index(each) for each in order] == sorted(text.index(each) for each in order)
    assert "- Cleared cache and cookies [No change]" in text
    assert not Entry.objects.filter(handoff=sent, kind=Entry.Kind.SEEN).exists()


def test_its_signs_are_themselves_and_a_stranger_gets_none(browser_of, sent, receiver, stranger):
    sent.state["ask"] = "Is <b>5 > 3</b> & why?"
    sent.save()

    assert (
        "Is <b>5 > 3</b> & why?"
        in browser_of(receiver).get(f"/handoffs/{sent.pk}/intake.txt").content.decode()
    )
    assert browser_of(stranger).get(f"/handoffs/{sent.pk}/intake.txt").status_code == 404
