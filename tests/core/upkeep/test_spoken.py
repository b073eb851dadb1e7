"""An owner hears a draft of the wording as users would, before it is published."""

from datetime import UTC, datetime

import pytest

from escalation.translation.cues.kinds import Meaning
from escalation.translation.meaning import read
from escalation.translation.rules import Rules
from escalation.translation.wording import LANGUAGE_NAMES
from escalation.upkeep.spoken import EXAMPLES, effect

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)


def effect_of(text, *, in_force=None, language="en"):
    return effect(
        text=text,
        in_force=Rules(wording=in_force or {}),
        language=language,
        said_at=NOW,
        zone="America/New_York",
    )


@pytest.mark.parametrize("meaning", Meaning)
def test_each_example_is_read_as_its_meaning(meaning):
    assert read(EXAMPLES[meaning], said_at=NOW).meaning is meaning


@pytest.mark.parametrize("language", LANGUAGE_NAMES)
def test_every_meaning_is_said_in_every_language(language):
    said = effect_of("", language=language)

    assert [each.meaning for each in said.all] == list(Meaning)
    assert all(each.then and each.language == language for each in said.all)
    assert said.changed == ()


def test_a_draft_shows_what_is_said_now_and_what_would_be_in_each_language_it_changes():
    said = effect_of(
        "resolved en = It works again.\nfix_in_progress de = Die Lösung kommt. {expected}",
        in_force={"resolved": {"en": "All good."}},
    )

    (resolved, coming) = sorted(said.changed, key=lambda each: each.meaning, reverse=True)
    assert (resolved.now, resolved.then) == ("All good.", "It works again.")
    assert coming.language_name == "German"
    assert coming.then == "Die Lösung kommt. Voraussichtlich innerhalb von zwei Stunden."


def test_what_is_published_and_taken_out_of_the_draft_is_said_as_shipped():
    (said,) = effect_of("", in_force={"paused": {"en": "We wait."}}).changed

    assert (said.now, said.then) == (
        "We wait.",
        "Work on your case is on hold for now. We will tell you when it goes on.",
    )


def test_an_unfinished_line_is_named_and_the_others_still_show_their_effect():
    said = effect_of("resolved\n\npaused en = We {name} wait.\nreceived en = We have it.\nsolved en = Yes.")

    assert [each.split(":")[0] for each in said.troubles] == ["Line 1", "Line 3", "Line 5"]
    assert "{name} is not known" in said.troubles[1]
    assert [each.then for each in said.changed] == ["We have it."]


def test_the_line_to_begin_with_is_the_shipped_one_and_changes_nothing_until_it_is_changed():
    begin = next(each for each in effect_of("").all if each.meaning is Meaning.CAUSE_FOUND).begin

    assert "{cause}" in begin
    assert effect_of(f"cause_found en = {begin}").troubles == ()


def test_a_line_that_is_hard_to_read_is_marked():
    hard = "Remediation of the infrastructural misconfiguration necessitates organisational authorisation."

    (said,) = effect_of(f"waiting_for_approval en = {hard}").changed

    assert said.grade > 8
    assert all(each.grade == 0 for each in effect_of("").all)
