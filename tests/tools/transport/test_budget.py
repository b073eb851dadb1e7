"""Baton stops before a tool grants no more calls, and leaves the last ones to others."""

import pytest

from escalation.transport.breaker import FAILURES, FIRST_PAUSE_S, LONGEST_PAUSE_S, pause_s
from escalation.transport.budget import WINDOW_S, rest_s
from escalation.transport.errors import Limited
from escalation.transport.verdict import error_for

AT = "Mon, 23 Nov 2026 15:00:00 GMT"


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"ratelimit-limit": "700", "ratelimit-remaining": "14", "ratelimit-reset": "21"}, 21.0),
        ({"ratelimit-limit": "700", "ratelimit-remaining": "15", "ratelimit-reset": "21"}, None),
        ({"x-rate-limit": "400", "x-rate-limit-remaining": "3"}, WINDOW_S),
        (
            {
                "x-ratelimit-limit": "100",
                "x-ratelimit-remaining": "0",
                "x-ratelimit-reset": "2026-11-23T15:00:40Z",
                "date": AT,
            },
            40.0,
        ),
        ({"x-ratelimit-limit": "3600", "x-ratelimit-reset": "1795446000", "date": AT}, None),
        ({"ratelimit-limit": "10, 10;w=60", "ratelimit-remaining": "2", "ratelimit-reset": "5"}, 5.0),
        ({"x-ratelimit-limit": "1", "x-ratelimit-remaining": "0"}, None),
        ({"x-ratelimit-limit": "none", "x-ratelimit-remaining": "-1"}, None),
        ({}, None),
    ],
    ids=[
        *("zendesk, at the reserve", "zendesk, above it", "zendesk's older headers", "jira"),
        *("servicenow tells no rest", "the draft's policy", "a window of one", "no numbers", "nothing"),
    ],
)
def test_the_rest_that_an_answer_asks_for(headers, wait):
    assert rest_s(headers) == wait


def test_the_eighth_failure_in_a_row_begins_a_pause():
    assert [pause_s(failures=each, pauses=0) for each in range(1, FAILURES + 1)] == [
        *[None] * (FAILURES - 1),
        FIRST_PAUSE_S,
    ]


def test_each_failed_trial_doubles_the_pause_up_to_ten_minutes():
    waits = [pause_s(failures=FAILURES + each, pauses=each) for each in range(1, 9)]

    assert waits[:3] == [20.0, 40.0, 80.0]
    assert waits[-1] == LONGEST_PAUSE_S


def test_a_429_rests_the_connection_but_for_jiras_limit_of_one_issue():
    def limit(**headers: str) -> Limited:
        error = error_for(status=429, method="POST", headers={"retry-after": "7", **headers}, body=None)
        assert isinstance(error, Limited)
        return error

    whole = limit()
    one = limit(**{"ratelimit-reason": "jira-per-issue-on-write"})

    assert (whole.everywhere, whole.wait_s) == (True, 7.0)
    assert (one.everywhere, one.wait_s) == (False, 7.0)
    assert "single record" in str(one)
