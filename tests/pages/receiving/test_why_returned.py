"""The tool returned or closed it first and knows no coded reason: a person may still say why, once."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from escalation.callers.tokens import make_token
from escalation.capture.habit import _reason
from escalation.coaching.because import because
from escalation.lifecycle.reasons import REASON_TITLES, BounceReason
from escalation.lifecycle.words import Status
from escalation.metrics.keep import measure_anew
from escalation.models import Entry, Handoff, Measurement
from escalation.models.access_token import Scope
from escalation.outbox.answer_links import GOOD_FOR, Purpose, token_for
from escalation.timeline.record import Line, record
from escalation.upkeep.setbacks import setbacks

pytestmark = pytest.mark.django_db

WHY = {"reason": "missing_information", "words": "Which tenant?", "prevented_words": "Which tenant is it?"}
TITLE = REASON_TITLES[BounceReason.MISSING_INFORMATION]
ENDS = {Status.BOUNCED: Entry.Kind.BOUNCED, Status.RESOLVED: Entry.Kind.RESOLVED}


def ended_there(handoff: Handoff, status: Status) -> Handoff:
    now = timezone.now()
    handoff.status = status
    line = Line(kind=ENDS[status], happened_at=now, tool="servicenow", details={"side": "receiver"})
    record(handoff=handoff, line=line, now=now, also=["status"])
    return handoff


def kinds(handoff: Handoff) -> list[str]:
    wanted = [*ENDS.values(), Entry.Kind.REASON]
    return list(handoff.entries.filter(kind__in=wanted).order_by("sequence").values_list("kind", flat=True))


def test_the_card_asks_why_and_the_sender_reads_it(browser_of, sent, receiver, author):
    ended_there(sent, Status.BOUNCED)
    card = browser_of(receiver)
    assert "Why does it go back?" in card.get(f"/handoffs/{sent.pk}/intake").content.decode()

    card.post(f"/handoffs/{sent.pk}/return", WHY)

    assert kinds(sent) == [Entry.Kind.BOUNCED, Entry.Kind.REASON]
    assert "Why does it go back?" not in card.get(f"/handoffs/{sent.pk}/intake").content.decode()
    seen = browser_of(author).get(f"/handoffs/{sent.pk}").content.decode()
    assert "said why it was returned" in seen
    assert f"{TITLE}. Which tenant?" in seen


def test_nobody_but_the_receiver_is_asked(browser_of, sent, author):
    ended_there(sent, Status.BOUNCED)

    assert (
        "Why does it go back?" not in browser_of(author).get(f"/handoffs/{sent.pk}/intake").content.decode()
    )
    assert browser_of(author).post(f"/handoffs/{sent.pk}/return", WHY).status_code == 404


def test_what_was_closed_may_be_returned_on_the_card(browser_of, sent, receiver):
    ended_there(sent, Status.RESOLVED)
    card = browser_of(receiver)
    assert "It was closed, but not solved?" in card.get(f"/handoffs/{sent.pk}/intake").content.decode()

    card.post(f"/handoffs/{sent.pk}/return", WHY)

    sent.refresh_from_db()
    assert (sent.status, kinds(sent)) == (Status.BOUNCED, [Entry.Kind.RESOLVED, Entry.Kind.BOUNCED])


@pytest.mark.parametrize("status", ENDS)
def test_the_link_to_return_still_answers(sent, status):
    ended_there(sent, status)
    token = token_for(handoff_id=sent.pk, purpose=Purpose.RETURN, until=timezone.now() + GOOD_FOR)

    assert Client().post(f"/r/return/{token}", WHY).status_code == 200

    said = sent.entries.order_by("-sequence").first()
    assert (said.who, said.details["reason"]) == ("Somebody at ServiceNow", "missing_information")


def test_a_program_may_say_it_and_not_twice(sent, receiver):
    ended_there(sent, Status.BOUNCED)
    _, text = make_token(name="script", scopes=list(Scope), days=1, by=receiver, now=timezone.now())
    program = Client(headers={"Authorization": f"Bearer {text}"})

    answers = [
        program.post(f"/api/handoffs/{sent.pk}/return", WHY, content_type="application/json").status_code
        for _ in range(2)
    ]

    assert answers == [200, 409]
    assert kinds(sent) == [Entry.Kind.BOUNCED, Entry.Kind.REASON]


def test_it_counts_as_one_return_with_that_reason(browser_of, sent, receiver, desk_to_ops):
    ended_there(sent, Status.BOUNCED)
    browser_of(receiver).post(f"/handoffs/{sent.pk}/return", WHY)
    measure_anew([sent.pk])

    since = timezone.now() - timedelta(days=3650)
    (found,) = setbacks(route=desk_to_ops, since=since, now=timezone.now())
    assert found.came == f"Returned: {TITLE}. Which tenant?"
    assert found.setback.words == "Which tenant is it?"
    assert Measurement.objects.get(pk=sent.pk).returned
    assert _reason([sent.pk]) == TITLE
    assert any(TITLE in said for said in because(sent)["ask_clear"])
