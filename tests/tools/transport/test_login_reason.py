"""A 200 that is none: Jira tells in a header that nobody was logged in."""

import pytest

from escalation.transport.errors import Unauthorised
from escalation.transport.verdict import error_for


@pytest.mark.parametrize("reason", ["AUTHENTICATED_FAILED", "AUTHENTICATION_DENIED"])
@pytest.mark.parametrize("status", [200, 404])
def test_an_answer_to_nobody_is_never_taken_for_an_answer(status, reason):
    error = error_for(
        status=status, method="GET", headers={"x-seraph-loginreason": reason}, body={"issues": []}
    )

    assert isinstance(error, Unauthorised)


def test_an_answer_to_us_stands():
    assert error_for(status=200, method="GET", headers={"x-seraph-loginreason": "OK"}, body={}) is None
