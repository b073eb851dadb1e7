"""When the next word is due, and by whose promise."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from escalation.lifecycle.promise import PROMISE_TITLES, Promise, PromiseSource, after_word
from tests.builders import NOW

HOUR = timedelta(hours=1)
spans = st.timedeltas(min_value=timedelta(days=-2), max_value=timedelta(days=2))
promises = st.builds(
    Promise, due_at=st.none() | spans.map(lambda span: NOW + span), source=st.sampled_from(PromiseSource)
)


def test_without_anything_else_the_teams_default_runs_from_the_last_word():
    promise = after_word(Promise(due_at=NOW), said=None, within=HOUR, still_open=True, now=NOW)

    assert promise == Promise(due_at=NOW + HOUR)


def test_a_time_in_the_updates_own_words_is_the_promise():
    said = NOW + 2 * HOUR
    entered = Promise(due_at=NOW + 3 * HOUR, source=PromiseSource.RECEIVER)

    promise = after_word(entered, said=said, within=HOUR, still_open=True, now=NOW)

    assert promise == Promise(due_at=said, source=PromiseSource.UPDATE)


def test_what_the_receiver_entered_outlasts_a_note_without_a_time():
    entered = Promise(due_at=NOW + 3 * HOUR, source=PromiseSource.RECEIVER)

    assert after_word(entered, said=None, within=HOUR, still_open=True, now=NOW) == entered


@given(standing=promises, said=st.none() | spans.map(lambda span: NOW + span))
def test_an_open_handoff_always_has_a_promise_that_lies_ahead(standing, said):
    promise = after_word(standing, said=said, within=HOUR, still_open=True, now=NOW)

    assert promise.due_at is not None
    assert promise.due_at > NOW


@given(standing=promises, said=st.none() | spans.map(lambda span: NOW + span))
def test_an_ended_handoff_promises_nothing(standing, said):
    assert after_word(standing, said=said, within=HOUR, still_open=False, now=NOW).due_at is None


def test_every_source_has_words():
    assert set(PROMISE_TITLES) == set(PromiseSource)
