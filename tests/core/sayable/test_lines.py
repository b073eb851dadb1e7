"""Is the line one that Level One could read out to anybody?"""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escalation.translation.meaning import Cause, Meaning, Team
from escalation.translation.readable import grade
from escalation.translation.sayable import PHRASES, sayable, sayable_state
from escalation.translation.wording import Unsayable
from tests.core.sayable.labelled import labelled

MONDAY = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)
SCENE = (
    "Identified misconfigured CORS policy on API gateway, "
    "coordinating with infrastructure for emergency change approval"
)


def test_the_update_of_the_scene_becomes_the_line_of_the_scene() -> None:
    said = sayable(SCENE, said_at=MONDAY)

    assert said.line == (
        "We've found the configuration causing the problem and are working with our infrastructure team "
        "to deploy a fix. It needs approval first. We will tell you as soon as we have an answer."
    )
    assert said.meaning is Meaning.CAUSE_FOUND
    assert said.certain
    assert said.expected_at is None


def test_the_expected_time_of_the_scene_is_said_where_the_update_states_it() -> None:
    said = sayable(f"{SCENE}. ETA 2 hours.", said_at=MONDAY)

    assert said.line.endswith("It needs approval first. Expected within two hours.")
    assert said.expected_at == datetime(2026, 11, 23, 21, 0, tzinfo=UTC)
    assert said.expected_words == "within two hours"


@pytest.mark.parametrize("part", ["development", "held_out"])
def test_every_line_in_english_can_be_read_at_grade_eight(part: str) -> None:
    for update in labelled(part):
        said = sayable(update.text, said_at=update.said_at, zone=update.zone)

        assert grade(said.line) <= 8, said.line


def test_every_english_sentence_we_have_can_be_read_at_grade_eight() -> None:
    english = PHRASES["en"]
    for cause in (None, *Cause):
        for team in (None, *Team):
            fill = {"cause": english.causes[cause], "team": english.teams[team]}
            for (first, second), both in english.together.items():
                line = f"{both.with_team or both.says} {english.lines[second].next}".format_map(fill)
                assert grade(line) <= 8, (first, second, line)
            for line in english.lines.values():
                assert grade(f"{line.says} {line.next}".format_map(fill)) <= 8, line


@pytest.mark.parametrize("language", ["de", "fr", "es"])
def test_sentences_in_other_languages_stay_short(language: str) -> None:
    phrases = PHRASES[language]
    fill = {"cause": phrases.causes[Cause.SOFTWARE], "team": phrases.teams[Team.INFRASTRUCTURE]}
    for line in phrases.lines.values():
        for sentence in re.split(r"(?<=[.?!])\s", f"{line.says} {line.next}".format_map(fill)):
            assert len(sentence.split()) <= 20, sentence


@pytest.mark.parametrize("language", sorted(PHRASES))
def test_every_meaning_can_be_said_and_says_what_comes_next(language: str) -> None:
    phrases = PHRASES[language]

    assert set(phrases.lines) == set(Meaning)
    assert set(phrases.causes) == {None, *Cause}
    assert set(phrases.teams) == {None, *Team}
    for meaning in Meaning:
        line = sayable_state(meaning, language=language).line
        assert phrases.lines[meaning].next in line
        assert "{" not in line


@pytest.mark.parametrize(
    "update",
    [
        "Found it: host db-prod-07.corp.example.com (10.1.2.3) is full, Priya Natarajan broke it. SR 3-3881.",
        "Wrong queue, the service desk botched the triage again. Sending back to Mike O'Neill, INC0012345.",
        "Culprit is <script>x()</script> in https://wiki.example.com/x?t=abc, rolling back by 17:00.",
        "Ursache gefunden: Kollege Müller hat auf APP-SRV03 falsch konfiguriert.",
    ],
)
@pytest.mark.parametrize("language", sorted(PHRASES))
def test_hosts_names_ids_and_blame_stay_inside(update: str, language: str) -> None:
    line = sayable(update, said_at=MONDAY, language=language).line

    for inside in (
        "db-prod",
        "10.1.2.3",
        "Priya",
        "3881",
        "botched",
        "Mike",
        "INC",
        "<",
        "http",
        "Müller",
        "SRV",
    ):
        assert inside not in line


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400))
def test_no_text_raises_or_gets_into_the_line(text: str) -> None:
    said = sayable(text, said_at=MONDAY)

    assert said == sayable(text, said_at=MONDAY)
    assert set(re.findall(r"[a-z]+", said.line.lower())) <= _our_words(said.expected_words)


def _our_words(expected: str) -> set[str]:
    english = PHRASES["en"]
    sentences = [
        english.expect_fix,
        english.expect_news,
        expected,
        *english.causes.values(),
        *english.teams.values(),
    ]
    for line in english.lines.values():
        sentences += [line.says, line.next, line.also]
    for both in english.together.values():
        sentences += [both.says, both.with_team]
    return set(re.findall(r"[a-z]+", " ".join(sentences).lower()))


def test_an_unclear_update_gives_the_neutral_line_and_says_so() -> None:
    said = sayable("cc @marco", said_at=MONDAY)

    assert said.meaning is Meaning.UNCLEAR
    assert not said.certain
    assert said.line.startswith("There is an update from our technical team.")


def test_a_language_without_lines_is_refused_with_the_ones_there_are() -> None:
    with pytest.raises(Unsayable, match="de, en, es, fr, ja"):
        sayable("Fixed.", said_at=MONDAY, language="xx")


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("In Progress", Meaning.BEING_WORKED),
        ("On Hold", Meaning.PAUSED),
        ("accepted", Meaning.RECEIVED),
        ("RESOLVED", Meaning.RESOLVED),
        ("Won’t Do", Meaning.NOT_FIXED),
        ("awaiting-vendor", Meaning.WAITING_FOR_VENDOR),
        ("Closed", Meaning.UNCLEAR),  # fixed or not: the word does not say
        ("Frobnicated", Meaning.UNCLEAR),
    ],
)
def test_a_bare_state_says_no_more_than_its_word(word: str, meaning: Meaning) -> None:
    said = sayable_state(word)

    assert said.meaning is meaning
    assert said.certain == (meaning is not Meaning.UNCLEAR)


@pytest.mark.parametrize(
    ("language", "when"),
    [
        ("en", "Expected tomorrow by 09:00 EST."),
        ("de", "Voraussichtlich morgen bis 09:00 EST."),
        ("fr", "Prévu demain avant 09:00 EST."),
        ("es", "Previsto mañana antes de las 09:00 EST."),
        ("ja", "明日09:00 ESTまでの予定です。"),
    ],
)
def test_a_time_is_said_in_the_language_of_the_user(language: str, when: str) -> None:
    update = "Rolling the policy back, should be done by 9am tomorrow."

    line = sayable(update, said_at=MONDAY, zone="America/New_York", language=language).line

    assert line.endswith(when)
