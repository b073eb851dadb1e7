"""The page that answers "any news?", the intake card, and the stream between them."""

from datetime import timedelta

import pytest

from escalation.models import Delivery, Entry, Handoff
from tests import builders
from tests.pages.posting import confirmed, note

pytestmark = pytest.mark.django_db

ORIGINAL = "Identified misconfigured CORS policy on API gateway"
SAYABLE = "We have found what causes the problem and are fixing it."


def kinds(handoff: Handoff) -> list[str]:
    return list(Entry.objects.filter(handoff=handoff).order_by("sequence").values_list("kind", flat=True))


def test_it_says_where_it_stands_and_who_has_it(page, sent):
    html = page.get(f"/handoffs/{sent.pk}").content.decode()

    assert 'aria-current="step">Delivered as' in html
    assert "INC0012345" in html
    assert "Infrastructure" in html


def test_an_update_stands_with_its_original_beside_what_can_be_said(page, sent):
    note(sent, ORIGINAL, sayable=SAYABLE)

    html = page.get(f"/handoffs/{sent.pk}").content.decode()

    assert ORIGINAL in html
    assert SAYABLE in html
    assert html.index("Tomás Berg wrote") < html.index("confirmed it")  # newest first


def test_copying_a_line_is_logged_with_its_words(page, sent):
    line = note(sent, ORIGINAL, sayable=SAYABLE)

    answer = page.post(f"/handoffs/{sent.pk}/lines/{line.sequence}/told", headers={"HX-Request": "true"})

    told = Entry.objects.get(handoff=sent, kind=Entry.Kind.TOLD)
    assert answer.status_code == 204
    assert told.sayable == SAYABLE
    assert told.by.username == "lena"


def test_a_line_is_owed_to_the_source_ticket_as_an_internal_note(page, sent):
    line = note(sent, ORIGINAL, sayable=SAYABLE)

    page.post(f"/handoffs/{sent.pk}/lines/{line.sequence}/note")

    owed = Delivery.objects.get(handoff=sent, kind=Delivery.Kind.NOTE)
    assert owed.connection == sent.route.source
    assert owed.remote_id == "4711"
    assert b'"public":false' in bytes(owed.body)
    assert SAYABLE.encode() in bytes(owed.body)


@pytest.mark.parametrize("sequence", [1, 99])
def test_only_a_line_with_something_to_say_can_be_passed_on(page, sent, sequence):
    note(sent, ORIGINAL, sayable=SAYABLE)

    assert page.post(f"/handoffs/{sent.pk}/lines/{sequence}/told").status_code == 404


def test_a_stuck_delivery_says_why_and_has_one_button(page, draft, author):
    handoff = confirmed(draft, by=author)
    Delivery.objects.filter(handoff=handoff).update(
        status="stuck", reason="ServiceNow refused it: ask Kenji."
    )

    html = page.get(f"/handoffs/{handoff.pk}").content.decode()
    delivery = Delivery.objects.get(handoff=handoff)
    page.post(f"/handoffs/{handoff.pk}/deliveries/{delivery.pk}/retry")

    assert "ServiceNow refused it: ask Kenji." in html
    assert html.count("Try again") == 1
    assert Delivery.objects.get(handoff=handoff).status == "owed"


def test_silence_past_the_promise_is_shown(page, sent):
    sent.update_due_at = builders.NOW - timedelta(days=1)
    sent.save()

    assert "overdue" in page.get(f"/handoffs/{sent.pk}").content.decode()
    assert "overdue" in page.get("/desk").content.decode()


def test_opening_the_card_marks_it_seen_once_and_only_for_the_receiver(browser_of, page, sent, receiver):
    page.get(f"/handoffs/{sent.pk}/intake")
    assert Entry.Kind.SEEN not in kinds(sent)

    for _ in range(2):
        browser_of(receiver).get(f"/handoffs/{sent.pk}/intake")

    assert kinds(sent).count(Entry.Kind.SEEN) == 1


def test_the_card_says_of_whom_it_asks_by_who_reads_it(browser_of, page, sent, receiver):
    def asked(browser) -> str:
        html = browser.get(f"/handoffs/{sent.pk}/intake").content.decode()
        return html.split('<h2 id="ask">')[1].split("</h2>")[0]

    assert asked(browser_of(receiver)) == "Asked of you"
    assert asked(page) == f"Asked of {sent.route.receiver}"


def test_the_card_answers_in_the_order_an_engineer_asks(browser_of, sent, receiver):
    html = browser_of(receiver).get(f"/handoffs/{sent.pk}/intake").content.decode()

    asked = (
        "Asked of you",
        "UNPROVEN",
        "Proven and seen",
        "Tried, with result",
        "Impact",
        "Deadline",
        "Can I reach the user?",
    )
    places = [html.index(words) for words in asked]
    assert places == sorted(places)


def test_accept_reads_back_and_start_follows(browser_of, page, sent, receiver):
    two = browser_of(receiver)

    two.post(f"/handoffs/{sent.pk}/accept", {"read_back": "Find why the gateway refuses the dashboard"})
    two.post(f"/handoffs/{sent.pk}/start")

    sent.refresh_from_db()
    assert sent.status == "diagnosing"
    assert kinds(sent)[-2:] == [Entry.Kind.ACCEPTED, Entry.Kind.DIAGNOSING]
    assert "Find why the gateway refuses" in page.get(f"/handoffs/{sent.pk}").content.decode()


def test_a_return_needs_one_coded_reason(browser_of, sent, receiver):
    two = browser_of(receiver)

    refused = two.post(f"/handoffs/{sent.pk}/return", {"reason": "do not like it"}, follow=True)
    two.post(f"/handoffs/{sent.pk}/return", {"reason": "missing_information", "words": "Which gateway?"})

    sent.refresh_from_db()
    assert "Choose a reason" in refused.content.decode()
    assert sent.status == "bounced"
    assert Entry.objects.get(handoff=sent, kind=Entry.Kind.BOUNCED).details == {
        "reason": "missing_information"
    }


def test_resolving_brings_cause_and_fix_back(browser_of, page, sent, receiver):
    browser_of(receiver).post(f"/handoffs/{sent.pk}/resolve", {"cause": "CORS policy", "fix": "Origin added"})

    html = page.get(f"/handoffs/{sent.pk}").content.decode()
    assert "Cause: CORS policy" in html
    assert "Fix: Origin added" in html


def test_a_move_that_is_not_allowed_is_said_and_changes_nothing(browser_of, sent, receiver):
    two = browser_of(receiver)
    two.post(f"/handoffs/{sent.pk}/resolve")

    answer = two.post(f"/handoffs/{sent.pk}/accept", follow=True)

    assert "This handoff is resolved, so it cannot be accepted now." in answer.content.decode()


def test_the_queue_shows_the_oldest_first_with_ask_and_reach(browser_of, sent, receiver):
    html = browser_of(receiver).get("/queue").content.decode()

    assert "Find what changed for finance-dash.example.com" in html
    assert "your time" in html


def test_lists_take_the_same_queries_however_long(
    browser_of, page, sent, author, django_assert_max_num_queries
):
    for _ in range(5):
        confirmed(builders.handoff(route=sent.route, author=author), by=author)

    with django_assert_max_num_queries(15):
        page.get("/desk")
    with django_assert_max_num_queries(18):
        page.get(f"/handoffs/{sent.pk}")
