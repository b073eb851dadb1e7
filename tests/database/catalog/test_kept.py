"""Nobody who types waits for a large catalog to be read in."""

from collections.abc import Iterator
from threading import Event
from uuid import uuid4

import pytest

from escalation.catalog.kept import Kept

LONG = 10.0


@pytest.fixture
def slow() -> Iterator[Event]:
    """A build that lasts until the event is set, which the test's end does at the latest."""
    may_end = Event()
    yield may_end
    may_end.set()


def test_whoever_waits_is_given_the_value_of_the_version():
    kept, key = Kept[str](), uuid4()
    assert kept.get(key, version=1, build=lambda: "one", patience=None) == "one"
    assert kept.get(key, version=1, build=lambda: pytest.fail("built twice"), patience=None) == "one"
    assert kept.get(key, version=2, build=lambda: "two", patience=None) == "two"


def test_a_build_aside_that_ends_in_time_is_used_at_once():
    assert Kept[str]().get(uuid4(), version=1, build=lambda: "one", patience=LONG) == "one"


def test_without_patience_there_is_nothing_first_and_the_value_later(slow: Event):
    kept, key = Kept[str](), uuid4()

    def build() -> str:
        assert slow.wait(LONG)
        return "one"

    assert kept.get(key, version=1, build=build, patience=0) is None
    assert kept.get(key, version=1, build=lambda: pytest.fail("built twice"), patience=0) is None
    slow.set()
    assert kept.get(key, version=1, build=build, patience=LONG) == "one"


def test_the_version_before_answers_while_a_newer_one_is_built(slow: Event):
    kept, key = Kept[str](), uuid4()
    kept.get(key, version=1, build=lambda: "one", patience=None)

    def build() -> str:
        assert slow.wait(LONG)
        return "two"

    assert kept.get(key, version=2, build=build, patience=LONG) == "one"
    slow.set()
    assert kept.get(key, version=2, build=build, patience=None) == "two"


def test_a_build_that_fails_is_told_and_tried_again(caplog: pytest.LogCaptureFixture):
    kept, key = Kept[str](), uuid4()

    def fails() -> str:
        raise RuntimeError("no more memory")

    assert kept.get(key, version=1, build=fails, patience=LONG) is None
    assert "could not be built" in caplog.text
    assert kept.get(key, version=1, build=lambda: "one", patience=LONG) == "one"
