"""The urgent lane on the page, the seconds after sending, and the correction that follows."""

import re

import pytest

from escalation.knowledge.state import Business, KnowledgeState
from escalation.models import Amendment, Delivery, Handoff
from tests import builders
from tests.pages.posting import fields_in, fields_of, press

pytestmark = pytest.mark.django_db

THREE = KnowledgeState(
    summary="Tills in Zaragoza take no cards",
    ask="Get card payments going again",
    business=(Business(id="b1", affected="All 40 tills in Zaragoza, since 9:10"),),
)


@pytest.fixture
def hurried(desk_to_ops, author):
    desk_to_ops.recall_seconds = 30
    desk_to_ops.save()
    return builders.handoff(route=desk_to_ops, author=author, state=THREE)


def send_now(page, handoff) -> str:
    answer = press(page, handoff, "send_now")
    assert answer["Location"] == f"/handoffs/{handoff.pk}"
    return page.get(answer["Location"]).content.decode()


def test_the_lane_folds_the_form_to_three_lines_and_back(page, draft):
    press(page, draft, "lane:urgent", summary="Dashboard is down for Finance")
    html = page.get(f"/handoffs/{draft.pk}/edit").content.decode()

    assert "three lines, then send" in html
    assert 'value="send_now"' in html
    assert html.index("part-business") < html.index("part-facts")
    assert fields_of(page, draft)["summary"] == "Dashboard is down for Finance"

    press(page, draft, "lane:standard")
    assert 'value="review"' in page.get(f"/handoffs/{draft.pk}/edit").content.decode()


def test_the_page_says_how_long_it_can_be_called_back(page, hurried):
    html = send_now(page, hurried)

    assert re.search(r"It leaves in <strong data-left>(29|30)</strong>", html)
    assert "You owe Validated facts" in html


def test_called_back_the_form_opens_with_everything(page, hurried):
    send_now(page, hurried)

    answer = page.post(f"/handoffs/{hurried.pk}/recall")

    assert answer["Location"] == f"/handoffs/{hurried.pk}/edit"
    assert fields_of(page, hurried)["ask"] == THREE.ask
    assert not Delivery.objects.filter(handoff=hurried).exists()


def test_let_go_it_can_no_longer_be_called_back(page, hurried):
    send_now(page, hurried)
    page.post(f"/handoffs/{hurried.pk}/release")

    answer = page.post(f"/handoffs/{hurried.pk}/recall", follow=True)

    assert "It has left already" in answer.content.decode()


def test_a_line_that_is_missing_is_named_and_nothing_is_lost(page, hurried):
    answer = press(page, hurried, "send_now", ask="")

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Saved, and not sent yet" in html
    assert "Say what you need back." in html
    hurried.refresh_from_db()
    assert hurried.status == "draft"


def test_the_receiver_sees_the_clock(page, hurried, browser_of, receiver):
    send_now(page, hurried)

    card = browser_of(receiver).get(f"/handoffs/{hurried.pk}/intake").content.decode()

    assert "sent before it was complete" in card
    assert re.search(r"in (29|30) min", card)


def test_a_stranger_and_a_receiver_can_neither_recall_nor_correct(
    page, hurried, browser_of, receiver, stranger
):
    send_now(page, hurried)

    for somebody in (receiver, stranger):
        for what in ("recall", "release", "amend"):
            assert browser_of(somebody).post(f"/handoffs/{hurried.pk}/{what}").status_code == 404


def amendment_of(page, sent: Handoff) -> str:
    address = page.post(f"/handoffs/{sent.pk}/amend")["Location"]
    assert address == f"/handoffs/{sent.pk}/amendments/1"
    return address


def test_a_correction_shows_what_it_will_send_and_sends_exactly_that(page, sent):
    address = amendment_of(page, sent)
    fields = fields_in(page.get(address).content.decode())
    saved = page.post(f"{address}/save", fields | {"facts-0-statement": "Account was locked"})
    assert "~ Account was locked" in saved.content.decode()

    fields = fields_in(page.get(address).content.decode())
    answer = page.post(address, fields | {"do": "send"}, follow=True)

    html = answer.content.decode()
    assert "marked as correction 1" in html
    assert "sent a correction 1" in html
    assert "~ Account was locked" in html
    sent.refresh_from_db()
    assert sent.state["facts"][0]["statement"] == "Account was locked"


def test_a_correction_can_be_given_up_and_nothing_was_sent(page, sent):
    address = amendment_of(page, sent)

    page.post(address, fields_in(page.get(address).content.decode()) | {"do": "drop"})

    assert not Amendment.objects.filter(handoff=sent).exists()
    assert not Delivery.objects.filter(handoff=sent, kind=Delivery.Kind.NOTE).exists()


def test_two_windows_of_one_correction_overwrite_nothing(page, sent):
    address = amendment_of(page, sent)
    fields = fields_in(page.get(address).content.decode())
    page.post(f"{address}/save", fields | {"summary": "One"})

    answer = page.post(f"{address}/save", fields | {"summary": "Two"})

    assert answer.status_code == 409
    assert "Keep mine, replace the other" in answer.content.decode()


def test_the_receiver_sees_that_it_was_amended(page, sent, browser_of, receiver):
    address = amendment_of(page, sent)
    fields = fields_in(page.get(address).content.decode()) | {"ask": "Roll the gateway back"}
    page.post(f"{address}/save", fields)
    fields = fields_in(page.get(address).content.decode())
    page.post(address, fields | {"do": "send"})

    card = browser_of(receiver).get(f"/handoffs/{sent.pk}/intake").content.decode()

    assert "Reads as amended" in card
    assert "Roll the gateway back" in card
