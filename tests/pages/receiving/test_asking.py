"""The card asks for one thing; Level One answers that thing on the page where the news are."""

import pytest

from escalation.models import ItemMark, Question, Verdict
from tests.pages.posting import fields_in

pytestmark = pytest.mark.django_db

HOSTILE = "<script>alert(1)</script> Which gateway?"


def asked(browser, sent, **changes) -> Question:
    browser.post(f"/handoffs/{sent.pk}/ask", {"about": "item:d1", "question": "Which line?"} | changes)
    return Question.objects.get(handoff=sent)


def test_a_question_is_answered_where_the_news_are(browser_of, page, sent, receiver):
    two = browser_of(receiver)
    question = asked(two, sent)
    before = page.get(f"/handoffs/{sent.pk}").content.decode()

    page.post(f"/handoffs/{sent.pk}/questions/{question.pk}/answer", {"answer": "The third one"})

    card = two.get(f"/handoffs/{sent.pk}/intake").content.decode()
    assert "Asked back" in before
    assert "Answer this one thing" in before
    assert "The third one" in card
    assert "Answer this one thing" not in page.get(f"/handoffs/{sent.pk}").content.decode()
    sent.refresh_from_db()
    assert sent.status != "bounced"


def test_the_receiver_is_not_offered_its_own_question_to_answer(browser_of, sent, receiver):
    two = browser_of(receiver)
    question = asked(two, sent)

    assert "Answer this one thing" not in two.get(f"/handoffs/{sent.pk}").content.decode()
    assert two.post(f"/handoffs/{sent.pk}/questions/{question.pk}/answer", {"answer": "x"}).status_code == 404


def test_strangers_and_the_sender_cannot_ask_mark_or_judge(browser_of, sent, author, stranger):
    presses = ("ask", "mark", "learned", "read-back")
    answers = {
        browser_of(person).post(f"/handoffs/{sent.pk}/{press}", {"question": "Why?"}).status_code
        for person in (author, stranger)
        for press in presses
    }

    assert answers == {404}
    assert not Question.objects.exists()


def test_a_question_of_another_handoff_is_not_found(browser_of, page, sent, receiver, draft):
    question = asked(browser_of(receiver), sent)

    assert (
        page.post(f"/handoffs/{draft.pk}/questions/{question.pk + 1}/answer", {"answer": "x"}).status_code
        == 404
    )


def test_words_of_a_question_are_never_markup(browser_of, page, sent, receiver):
    asked(browser_of(receiver), sent, question=HOSTILE, about="")

    for browser, address in ((page, ""), (browser_of(receiver), "/intake")):
        html = browser.get(f"/handoffs/{sent.pk}{address}").content.decode()
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert" in html


def test_one_press_marks_a_line_and_the_sender_sees_its_worth(browser_of, page, sent, receiver):
    two = browser_of(receiver)
    for _ in range(2):
        two.post(f"/handoffs/{sent.pk}/mark", {"item": "h1", "mark": "decisive:on"})

    assert ItemMark.objects.count() == 1
    assert 'aria-pressed="true"' in two.get(f"/handoffs/{sent.pk}/intake").content.decode()
    assert "What your lines were worth" in page.get(f"/handoffs/{sent.pk}").content.decode()
    two.post(f"/handoffs/{sent.pk}/mark", {"item": "h1", "mark": "decisive:off"})
    assert not ItemMark.objects.exists()


def test_an_unknown_mark_is_refused_in_words(browser_of, sent, receiver):
    answer = browser_of(receiver).post(
        f"/handoffs/{sent.pk}/mark", {"item": "h1", "mark": "lovely:on"}, follow=True
    )

    assert "There is no such mark." in answer.content.decode()


def test_cause_fix_and_the_guess_come_back_to_the_sender(browser_of, page, sent, receiver):
    browser_of(receiver).post(
        f"/handoffs/{sent.pk}/resolve",
        {"cause": "CORS policy", "fix": "Origin added", "guess": "right", "level_one_could": "on"},
    )

    html = page.get(f"/handoffs/{sent.pk}").content.decode()
    assert "What it was" in html
    assert "<dd>CORS policy</dd>" in html
    assert "<dd>Right</dd>" in html
    assert "<dd>Level One could have done this</dd>" in html


def test_what_the_tool_resolved_is_explained_on_the_card(browser_of, page, sent, receiver):
    two = browser_of(receiver)
    two.post(f"/handoffs/{sent.pk}/resolve")
    assert "Tell Level One what it was" in two.get(f"/handoffs/{sent.pk}/intake").content.decode()

    two.post(f"/handoffs/{sent.pk}/learned", {"cause": "Expired certificate", "guess": "nonsense"})

    assert Verdict.objects.get(handoff=sent).guess == ""
    assert "<dd>Expired certificate</dd>" in page.get(f"/handoffs/{sent.pk}").content.decode()


def test_the_form_to_ask_starts_with_the_line_it_was_opened_from(browser_of, sent, receiver):
    html = browser_of(receiver).get(f"/handoffs/{sent.pk}/intake?about=d1").content.decode()

    assert '<option value="item:d1" selected>' in html
    assert "question" in fields_in(html, form_id="ask-back")
