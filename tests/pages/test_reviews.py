"""Reading again: the rubric beside the card, words to the author alone, and examples for all."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from escalation.metrics.keep import catch_up
from escalation.models import GoodExample, Membership, Notice, Review, ReviewSample, Route
from escalation.models.answer import ItemMark, Verdict
from tests import builders
from tests.pages.posting import confirmed

Role = Membership.Role
ANSWERS = {"ask_clear": "2", "traceable": "1", "start_here": "0", "comment": "", "why": ""}
WORDS = "Say which <site>: it would have saved the question."


@pytest.fixture
def ines(desk_to_ops: Route) -> User:
    return builders.person("ines", team=desk_to_ops.sender, role=Role.LEAD)


@pytest.fixture
def lead(browser_of, ines) -> Client:
    return browser_of(ines)


def test_what_waits_is_drawn_and_can_be_read(lead, desk_to_ops, author):
    last = timezone.now() - timedelta(days=7 + timezone.now().weekday())
    old = builders.handoff(route=desk_to_ops, author=author, status="resolved", confirmed_at=last)
    catch_up()

    html = lead.get("/reviews").content.decode()

    assert ReviewSample.objects.get().handoff == old
    assert f'href="/reviews/{old.pk}"' in html
    assert "Drawn by chance" in html
    assert "Nobody has reviewed anything on these routes in ninety days" in html


def test_an_empty_queue_says_when_the_next_is_drawn(lead):
    assert "Nothing waits. On Monday" in lead.get("/reviews").content.decode()


def test_beside_each_question_stands_what_the_receiver_did(lead, browser_of, sent, receiver):
    now = timezone.now()
    browser_of(receiver).post(f"/handoffs/{sent.pk}/ask", {"question": "Which site?"})
    for item, kind in (("f2", "wrong"), ("d1", "decisive"), ("r1", "redone")):
        ItemMark.objects.create(handoff=sent, item_id=item, kind=kind, by=receiver, at=now)
    Verdict.objects.create(handoff=sent, guess="right", level_one_could=True, by=receiver, at=now)

    html = lead.get(f"/reviews/{sent.pk}").content.decode()

    for line in (
        "Asked back: “Which site?”",
        "2 of 5 facts and checks say how they are known",
        "Marked as wrong: Browser is supported (Chrome 131)",
        "Marked as decisive: Browser console",
        "Done again: Cleared cache and cookies",
        "Hypothesis: right",
        "Could Level One have done it?",
        "Find what changed for finance-dash.example.com",  # the card stands beside the rubric
    ):
        assert line in html, line


def test_answers_are_kept_with_the_time_they_took_and_can_be_changed(lead, sent, ines):
    opened = int(timezone.now().timestamp()) - 75
    answer = lead.post(f"/reviews/{sent.pk}", ANSWERS | {"opened": str(opened)})
    lead.post(f"/reviews/{sent.pk}", ANSWERS | {"ask_clear": "1", "opened": "not a time"})

    assert answer["Location"] == "/reviews"
    review = Review.objects.get()
    assert (review.reviewer, review.ask_clear, review.traceable, review.start_here) == (ines, 1, 1, 0)
    assert review.seconds == 3600  # nothing known of when it was opened: the most that is counted
    assert 'value="1" required checked' in lead.get(f"/reviews/{sent.pk}").content.decode()


def test_the_time_from_opening_to_keeping_is_counted(lead, sent):
    lead.post(f"/reviews/{sent.pk}", ANSWERS | {"opened": str(int(timezone.now().timestamp()) - 75)})

    assert 75 <= Review.objects.get().seconds < 90
    assert " s each in the median" in lead.get("/reviews").content.decode()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"start_here": ""}, "Choose one."),
        ({"ask_clear": "3"}, "Choose one."),
        ({"comment": "x" * 501}, "at most 500 characters"),
        ({"example": "on"}, "Say in a line what is good about it."),
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_typed_is_lost(lead, sent, change, said):
    answer = lead.post(f"/reviews/{sent.pk}", ANSWERS | {"traceable": "1", "opened": "17"} | change)

    html = answer.content.decode()
    assert answer.status_code == 422
    assert said in html
    assert 'name="traceable" value="1" required checked' in html
    assert 'name="opened" value="17"' in html
    assert not Review.objects.exists()


def test_the_author_is_told_the_words_and_no_answer(lead, page, sent, author):
    lead.post(f"/reviews/{sent.pk}", ANSWERS | {"comment": WORDS})

    notice = Notice.objects.get(user=author, kind="coached")
    assert notice.text == WORDS
    page.get(f"/handoffs/{sent.pk}")  # what stands elsewhere is not read by looking at the timeline
    notice.refresh_from_db()
    assert notice.read_at is None
    html = page.get("/reviews/words-for-me").content.decode()
    assert "Say which &lt;site&gt;" in html
    assert "Ines" in html
    assert "Partly" not in html
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_nobody_else_reads_words_that_are_for_the_author(lead, browser_of, sent, teammate, receiver):
    lead.post(f"/reviews/{sent.pk}", ANSWERS | {"comment": WORDS})

    for each in (teammate, receiver):
        assert "Say which" not in browser_of(each).get("/reviews/words-for-me").content.decode()
        assert not Notice.objects.filter(user=each, kind="coached").exists()
    assert "Say which" not in lead.get("/reviews").content.decode()


def test_another_reader_does_not_see_the_answers_before_giving_their_own(lead, browser_of, sent, desk_to_ops):
    lead.post(f"/reviews/{sent.pk}", ANSWERS | {"comment": WORDS})
    other = browser_of(builders.person("omar", team=desk_to_ops.sender, role=Role.LEAD))

    html = other.get(f"/reviews/{sent.pk}").content.decode()

    assert "1 other read it" in html
    assert " checked>" not in html
    assert "Say which" not in html


def test_nobody_judges_their_own_handoff(browser_of, desk_to_ops, author, sent):
    Membership.objects.create(user=author, team=desk_to_ops.sender, role=Role.LEAD)
    own = browser_of(author)

    assert "This handoff is your own" in own.get(f"/reviews/{sent.pk}").content.decode()
    own.post(f"/reviews/{sent.pk}", ANSWERS)
    assert not Review.objects.exists()


def test_a_claim_of_the_receiver_is_judged_and_counted(lead, sent, receiver):
    now = timezone.now()
    Verdict.objects.create(handoff=sent, guess="", level_one_could=True, by=receiver, at=now)

    lead.post(f"/reviews/{sent.pk}", ANSWERS | {"level_one_could": "no"})

    html = strip_tags(" ".join(lead.get("/reviews").content.decode().split()))
    assert "Of 1 handoff of which the receiver said" in html
    assert "reviewers think so of 0" in html


def test_a_good_example_stands_under_its_category_for_both_teams(lead, browser_of, page, sent, stranger):
    type(sent).objects.filter(pk=sent.pk).update(category="finance")
    lead.post(f"/reviews/{sent.pk}", ANSWERS | {"example": "on", "why": "The check shows the error itself"})

    html = page.get("/examples").content.decode()
    assert ">finance</h2>" in html
    assert "The check shows the error itself" in html
    assert "Take out" not in html
    assert "The check shows" not in browser_of(stranger).get("/examples").content.decode()


def test_an_example_is_taken_out_and_put_back(lead, page, sent, ines):
    kept = {"why": "Good", "kept_by": ines, "kept_at": timezone.now()}
    GoodExample.objects.create(handoff=sent, **kept)

    assert page.post(f"/examples/{sent.pk}/forget").status_code == 404
    html = lead.post(f"/examples/{sent.pk}/forget", follow=True).content.decode()
    assert not GoodExample.objects.exists()
    assert "Put it back" in html
    assert "Put it back" not in lead.get("/examples").content.decode()

    lead.post(f"/examples/{sent.pk}/forget", {"back": "1", "why": "Good"})
    assert GoodExample.objects.get().why == "Good"


def test_the_results_stand_question_by_question(lead, browser_of, desk_to_ops, author):
    other = browser_of(builders.person("omar", team=desk_to_ops.sender, role=Role.LEAD))
    for number in range(10):
        handoff = confirmed(builders.handoff(route=desk_to_ops, author=author), by=author)
        answer = ANSWERS | {"ask_clear": str(number % 3)}
        lead.post(f"/reviews/{handoff.pk}", answer)
        other.post(f"/reviews/{handoff.pk}", answer)

    html = lead.get("/reviews").content.decode()

    assert "10 handoffs, 20 reviews" in html
    assert '>1.00<span class="sub">can be relied on</span>' in html
    assert "all answers are the same: nothing to tell apart" in html


def test_reading_again_is_for_leads_and_owners(browser_of, sent, author, receiver, stranger):
    for address in ("/reviews", f"/reviews/{sent.pk}"):
        assert {browser_of(each).get(address).status_code for each in (author, receiver, stranger)} == {404}


def reviewed(handoff, by: User, **answers: int) -> None:
    said = {"ask_clear": 2, "traceable": 1, "start_here": 0} | answers
    Review.objects.create(handoff=handoff, reviewer=by, seconds=60, reviewed_at=timezone.now(), **said)


def test_every_number_of_the_reviews_opens_the_handoffs_behind_it(lead, ines, sent, receiver):
    reviewed(sent, ines)
    reviewed(sent, receiver, ask_clear=1)

    html = lead.get("/reviews").content.decode()
    for address in (
        "ask_clear/yes",
        "ask_clear/partly",
        "ask_clear/twice",
        "traceable/same",
        "start_here/all",
    ):
        assert f'href="/reviews/behind/{address}"' in html, address
        behind = lead.get(f"/reviews/behind/{address}").content.decode()
        assert f'href="/reviews/{sent.pk}"' in behind, address
    assert "yes, partly" in lead.get("/reviews/behind/ask_clear/yes").content.decode()
    assert "Ines" not in lead.get("/reviews/behind/ask_clear/yes").content.decode().split("<main", 1)[1]
    assert "ask_clear/no" not in html
    assert "No review of these days says so." in lead.get("/reviews/behind/ask_clear/no").content.decode()
    assert lead.get("/reviews/behind/ask_clear/perhaps").status_code == 404


def test_what_waits_for_my_own_reading_is_not_shown_with_others_answers(lead, desk_to_ops, author, receiver):
    last = timezone.now() - timedelta(days=7 + timezone.now().weekday())
    old = builders.handoff(route=desk_to_ops, author=author, status="resolved", confirmed_at=last)
    catch_up()
    lead.get("/reviews")
    reviewed(old, receiver)

    html = lead.get("/reviews/behind/ask_clear/yes").content.decode()

    assert str(old.pk) not in html
    assert "1 more shown once you have read it yourself" in html


def test_what_was_said_of_a_receivers_claim_opens_too(lead, ines, sent):
    reviewed(sent, ines, level_one_could=True)

    assert "/reviews/behind/level_one_could/yes" in lead.get("/reviews").content.decode()
    assert "could have" in lead.get("/reviews/behind/level_one_could/all").content.decode()
