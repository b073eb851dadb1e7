"""The wait is read from the answer alone, never from our clock."""

import pytest

from escalation.transport.wait import LONGEST_S, asked_wait_s

DATE = "Mon, 23 Nov 2026 18:00:00 GMT"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "120"}, 120),
        ({"retry-after": "Mon, 23 Nov 2026 18:01:30 GMT", "date": DATE}, 90),
        ({"retry-after": "Mon, 23 Nov 2026 17:00:00 GMT", "date": DATE}, 0),
        ({"retry-after": "Mon, 23 Nov 2026 18:01:30 GMT"}, None),
        ({"ratelimit-reset": "41"}, 41),
        ({"x-ratelimit-reset": "1795456860", "date": DATE}, 60),
        ({"x-ratelimit-reset": "2026-11-23T18:02Z", "date": DATE}, 120),
        ({"retry-after": "9999999999", "date": DATE}, LONGEST_S),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "٣"}, None),
        ({}, None),
    ],
)
def test_every_documented_form_is_understood(headers, seconds):
    assert asked_wait_s(headers) == seconds
