"""A team is asked first with all that is known; nothing is handed over until somebody presses for it."""

import pytest

from escalation.capture.draft import state_of
from escalation.knowledge.words import Standing
from escalation.models import Consult, Delivery, Entry, Notice

pytestmark = pytest.mark.django_db

QUESTION = "Did last weekend's change touch the CORS policy?"


@pytest.fixture
def two(browser_of, receiver):
    return browser_of(receiver)


@pytest.fixture
def asked(page, draft, receiver) -> Consult:
    page.post(f"/handoffs/{draft.pk}/consult", {"team": draft.route.receiver_id, "question": QUESTION})
    return Consult.objects.get()


def answer(two, asked, text: str = "Yes. Roll it back?"):
    return two.post(f"/consults/{asked.pk}/answer", {"answer": text}, follow=True)


def test_the_team_sees_the_question_with_the_card_and_answers_it(page, two, draft, asked, receiver):
    queue = two.get("/queue").content.decode()
    card = two.get(f"/consults/{asked.pk}").content.decode()
    answer(two, asked)

    assert "Asked first" in queue
    assert "ERR_FAILED" in card
    assert "What a handoff would ask" in card
    assert "Yes. Roll it back?" in page.get(f"/consults/{asked.pk}").content.decode()
    assert set(Notice.objects.values_list("user__username", "kind")) == {
        ("tomas", "asked"),
        ("lena", "answered"),
    }
    draft.refresh_from_db()
    assert draft.status == "draft"
    assert not Delivery.objects.exists()


def test_one_press_makes_it_a_handoff_with_the_answer_as_a_reported_line(page, two, draft, asked):
    answer(two, asked)
    before = state_of(draft)

    response = page.post(f"/consults/{asked.pk}/hand-over")
    page.post(f"/consults/{asked.pk}/hand-over")

    draft.refresh_from_db()
    after = state_of(draft)
    assert response["Location"] == f"/handoffs/{draft.pk}/review"
    assert after.facts[:-1] == before.facts
    assert "Yes. Roll it back?" in after.facts[-1].statement
    assert after.facts[-1].standing is Standing.REPORTED
    assert after.facts[-1].evidence[0].author == "Tomas"
    assert Consult.objects.get().outcome == "escalated"


def test_what_is_solved_by_the_answer_is_put_aside_and_counted_apart(page, two, draft, asked):
    answer(two, asked)

    page.post(f"/consults/{asked.pk}/settle")

    draft.refresh_from_db()
    assert draft.status == "discarded"
    html = two.get("/queue").content.decode()
    assert "Asked first in 30 days: 1 · answered 1 · solved so 1 · became handoffs 0" in html
    assert not Entry.objects.filter(kind=Entry.Kind.ASKED).exists()


def test_the_same_question_twice_is_one_and_another_waits_its_turn(page, draft, asked):
    address, team = f"/handoffs/{draft.pk}/consult", draft.route.receiver_id
    page.post(address, {"team": team, "question": QUESTION})
    other = page.post(address, {"team": team, "question": "And the certificate?"})

    assert Consult.objects.count() == 1
    assert other.status_code == 422
    assert "has not answered your first question yet" in other.content.decode()


def test_a_second_answer_does_not_replace_the_first_unseen(two, asked):
    answer(two, asked)

    assert "has answered this already" in answer(two, asked, "No.").content.decode()
    assert Consult.objects.get().answer == "Yes. Roll it back?"


def test_a_question_that_is_over_takes_no_answer(page, two, asked):
    page.post(f"/consults/{asked.pk}/settle")

    assert "This question is over" in answer(two, asked).content.decode()


def test_only_who_asked_and_the_team_that_was_asked_see_it(browser_of, page, two, asked, teammate):
    assert browser_of(teammate).get(f"/consults/{asked.pk}").status_code == 404
    assert page.post(f"/consults/{asked.pk}/answer", {"answer": "Myself"}).status_code == 404
    assert two.post(f"/consults/{asked.pk}/hand-over").status_code == 404
    assert two.post(f"/consults/{asked.pk}/settle").status_code == 404


def test_a_secret_in_the_draft_does_not_reach_the_team(page, two, draft, asked):
    draft.refresh_from_db()
    draft.state["facts"][0]["statement"] = "password=Tr0ub4dor&3 works"
    draft.save()
    page.post(f"/consults/{asked.pk}/settle")
    page.post(f"/handoffs/{draft.pk}/restore")

    page.post(f"/handoffs/{draft.pk}/consult", {"team": draft.route.receiver_id, "question": "This one?"})

    latest = Consult.objects.latest("pk")
    assert latest.pk != asked.pk
    assert "Tr0ub4dor" not in str(latest.state)
    assert "Tr0ub4dor" not in two.get(f"/consults/{latest.pk}").content.decode()


def test_nothing_asked_is_said(page, draft):
    answer = page.post(f"/handoffs/{draft.pk}/consult", {"team": draft.route.receiver_id, "question": " "})

    assert answer.status_code == 422
    assert "Write the question first." in answer.content.decode()
    assert not Consult.objects.exists()


def test_a_team_one_never_hands_off_to_cannot_be_asked(page, draft):
    assert (
        page.post(
            f"/handoffs/{draft.pk}/consult", {"team": draft.route.sender_id, "question": "?"}
        ).status_code
        == 422
    )
