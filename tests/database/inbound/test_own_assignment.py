"""An assignment that only repeats our record is no news; any other is, once, in its title."""

import pytest

from escalation.dispatch.deliver import deliver
from escalation.inbound.take_in import take_in
from escalation.inbound.whose import Interest
from escalation.models import Delivery, Entry, Handoff, Receipt, Snapshot
from escalation.timeline.read import lines
from escalation.tools.updates import UpdateKind
from escalation.translation.codec import to_json
from escalation.translation.draft import Draft, Field, Translation
from tests.builders import NOW
from tests.database.fakes import KIND, update

pytestmark = pytest.mark.django_db

GROUP = Field(name="assignment_group", label="Assignment group", value="g-17", shown="Network")


@pytest.fixture
def assigned(record: Delivery, handoff: Handoff, clock) -> Handoff:
    """A record that asked for the group Network, and got it."""
    deliver(delivery=record.pk, clock=clock)
    draft = Draft(tool=KIND, record="Record", fields=(GROUP,))
    Snapshot.objects.create(
        handoff=handoff,
        state=handoff.state,
        state_fingerprint="0" * 64,
        translation=to_json(Translation(draft=draft)),
        confirmed_by=handoff.author,
        confirmed_at=NOW,
    )
    Receipt.objects.update(kept={"assignment_group": "g-17"})
    return handoff


def hear(handoff: Handoff, words: str, key: str = "a1") -> None:
    heard = update(kind=UpdateKind.ASSIGNED, words=words, key=key)
    interest = Interest(handoff=handoff.pk, receiving=True)
    take_in(interest=interest, connection=handoff.route.target, updates=(heard,), now=NOW)


def titles(handoff: Handoff) -> list[tuple[str, str]]:
    return [(each.title, each.text) for each in lines(handoff=handoff) if each.kind == Entry.Kind.ASSIGNED]


def test_the_group_that_our_own_record_set_is_no_news(assigned: Handoff):
    hear(assigned, "Network")

    assert titles(assigned) == []


def test_a_person_of_that_group_is_news_and_is_said_once(assigned: Handoff):
    hear(assigned, "Network")
    hear(assigned, "Network, Tomás Berg", key="a2")

    ((title, text),) = titles(assigned)
    assert title.endswith("assigned to Network, Tomás Berg")
    assert text == ""


def test_a_group_that_the_tool_chose_instead_is_news(assigned: Handoff):
    Receipt.objects.update(kept={"assignment_group": "g-99"})

    hear(assigned, "Network")

    assert len(titles(assigned)) == 1
