"""A read-back that is not what was meant is corrected by its sender, in one line that both sides keep."""

import json

import pytest

from escalation.models import Delivery, Entry, Notice
from escalation.reception.accept import accept
from tests.builders import NOW

pytestmark = pytest.mark.django_db

WRONG, RIGHT = "Reset her password", "Find what changed at the gateway; her account is fine"


@pytest.fixture
def read_back(sent, receiver):
    """Accepted, and misunderstood."""
    return accept(handoff=sent, by=receiver, now=NOW, read_back=WRONG)


def correct(browser, handoff, words: str = RIGHT):
    return browser.post(f"/handoffs/{handoff.pk}/set-right", {"words": words}, follow=True)


def test_the_corrected_line_is_how_it_is_understood_and_both_stay_on_the_timeline(
    page, browser_of, receiver, read_back
):
    html = correct(page, read_back).content.decode()

    understood = html.partition("Understood as")[2].partition("</dd>")[0]
    timeline = html.partition('id="timeline"')[2]
    assert RIGHT in understood
    assert "set right how it was understood" in timeline
    assert WRONG in timeline
    assert RIGHT in browser_of(receiver).get(f"/handoffs/{read_back.pk}/intake").content.decode()


def test_the_receiver_is_told_here_and_in_its_record(page, receiver, author, read_back):
    correct(page, read_back)
    correct(page, read_back)  # a second press says nothing new

    note = Delivery.objects.get(handoff=read_back, kind=Delivery.Kind.NOTE)
    body = json.loads(bytes(note.body))
    assert (note.remote_id, body["public"]) == (read_back.remote_id, False)
    assert RIGHT in body["text"]
    assert Notice.objects.get(user=receiver, kind="word").text == RIGHT
    assert not Notice.objects.filter(user=author, text=RIGHT).exists()


def test_the_sender_is_offered_it_where_there_is_something_to_correct(page, browser_of, receiver, sent):
    before = page.get(f"/handoffs/{sent.pk}").content.decode()
    accept(handoff=sent, by=receiver, now=NOW, read_back=WRONG)

    assert "Not what you meant?" not in before
    assert "Not what you meant?" in page.get(f"/handoffs/{sent.pk}").content.decode()
    assert "Not what you meant?" not in browser_of(receiver).get(f"/handoffs/{sent.pk}").content.decode()


def test_nothing_said_changes_nothing(page, read_back):
    assert "Say in one line what you ask for." in correct(page, read_back, "  ").content.decode()
    assert Entry.objects.filter(handoff=read_back, kind=Entry.Kind.READ_BACK).count() == 0


def test_before_a_read_back_there_is_nothing_to_correct(page, sent):
    assert "Nobody has read the ask back yet." in correct(page, sent).content.decode()
