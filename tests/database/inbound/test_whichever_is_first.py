"""A state comes from the page, from a signed link or from the tool: whichever is first is the one line."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from escalation.dispatch.deliver import deliver
from escalation.inbound.take_in import take_in
from escalation.inbound.whose import Interest
from escalation.lifecycle.reasons import BounceReason
from escalation.lifecycle.table import NotAllowedNow
from escalation.lifecycle.words import Status
from escalation.models import Delivery, Entry, Handoff, Membership, Notice, RemoteUpdate, Verdict
from escalation.reception.accept import accept
from escalation.reception.bounce import Returned, bounce
from escalation.reception.reopen import reopen
from escalation.reception.resolve import resolve
from escalation.reception.start import start
from escalation.reception.verdict import Found
from escalation.reception.who import Actor, Outsider
from escalation.tools.updates import RemoteState as Remote
from tests import builders
from tests.database.fakes import Clock, state, update

pytestmark = pytest.mark.django_db

K = Entry.Kind
MOVED = (
    K.ACCEPTED,
    K.DIAGNOSING,
    K.RESOLVED,
    K.REOPENED,
    K.BOUNCED,
    K.STATE,
    K.LEARNED,
    K.READ_BACK,
    K.REASON,
)
FOUND = Found(cause="Expired certificate", fix="Renewed")
Verb = Callable[[Handoff, Actor, Clock], object]


def _accept(handoff: Handoff, by: Actor, clock: Clock) -> object:
    return accept(handoff=handoff, by=by, now=clock(), read_back="Let it load")


def _start(handoff: Handoff, by: Actor, clock: Clock) -> object:
    return start(handoff=handoff, by=by, now=clock())


def _resolve(handoff: Handoff, by: Actor, clock: Clock) -> object:
    return resolve(handoff=handoff, by=by, now=clock(), found=FOUND)


def _return(handoff: Handoff, by: Actor, clock: Clock) -> object:
    return bounce(handoff=handoff, by=by, now=clock(), returned=Returned(reason=BounceReason.WRONG_TEAM))


VERBS: dict[str, tuple[Verb, Remote, str, Status, Entry.Kind]] = {
    "accepted": (_accept, Remote.WORKING, "In Progress", Status.ACCEPTED, K.ACCEPTED),
    "started": (_start, Remote.WORKING, "In Progress", Status.DIAGNOSING, K.DIAGNOSING),
    "resolved": (_resolve, Remote.RESOLVED, "Resolved", Status.RESOLVED, K.RESOLVED),
    "closed": (_resolve, Remote.CLOSED, "Closed", Status.RESOLVED, K.RESOLVED),
    "returned": (_return, Remote.CANCELLED, "Canceled", Status.BOUNCED, K.BOUNCED),
}


@pytest.fixture
def there(record: Delivery, handoff: Handoff, clock: Clock) -> Handoff:
    deliver(delivery=record.pk, clock=clock)
    handoff.refresh_from_db()
    return handoff


@pytest.fixture
def tomas(there: Handoff) -> User:
    return builders.person("tomas", team=there.route.receiver, role=Membership.Role.LEVEL_TWO)


@pytest.fixture(params=["page", "link"])
def by(request: pytest.FixtureRequest, tomas: User) -> Actor:
    return tomas if request.param == "page" else Outsider(name="Somebody at Fake")


def tool_says(handoff: Handoff, clock: Clock, value: Remote, words: str, text: str = "") -> None:
    clock.forward(30)
    said = update(**state(value, words, at=clock(), key=f"s{clock():%H%M%S}", text=text))
    interest = Interest(handoff=handoff.pk, receiving=True)
    take_in(interest=interest, connection=handoff.route.target, updates=(said,), now=clock())
    handoff.refresh_from_db()


def lines(handoff: Handoff) -> list[tuple[str, str]]:
    return list(
        handoff.entries.filter(kind__in=MOVED).order_by("sequence").values_list("kind", "details__words")
    )


@pytest.mark.parametrize("name", VERBS)
def test_what_a_person_said_first_is_not_said_again_by_the_tool(
    there: Handoff, by: Actor, clock: Clock, name: str
):
    verb, value, words, status, kind = VERBS[name]
    verb(there, by, clock)
    told = Notice.objects.count()

    tool_says(there, clock, value, words)

    assert lines(there) == [(kind, None)]
    assert there.status == status
    assert Notice.objects.count() == told
    assert RemoteUpdate.objects.filter(handoff=there, state=value).exists()


def test_what_the_tool_said_first_a_person_says_no_second_time(there: Handoff, by: Actor, clock: Clock):
    tool_says(there, clock, Remote.WORKING, "In Progress")
    _start(there, by, clock)  # at work in a tool is accepted; that diagnosing has begun is news, once

    with pytest.raises(NotAllowedNow):
        _start(there, by, clock)

    assert [kind for kind, _ in lines(there)].count(K.DIAGNOSING) == 1


def test_why_it_was_returned_is_kept_once_after_the_tool_cancelled_it(
    there: Handoff, by: Actor, clock: Clock
):
    tool_says(there, clock, Remote.CANCELLED, "Canceled")
    owed = there.deliveries.count()

    _return(there, by, clock)

    there.refresh_from_db()
    assert lines(there) == [(K.BOUNCED, "Canceled"), (K.REASON, None)]
    assert there.entries.get(kind=K.REASON).details["reason"] == BounceReason.WRONG_TEAM
    assert there.status == Status.BOUNCED
    assert there.deliveries.count() == owed  # the record is over there, and left alone
    assert Notice.objects.filter(user=there.author, kind="returned").count() == 2  # that, and why
    with pytest.raises(NotAllowedNow):
        _return(there, by, clock)
    assert len(lines(there)) == 2


def test_why_is_asked_again_where_the_tool_cancels_it_again(there: Handoff, tomas: User, clock: Clock):
    tool_says(there, clock, Remote.CANCELLED, "Canceled")
    _return(there, tomas, clock)
    reopen(handoff=there, why="It is yours", by=there.author, now=clock())
    tool_says(there, clock, Remote.CANCELLED, "Cancelled again")

    _return(there, tomas, clock)

    assert [kind for kind, _ in lines(there)] == [K.BOUNCED, K.REASON, K.REOPENED, K.BOUNCED, K.REASON]


@pytest.mark.parametrize("value", [Remote.RESOLVED, Remote.CLOSED])
def test_what_the_tool_closed_a_person_may_still_return(
    there: Handoff, by: Actor, clock: Clock, value: Remote
):
    tool_says(there, clock, value, "Closed")
    owed = there.deliveries.count()

    _return(there, by, clock)

    there.refresh_from_db()
    assert [kind for kind, _ in lines(there)] == [K.RESOLVED, K.BOUNCED]
    assert there.status == Status.BOUNCED
    assert there.deliveries.count() == owed
    with pytest.raises(NotAllowedNow):
        _return(there, by, clock)


@pytest.mark.parametrize("told", [True, False])
def test_what_a_person_resolved_is_not_returned(there: Handoff, by: Actor, clock: Clock, told: bool):
    if told:
        tool_says(there, clock, Remote.RESOLVED, "Resolved")  # and what it was is said by a person
    _resolve(there, by, clock)

    with pytest.raises(NotAllowedNow):
        _return(there, by, clock)
    there.refresh_from_db()
    assert there.status == Status.RESOLVED


def test_who_reads_back_after_the_tool_said_it_is_at_work_is_heard(there: Handoff, by: Actor, clock: Clock):
    tool_says(there, clock, Remote.WORKING, "In Progress")

    for _ in range(2):
        _accept(there, by, clock)

    there.refresh_from_db()
    assert lines(there) == [(K.ACCEPTED, "In Progress"), (K.READ_BACK, None)]
    assert (there.status, there.read_back) == (Status.ACCEPTED, "Let it load")


def test_a_second_person_does_not_talk_over_the_first_read_back(there: Handoff, by: Actor, clock: Clock):
    _accept(there, by, clock)

    with pytest.raises(NotAllowedNow):
        accept(handoff=there, by=by, now=clock(), read_back="Something else")
    there.refresh_from_db()
    assert there.read_back == "Let it load"


def test_cause_and_fix_after_the_tool_said_it_is_resolved_are_kept(there: Handoff, by: Actor, clock: Clock):
    tool_says(there, clock, Remote.RESOLVED, "Resolved")

    _resolve(there, by, clock)

    assert [kind for kind, _ in lines(there)] == [K.RESOLVED, K.LEARNED]
    assert Verdict.objects.get(handoff=there).fix == "Renewed"
    with pytest.raises(NotAllowedNow):
        resolve(handoff=there, by=by, now=clock())


@pytest.mark.parametrize(("value", "words"), [(Remote.NEW, "New"), (Remote.WORKING, "In Progress")])
def test_reopened_here_and_then_there_is_one_line(
    there: Handoff, tomas: User, clock: Clock, value: Remote, words: str
):
    tool_says(there, clock, Remote.RESOLVED, "Resolved")
    reopen(handoff=there, why="It is back", by=there.author, now=clock())

    tool_says(there, clock, value, words)

    assert [kind for kind, _ in lines(there)] == [K.RESOLVED, K.REOPENED]
    assert there.status == Status.DIAGNOSING


def test_reopened_there_first_is_refused_here(there: Handoff, tomas: User, clock: Clock):
    _resolve(there, tomas, clock)
    tool_says(there, clock, Remote.RESOLVED, "Resolved")
    tool_says(there, clock, Remote.WORKING, "In Progress")

    with pytest.raises(NotAllowedNow):
        reopen(handoff=there, why="It is back", by=there.author, now=clock())
    assert [kind for kind, _ in lines(there)] == [K.RESOLVED, K.REOPENED]


def test_what_the_tool_adds_is_news_all_the_same(there: Handoff, tomas: User, clock: Clock):
    _accept(there, tomas, clock)
    tool_says(there, clock, Remote.WORKING, "In Progress")
    tool_says(there, clock, Remote.WORKING, "In Review")
    _resolve(there, tomas, clock)
    tool_says(there, clock, Remote.RESOLVED, "Resolved", text="Renewed the certificate of the gateway")
    tool_says(there, clock, Remote.CLOSED, "Closed")

    assert lines(there) == [
        (K.ACCEPTED, None),
        (K.STATE, "In Review"),
        (K.RESOLVED, None),
        (K.STATE, "Resolved"),
        (K.STATE, "Closed"),
    ]


def test_the_tools_own_words_that_repeat_ours_are_not_said_twice(there: Handoff, tomas: User, clock: Clock):
    _resolve(there, tomas, clock)

    tool_says(there, clock, Remote.RESOLVED, "Resolved", text="Renewed")

    assert [kind for kind, _ in lines(there)] == [K.RESOLVED]


def test_another_state_of_the_tool_is_not_taken_for_the_same(there: Handoff, tomas: User, clock: Clock):
    _resolve(there, tomas, clock)

    tool_says(there, clock, Remote.CANCELLED, "Canceled")

    assert lines(there) == [(K.RESOLVED, None), (K.STATE, "Canceled")]


def test_a_late_state_is_history_and_stands(there: Handoff, tomas: User, clock: Clock):
    tool_says(there, clock, Remote.WORKING, "In Progress")
    _resolve(there, tomas, clock)
    early = update(**state(Remote.RESOLVED, "Resolved", at=clock() - timedelta(hours=1), key="early"))
    interest = Interest(handoff=there.pk, receiving=True)
    take_in(interest=interest, connection=there.route.target, updates=(early,), now=clock())

    assert lines(there)[-1] == (K.STATE, "Resolved")
