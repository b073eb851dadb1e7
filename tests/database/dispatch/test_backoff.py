"""How long a row waits: doubling, spread by its key, and never less than the tool asked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.dispatch.backoff import LONGEST_S, wait_s

KEY = "0f" * 16


@pytest.mark.parametrize(("tries", "least", "most"), [(1, 1, 2), (2, 2, 4), (5, 16, 32), (9, 256, 512)])
def test_the_wait_doubles_and_at_least_half_of_it_is_always_kept(
    tries: int, least: float, most: float
) -> None:
    assert least <= wait_s(tries=tries, key=KEY) <= most


@given(tries=st.integers(1, 10_000), key=st.text())
def test_no_wait_is_longer_than_ten_minutes_unless_the_tool_asks(tries: int, key: str) -> None:
    assert 0 < wait_s(tries=tries, key=key) <= LONGEST_S


@given(tries=st.integers(1, 50), key=st.text(), asked=st.floats(0, 86_400))
def test_what_the_tool_asked_for_is_kept_and_exceeded_by_little(tries: int, key: str, asked: float) -> None:
    assert asked <= wait_s(tries=tries, key=key, asked_s=asked) <= asked * 1.1 + 0.5


def test_rows_that_failed_together_come_back_apart() -> None:
    waits = {round(wait_s(tries=6, key=f"{number:032x}"), 3) for number in range(100)}

    assert len(waits) > 95
    assert max(waits) - min(waits) > 20
