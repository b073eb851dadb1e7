"""What a status means: ended is not the same as fixed."""

import pytest

from escalation.tools.jira.vocabulary import state_of
from escalation.tools.updates import RemoteState


@pytest.mark.parametrize(
    ("category", "status", "resolution", "state"),
    [
        ("new", "To Do", "", RemoteState.NEW),
        ("indeterminate", "In Progress", "", RemoteState.WORKING),
        ("indeterminate", "Waiting for customer", "", RemoteState.WAITING),
        ("new", "Blocked", "", RemoteState.WAITING),
        ("done", "Done", "Done", RemoteState.RESOLVED),
        ("done", "Erledigt", "Erledigt", RemoteState.RESOLVED),
        ("done", "Done", "Won't Do", RemoteState.CANCELLED),
        ("done", "Done", "Won’t Fix", RemoteState.CANCELLED),
        ("done", "Closed", "Cannot Reproduce", RemoteState.CANCELLED),
        ("done", "Closed", "Duplicate", RemoteState.CANCELLED),
        ("done", "Cancelled", "Done", RemoteState.CANCELLED),
        ("done", "Released", "", RemoteState.RESOLVED),
        ("undefined", "Odd", "", None),
    ],
)
def test_a_state_follows_from_the_category_and_only_the_end_from_names(category, status, resolution, state):
    assert state_of(category, status=status, resolution=resolution) is state


def test_a_company_names_its_own_ends_without_a_fix():
    said = state_of(
        "done", status="Fertig", resolution="Verworfen", not_fixed=("Nicht gemacht", "verworfen ")
    )

    assert said is RemoteState.CANCELLED
