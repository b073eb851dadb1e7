"""Either side opens an ended handoff again with one line; a stranger does not."""

import pytest

from escalation.models import Entry

pytestmark = pytest.mark.django_db


def test_the_sender_opens_it_again_from_the_page(page, browser_of, sent, receiver):
    browser_of(receiver).post(f"/handoffs/{sent.pk}/resolve")
    ended = page.get(f"/handoffs/{sent.pk}").content.decode()

    page.post(f"/handoffs/{sent.pk}/reopen", {"why": "The dashboard is empty now"})

    sent.refresh_from_db()
    assert "Not fixed?" in ended
    assert sent.status == "diagnosing"
    html = page.get(f"/handoffs/{sent.pk}").content.decode()
    assert "The dashboard is empty now" in html
    assert "Not fixed?" not in html


def test_a_stranger_cannot_and_nothing_said_is_said(page, browser_of, sent, receiver, stranger):
    browser_of(receiver).post(f"/handoffs/{sent.pk}/resolve")

    answer = page.post(f"/handoffs/{sent.pk}/reopen", {"why": " "}, follow=True)

    assert "Say in one line why it is not over." in answer.content.decode()
    assert browser_of(stranger).post(f"/handoffs/{sent.pk}/reopen", {"why": "x"}).status_code == 404
    assert not Entry.objects.filter(kind=Entry.Kind.REOPENED).exists()
