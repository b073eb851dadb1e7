"""Which moves a remote state asks for, for every status: only ever moves that the table allows."""

import pytest

from escalation.inbound.advance import kind_after, moves
from escalation.lifecycle.table import after
from escalation.lifecycle.words import WITH_RECEIVER, Move, Status
from escalation.models import Entry
from escalation.tools.updates import RemoteState as Remote


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("state", Remote)
def test_every_move_that_follows_is_allowed_and_the_same_state_again_asks_for_nothing(
    status: Status, state: Remote
) -> None:
    reached = status
    for move in moves(status, state):
        reached = after(reached, move)

    assert moves(reached, state) == ()


@pytest.mark.parametrize("status", WITH_RECEIVER)
@pytest.mark.parametrize("state", [Remote.RESOLVED, Remote.CLOSED])
def test_whatever_the_receiver_resolves_is_resolved(status: Status, state: Remote) -> None:
    assert after(status, moves(status, state)[0]) == Status.RESOLVED


@pytest.mark.parametrize("status", WITH_RECEIVER)
def test_cancelled_is_never_called_resolved(status: Status) -> None:
    made = moves(status, Remote.CANCELLED)

    assert made == (Move.BOUNCE,)
    assert kind_after(made) == Entry.Kind.BOUNCED


@pytest.mark.parametrize("status", [Status.DRAFT, Status.DISCARDED, Status.QUEUED])
@pytest.mark.parametrize("state", Remote)
def test_what_is_not_with_the_receiver_is_moved_by_no_tool(status: Status, state: Remote) -> None:
    assert moves(status, state) == ()


def test_a_change_without_a_move_is_told_as_a_change_of_state() -> None:
    assert kind_after(moves(Status.RESOLVED, Remote.CLOSED)) == Entry.Kind.STATE
    assert kind_after(moves(Status.WAITING, Remote.WORKING)) == Entry.Kind.WENT_ON
