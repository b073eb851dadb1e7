"""Where sentences begin and end, in chats that nobody wrapped and mails that a program did."""

import pytest

from escalation.extraction.sentences import sentences


def split(text):
    return [each.text for each in sentences(text)]


def test_in_a_chat_each_line_stands_for_itself():
    chat = (
        "the audio function isn't bound any more, so the group can't be passed through\n"
        "add the softdep line and rebuild the image\n"
        "vm boots but has no picture"
    )

    assert split(chat) == chat.split("\n")


def test_a_line_that_a_mail_program_broke_goes_on_below():
    mail = (
        "Since the update of last week the hand scanner at gate three books every\n"
        "article twice, and the two others do not. We cannot print any delivery note\n"
        "until that is mended.\n"
    )

    assert len(split(mail)) == 2
    assert split(mail)[0].endswith("every\narticle twice, and the two others do not.")


def test_lines_that_are_longer_than_any_mail_program_makes_them_were_broken_by_nobody():
    text = f"{'This first line goes on and on and is longer than programs make them ' * 2}\nNext one here"

    assert len(split(text)) == 2


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It happens between 10 and 12. Phones on wifi are fine.", 2),
        ("Am 3. Juni fing es an.", 1),
        ("Seit 12. März geht nichts. Bitte helfen.", 2),
        ("Zwei Telegramme im Abstand von 40 ms. Das ist neu.", 2),
        ("Ask Ms. Arnaud or J. Smith about it.", 1),
        ("Entre 8 h et 9 h. Le reste va bien.", 2),
        ("On the desktop it doesn't. Webmail is fine.", 2),
        ("It works here. but only on linux", 2),
        ("any other apps... however mine does not", 1),
        ("Version 3.1.2 of finance-dash.example.com fails. See max. 3 rows.", 2),
    ],
)
def test_a_full_stop_ends_a_sentence_unless_it_belongs_to_something(text, count):
    assert len(split(text)) == count
