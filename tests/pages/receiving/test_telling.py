"""Telling the user: always a person's press, after a page that names who will see it."""

import json

import pytest

from escalation.models import Delivery, Entry
from tests.pages.posting import note

pytestmark = pytest.mark.django_db

SAYABLE = "We have found what causes the problem and are fixing it."


@pytest.fixture
def line(sent) -> Entry:
    return note(sent, "CORS policy misconfigured on gw-03", sayable=SAYABLE)


def address(sent, line) -> str:
    return f"/handoffs/{sent.pk}/lines/{line.sequence}/reply"


def replies(sent) -> list[dict]:
    rows = Delivery.objects.filter(handoff=sent, kind=Delivery.Kind.REPLY)
    return [json.loads(bytes(row.body)) for row in rows]


def test_the_page_says_who_will_see_it_and_looking_sends_nothing(page, sent, line):
    html = page.get(address(sent, line)).content.decode()

    assert "Priya Raman and everybody who is copied on" in html
    assert "public reply" in html
    assert SAYABLE in html
    assert replies(sent) == []


def test_what_is_sent_is_what_stood_on_the_page_edited_by_a_person(page, sent, line):
    page.post(address(sent, line), {"text": "It is fixed soon, Priya.", "after": "0"})

    assert replies(sent) == [{"text": "It is fixed soon, Priya.", "public": True}]
    owed = Delivery.objects.get(handoff=sent, kind=Delivery.Kind.REPLY)
    assert (owed.connection, owed.remote_id, owed.by.username) == (sent.route.source, "4711", "lena")


def test_a_double_press_tells_the_user_once(page, sent, line):
    for _ in range(2):
        page.post(address(sent, line), {"text": SAYABLE, "after": "0"})

    assert len(replies(sent)) == 1


def test_two_people_do_not_tell_the_user_at_once(browser_of, page, sent, line, teammate):
    browser_of(teammate).post(address(sent, line), {"text": "Nearly there.", "after": "0"})

    answer = page.post(address(sent, line), {"text": SAYABLE, "after": "0"})

    assert answer.status_code == 409
    assert "Amir has told the user something" in answer.content.decode()
    assert len(replies(sent)) == 1


@pytest.mark.parametrize("text", ["", "x" * 4001])
def test_nothing_and_too_much_are_refused(page, sent, line, text):
    assert page.post(address(sent, line), {"text": text, "after": "0"}).status_code == 422
    assert replies(sent) == []


def test_only_the_sending_team_talks_to_the_user(browser_of, sent, line, receiver, stranger):
    for person in (receiver, stranger):
        assert (
            browser_of(person).post(address(sent, line), {"text": SAYABLE, "after": "0"}).status_code == 404
        )
    assert "Send to the user" not in browser_of(receiver).get(f"/handoffs/{sent.pk}").content.decode()


def test_a_line_that_cannot_be_said_cannot_be_sent(page, sent):
    assert page.get(f"/handoffs/{sent.pk}/lines/1/reply").status_code == 404


def test_what_began_from_text_has_nobody_to_send_to(page, sent, line):
    sent.source_reference = ""
    sent.save()

    assert page.get(address(sent, line)).status_code == 404


def test_hostile_words_stay_words_on_the_page(page, sent):
    line = note(sent, "x", sayable='</textarea><script>alert("1")</script>')

    html = page.get(address(sent, line)).content.decode()
    assert "<script>alert" not in html
    assert "&lt;/textarea&gt;" in html


def test_the_log_says_what_the_user_was_told_when_and_by_whom(page, sent, line):
    page.post(f"/handoffs/{sent.pk}/lines/{line.sequence}/told")

    html = page.get(f"/handoffs/{sent.pk}").content.decode()
    assert "What the user was told" in html
    assert "Lena, " in html


def test_a_draft_in_the_users_language_is_offered_copied_and_sent(page, sent, line):
    Entry.objects.filter(pk=line.pk).update(
        details={"user_language": "German", "user_line": "Wir haben die Ursache gefunden."}
    )
    timeline = page.get(f"/handoffs/{sent.pk}").content.decode()
    reply = page.get(address(sent, line)).content.decode()
    page.post(f"/handoffs/{sent.pk}/lines/{line.sequence}/told?in=user")

    assert "Copy in German" in timeline
    assert "required>Wir haben die Ursache gefunden.</textarea>" in reply
    assert SAYABLE in reply  # what it says, for Level One
    assert Entry.objects.get(handoff=sent, kind=Entry.Kind.TOLD).sayable == "Wir haben die Ursache gefunden."
