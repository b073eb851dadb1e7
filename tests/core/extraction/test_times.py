"""Relative words are resolved against the moment and zone in which they were said."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.extraction.deadline import deadline
from escalation.extraction.moments import moments, moments_of
from escalation.extraction.times import resolve
from tests.core.extraction.conversations import EASTERN, NOW


def local(moment: datetime, zone: str = EASTERN) -> str:
    return f"{moment.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("last weekend", "2026-09-26 00:00", "2026-09-28 00:00"),
        ("over the weekend", "2026-09-26 00:00", "2026-09-28 00:00"),
        ("this morning", "2026-09-29 06:00", "2026-09-29 12:00"),
        ("since Monday", "2026-09-28 00:00", "2026-09-29 10:30"),
        ("tomorrow's close", "2026-09-30 17:00", "2026-09-30 17:00"),
        ("next week", "2026-10-05 00:00", "2026-10-12 00:00"),
        ("Friday at 5pm", "2026-10-02 17:00", "2026-10-02 17:00"),
        ("8am ET", "2026-09-29 08:00", "2026-09-29 08:00"),
        ("in two hours", "2026-09-29 12:30", "2026-09-29 12:30"),
        ("3 days ago", "2026-09-26 00:00", "2026-09-27 00:00"),
        ("gestern", "2026-09-28 00:00", "2026-09-29 00:00"),
        ("letzte Woche", "2026-09-21 00:00", "2026-09-28 00:00"),
        ("vor zwei Wochen", "2026-09-15 00:00", "2026-09-16 00:00"),
        ("la semaine dernière", "2026-09-21 00:00", "2026-09-28 00:00"),
        ("mañana", "2026-09-30 00:00", "2026-10-01 00:00"),
        ("明日", "2026-09-30 00:00", "2026-10-01 00:00"),
        ("31. Mai 2026", "2026-05-31 00:00", "2026-06-01 00:00"),
        ("05/10", "2026-05-10 00:00", "2026-05-11 00:00"),
    ],
)
def test_words_become_a_span(words: str, start: str, end: str) -> None:
    span = resolve(words, said_at=NOW, zone=EASTERN)

    assert span is not None
    assert (local(span.start), local(span.end)) == (start, end)


def test_a_day_before_the_month_is_how_europe_writes_it() -> None:
    span = resolve("05/10", said_at=NOW, zone="Europe/Paris")

    assert span is not None
    assert local(span.start, "Europe/Paris") == "2026-10-05 00:00"


def test_a_zone_that_was_said_wins_over_the_users_own() -> None:
    span = resolve("14:30 CET", said_at=NOW, zone=EASTERN)

    assert span is not None
    assert local(span.start) == "2026-09-29 08:30"


@pytest.mark.parametrize("words", ["quark", "", "31/31/2020", "30 February 2026", "\x00"])
def test_words_without_a_time_give_none(words: str) -> None:
    assert resolve(words, said_at=NOW, zone=EASTERN) is None


def test_moments_are_found_with_the_offsets_of_their_words() -> None:
    text = "It broke last weekend and must run by Friday at 5pm ET."

    found = [
        (text[start:end], local(span.start)) for start, end, span in moments(text, said_at=NOW, zone=EASTERN)
    ]

    assert found == [("last weekend", "2026-09-26 00:00"), ("Friday at 5pm ET", "2026-10-02 17:00")]


def test_each_line_by_itself_gives_what_all_of_them_give_together() -> None:
    lines = ("It broke last weekend", "", "It must run by Friday at 5pm ET.", "nothing here")

    apart = moments_of(lines, said_at=NOW, zone=EASTERN)

    together = moments("\n".join(lines), said_at=NOW, zone=EASTERN)
    assert [span for _, _, span in apart] == [span for _, _, span in together]
    assert moments_of(lines, said_at=NOW, zone=EASTERN) == apart


@pytest.mark.parametrize(
    ("text", "words", "at"),
    [
        ("Month-end close starts tomorrow", "starts tomorrow", "2026-09-30 09:00"),
        ("needed by Friday noon", "by Friday noon", "2026-10-02 12:00"),
        ("must work before 8am ET tomorrow", "before 8am ET tomorrow", "2026-09-30 08:00"),
        ("muss bis morgen 12 Uhr fertig sein", "bis morgen 12 Uhr", "2026-09-30 12:00"),
        ("Deadline: 30 September", "Deadline: 30 September", "2026-09-30 17:00"),
        ("tomorrow noon", "tomorrow noon", "2026-09-30 12:00"),
    ],
)
def test_a_deadline_is_a_time_with_a_word_that_makes_it_one(text: str, words: str, at: str) -> None:
    found = deadline(text, said_at=NOW, zone=EASTERN)

    assert found is not None
    assert found.at is not None
    assert (found.words, local(found.at)) == (words, at)


@pytest.mark.parametrize("text", ["It was fine on Friday", "fixed before yesterday", "no time at all"])
def test_a_time_alone_is_no_deadline(text: str) -> None:
    assert deadline(text, said_at=NOW, zone=EASTERN) is None


@given(st.text(st.characters(codec=None), max_size=200))
def test_any_text_is_resolved_or_left_and_never_raises(text: str) -> None:
    resolve(text, said_at=NOW, zone=EASTERN)
    deadline(text, said_at=NOW, zone=EASTERN)
    for start, end, span in moments(text, said_at=NOW, zone=EASTERN):
        assert text[start:end]
        assert span.start.tzinfo is not None
        assert span.start <= span.end
