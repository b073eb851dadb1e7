"""The next hop begins with everything that is known, and with the receiver's record as its source."""

import pytest
from django.contrib.auth.models import User

from escalation.knowledge.codec import from_json
from escalation.knowledge.words import Origin
from escalation.lifecycle.table import NotAllowedNow
from escalation.lifecycle.words import Status
from escalation.models import Entry, Handoff, Route, Team
from escalation.reception.further import escalate_further
from escalation.timeline.record import Line, record
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def onward(desk_to_ops: Route) -> Route:
    platform = Team.objects.create(name="Platform Engineering", zone="Europe/Berlin")
    return Route.objects.create(
        name="Ops to Platform",
        sender=desk_to_ops.receiver,
        receiver=platform,
        source=desk_to_ops.target,
        target=builders.connection("jira"),
    )


def noted(handoff: Handoff, text: str, **details: object) -> None:
    line = Line(
        kind=Entry.Kind.NOTE,
        happened_at=NOW,
        who="tomas.brandt",
        tool="servicenow",
        text=text,
        details={"side": "receiver", **details},
    )
    record(handoff=handoff, line=line, now=NOW)


def test_everything_that_was_confirmed_is_inherited_and_counts_as_stated(
    delivered: Handoff, onward: Route, receiver: User
) -> None:
    further = escalate_further(handoff=delivered, route=onward, by=receiver, now=NOW)

    before, state = from_json(delivered.state), from_json(further.state)
    assert [item.id for _, item in state.stated().items()] == [item.id for _, item in before.items()]
    assert {item.origin for _, item in state.items()} == {Origin.INHERITED}
    assert (state.summary, state.ask) == (before.summary, before.ask)
    assert (further.status, further.previous, further.author) == (Status.DRAFT, delivered, receiver)
    assert further.entries.get().kind == Entry.Kind.STARTED


def test_the_receivers_record_is_the_source_and_the_user_stays_the_user(
    delivered: Handoff, onward: Route, receiver: User
) -> None:
    further = escalate_further(handoff=delivered, route=onward, by=receiver, now=NOW)

    source = from_json(further.state).source
    assert source is not None
    assert (source.tool, source.reference, source.number) == ("servicenow", "a" * 32, "INC0012345")
    assert source.requester_email == "priya.raman@example.com"
    assert (further.source_reference, further.source_number) == ("a" * 32, "INC0012345")


def test_what_the_receiver_noted_since_is_suggested_and_nothing_else_is(
    delivered: Handoff, onward: Route, receiver: User
) -> None:
    noted(delivered, "Misconfigured CORS policy\non the API gateway")
    noted(delivered, "The user called again", side="source")
    noted(delivered, "A later tier said this already", hop=1)

    further = escalate_further(handoff=delivered, route=onward, by=receiver, now=NOW)

    (found,) = [each for each in from_json(further.state).facts if each.origin is Origin.FOUND]
    assert found.statement == "Misconfigured CORS policy on the API gateway"
    assert found.evidence[0].author == "tomas.brandt"


def test_a_second_press_leads_to_the_same_draft(delivered: Handoff, onward: Route, receiver: User) -> None:
    first = escalate_further(handoff=delivered, route=onward, by=receiver, now=NOW)

    assert escalate_further(handoff=delivered, route=onward, by=receiver, now=NOW) == first
    assert Handoff.objects.count() == 2


@pytest.mark.parametrize("status", [Status.DRAFT, Status.QUEUED, Status.RESOLVED, Status.BOUNCED])
def test_only_who_holds_it_hands_it_on(
    delivered: Handoff, onward: Route, receiver: User, status: Status
) -> None:
    Handoff.objects.filter(pk=delivered.pk).update(status=status)

    with pytest.raises(NotAllowedNow):
        escalate_further(handoff=delivered, route=onward, by=receiver, now=NOW)


def test_a_route_that_begins_elsewhere_is_refused_in_words(
    delivered: Handoff, onward: Route, receiver: User, desk_to_ops: Route
) -> None:
    with pytest.raises(NotAllowedNow, match="does not begin with Infrastructure"):
        escalate_further(handoff=delivered, route=desk_to_ops, by=receiver, now=NOW)
    onward.source = onward.target
    onward.save()
    with pytest.raises(NotAllowedNow, match="does not start from records"):
        escalate_further(handoff=delivered, route=onward, by=receiver, now=NOW)
