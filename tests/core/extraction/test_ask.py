"""The ask asks: a sentence that only says where a case goes is none."""

import pytest

from escalation.extraction.topic import ask_of
from escalation.knowledge.words import Role
from tests.core.extraction.conversations import said, talk

SUBJECT = "Finance dashboard will not open"


def asked(*sentences: str, subject: str = SUBJECT) -> str:
    notes = [said(each, role=Role.TECHNICIAN, minutes=n) for n, each in enumerate(sentences)]
    return ask_of(talk(said("The page stays white."), *notes, subject=subject), ())


def test_what_the_sender_cannot_look_at_is_what_is_to_be_checked() -> None:
    ask = asked("Needs L2, I can't see the gateway config.")

    assert ask == f"Check the gateway config and find the cause: {SUBJECT}."


@pytest.mark.parametrize(
    "sentence", ["Needs L2.", "Escalating to the network team now.", "This needs engineering."]
)
def test_a_sentence_that_only_says_where_it_goes_is_not_taken_for_an_ask(sentence: str) -> None:
    assert asked(sentence) == f"Find the cause and restore service: {SUBJECT}."


@pytest.mark.parametrize(
    "sentence",
    [
        "Please can L2 check whether the certificate on the gateway was replaced.",
        "Can engineering roll back the release of Saturday?",
        "We need the network team to open port 8443 again.",
    ],
)
def test_what_the_technician_asked_for_stays_word_for_word(sentence: str) -> None:
    assert asked(sentence) == sentence


def test_without_a_subject_nothing_is_made_up() -> None:
    assert ask_of(talk(said("Needs L2.", role=Role.TECHNICIAN)), ()) == ""
