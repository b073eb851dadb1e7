"""A question about one thing: ownership stays, the answer returns to the receiver's record."""

import json

import pytest
from django.contrib.auth.models import User

from escalation.lifecycle.table import NotAllowedNow
from escalation.models import Delivery, Entry, Handoff, Question
from escalation.reception.ask_back import Asked, NothingSaid, answer, ask
from escalation.reception.prevented import Prevented
from escalation.reception.read_back import read_back
from escalation.reception.who import Outsider
from tests.builders import NOW

pytestmark = pytest.mark.django_db

WHICH = Asked(text="Which browser  console line?", item_id="d1", prevented=Prevented(asked="diagnostics"))


def owed(handoff: Handoff) -> list[tuple[str, str, bool]]:
    """Connection, words and whether public, of each note."""
    rows = (
        handoff.deliveries.filter(kind=Delivery.Kind.NOTE).select_related("connection").order_by("position")
    )
    bodies = [(row.connection.tool, json.loads(bytes(row.body))) for row in rows]
    return [(tool, body["text"], body["public"]) for tool, body in bodies]


def test_asking_leaves_status_and_owner_and_is_owed_to_the_source_ticket(delivered: Handoff, receiver: User):
    question = ask(handoff=delivered, asked=WHICH, by=receiver, now=NOW)

    delivered.refresh_from_db()
    ((tool, words, public),) = owed(delivered)
    entry = delivered.entries.get()
    assert (delivered.status, delivered.receiver_person) == ("delivered", None)
    assert (question.part, question.text) == ("diagnostics", "Which browser console line?")
    assert (tool, public) == ("zendesk", False)
    assert "Which browser console line?" in words
    assert entry.kind == Entry.Kind.ASKED
    assert "Browser console" in entry.text
    assert "Browser console" not in entry.sayable


def test_asking_twice_is_one_question(delivered: Handoff, receiver: User):
    first, second = (ask(handoff=delivered, asked=WHICH, by=receiver, now=NOW) for _ in range(2))

    assert first == second
    assert len(owed(delivered)) == 1
    assert delivered.entries.count() == 1


def test_the_answer_goes_to_the_receivers_record(delivered: Handoff, receiver: User, agent: User):
    question = ask(handoff=delivered, asked=WHICH, by=receiver, now=NOW)

    for _ in range(2):
        answer(question=question, text="The third, at 14:20.", by=agent, now=NOW)

    question.refresh_from_db()
    assert (question.answer, question.answered_by) == ("The third, at 14:20.", agent)
    assert [tool for tool, _, _ in owed(delivered)] == ["zendesk", "servicenow"]
    assert "The third, at 14:20." in owed(delivered)[1][1]
    assert [each.kind for each in delivered.entries.order_by("sequence")] == ["asked", "answered"]


def test_a_second_answer_does_not_overwrite_the_first(delivered: Handoff, receiver: User, agent: User):
    question = ask(handoff=delivered, asked=WHICH, by=receiver, now=NOW)
    answer(question=question, text="The third.", by=agent, now=NOW)

    with pytest.raises(NotAllowedNow, match="The third"):
        answer(question=question, text="The fourth.", by=agent, now=NOW)


@pytest.mark.parametrize(
    "asked",
    [Asked(text="  "), Asked(text="What?", item_id="gone"), Asked(text="What?", part="colour")],
)
def test_a_question_needs_words_and_something_to_be_about(delivered: Handoff, receiver: User, asked):
    with pytest.raises(NothingSaid):
        ask(handoff=delivered, asked=asked, by=receiver, now=NOW)

    assert not Question.objects.exists()


@pytest.mark.parametrize("status", ["draft", "queued", "resolved", "bounced"])
def test_only_whoever_has_it_can_ask(delivered: Handoff, receiver: User, status):
    delivered.status = status
    delivered.save()

    with pytest.raises(NotAllowedNow):
        ask(handoff=delivered, asked=WHICH, by=receiver, now=NOW)


def test_what_began_from_text_has_no_ticket_to_ask_in(delivered: Handoff, receiver: User):
    delivered.source_reference = ""
    delivered.save()

    ask(handoff=delivered, asked=Asked(text="Since when?"), by=receiver, now=NOW)

    assert owed(delivered) == []


def test_somebody_in_the_tool_can_ask_and_say_the_ask_back(delivered: Handoff):
    somebody = Outsider(name="Somebody at ServiceNow")

    ask(handoff=delivered, asked=WHICH, by=somebody, now=NOW)
    for _ in range(2):
        read_back(handoff=delivered, words="Let the dashboard load", by=somebody, now=NOW)

    delivered.refresh_from_db()
    assert delivered.read_back == "Let the dashboard load"
    assert [each.who for each in delivered.entries.all()] == ["Somebody at ServiceNow"] * 2
