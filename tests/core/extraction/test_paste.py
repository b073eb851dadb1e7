"""Text copied from a chat or a mail program becomes a conversation again."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.extraction.paste import conversation_from_text
from escalation.knowledge.conversation import Conversation
from escalation.knowledge.state import Source
from escalation.knowledge.words import Role
from tests.core.extraction.conversations import EASTERN, NOW


def paste(text: str) -> Conversation:
    return conversation_from_text(text, source=Source(tool="text", reference=""), at=NOW, zone=EASTERN)


def heard(conversation: Conversation) -> list[tuple[str, str]]:
    return [(message.author, message.text) for message in conversation.messages]


def test_a_block_copied_from_slack_keeps_its_speakers_and_times() -> None:
    found = paste("Priya Raman  9:42 AM\nwhite page again\nand FDX-4031\nAmara Obi  9:44 AM\nlooking")

    assert heard(found) == [("Priya Raman", "white page again\nand FDX-4031"), ("Amara Obi", "looking")]
    assert [message.role for message in found.messages] == [Role.REQUESTER, Role.TECHNICIAN]
    assert found.messages[0].at == datetime(2026, 9, 29, 13, 42, tzinfo=UTC)


def test_a_clock_that_is_still_ahead_was_yesterdays() -> None:
    found = paste("Priya  11:30 PM\ncannot print\nAmara  11:35 PM\non it")

    assert found.messages[0].at == datetime(2026, 9, 29, 3, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "[28/09/2026, 10:42:13] Ana: no signal\n[28/09/2026, 10:45:00] Leo: which floor?",
        "28.09.26, 10:42 - Ana: no signal\n28.09.26, 10:45 - Leo: which floor?",
        "[10:42] Ana: no signal\n[10:45] Leo: which floor?",
        "Ana: no signal\nLeo: which floor?\nAna: the third",
    ],
)
def test_exported_chats_are_split_at_their_speakers(text: str) -> None:
    assert heard(paste(text))[:2] == [("Ana", "no signal"), ("Leo", "which floor?")]


def test_a_mail_thread_is_turned_to_start_with_the_oldest() -> None:
    found = paste(
        "From: Amara Obi <desk@example.com>\nSent: Monday, September 28, 2026 3:00 PM\nTo: Priya\n"
        "Subject: RE: Dashboard\n\nWhich browser?\n\n"
        "From: Priya Raman <priya@example.com>\nSent: Monday, September 28, 2026 2:00 PM\n"
        "Subject: Dashboard\n\nIt stays white."
    )

    assert found.subject == "RE: Dashboard"
    assert heard(found) == [("Priya Raman", "It stays white."), ("Amara Obi", "Which browser?")]


def test_a_quoted_mail_below_a_reply_becomes_a_message() -> None:
    found = paste(
        "Still broken.\n\nOn Mon, Sep 28, 2026 at 9:00 AM Amara Obi <d@example.com> wrote:\n"
        "> Please try again."
    )

    assert ("Amara Obi", "Please try again.") in heard(found)


def test_plain_notes_are_one_message_of_the_requester() -> None:
    found = paste("Printer on 3 is dead.\nError: 50.4\nTried: power cycle")

    assert len(found.messages) == 1
    assert found.messages[0].role is Role.REQUESTER
    assert found.messages[0].at == NOW


@given(st.text(st.characters(codec=None), max_size=400))
def test_any_text_is_taken_without_raising(text: str) -> None:
    for message in paste(text).messages:
        assert message.text
