"""A note that only some may read in its tool is marked; its words reach neither timeline nor other tools."""

import pytest

from escalation.inbound.take_in import take_in
from escalation.inbound.whose import Interest
from escalation.models import Delivery, Entry, Handoff, RemoteUpdate
from escalation.timeline.describe import title
from escalation.tools.updates import Update
from tests import builders
from tests.builders import NOW
from tests.database import owing
from tests.database.fakes import update

pytestmark = pytest.mark.django_db

SECRET = "Salaries are in it."


@pytest.fixture
def second(handoff: Handoff) -> Handoff:
    """A hop further on, whose receiver's record is record-2."""
    handoff.remote_id, handoff.status = "record-1", "delivered"
    handoff.save()
    onward = builders.route(
        name="Ops to Dev",
        source=handoff.route.target,
        target=builders.connection("fake", name="Dev", base_url="https://dev.fake.example"),
    )
    later = owing.confirmed(route=onward, author=handoff.author, remote_id="record-2")
    later.previous, later.status = handoff, "delivered"
    later.save()
    return later


def seen(handoff: Handoff, **changes: object) -> Entry | None:
    said: Update = update(remote_id="record-2", text=SECRET, author="mei", **changes)
    interest = Interest(handoff=handoff.pk, receiving=True)
    take_in(interest=interest, connection=handoff.route.target, updates=(said,), now=NOW)
    return handoff.entries.filter(kind=Entry.Kind.NOTE).last()


def test_the_line_says_for_whom_it_is_and_no_word_of_it(second: Handoff) -> None:
    line = seen(second, restricted="HR", words="Comment for HR only")

    assert line is not None
    assert title(line, tool_label="Fake") == "mei wrote in Fake for HR only; what it says stays there"
    assert (line.text, line.sayable) == ("", "")
    assert RemoteUpdate.objects.get(handoff=second).text == ""
    assert second.previous is not None
    assert not second.previous.entries.filter(kind=Entry.Kind.NOTE).exists()
    assert not Delivery.objects.filter(kind=Delivery.Kind.NOTE).exists()


def test_an_owner_may_let_a_roles_notes_be_read_like_any_other(second: Handoff) -> None:
    target = second.route.target
    target.settings = {"restricted_shown": "QA, hr"}
    target.save()

    line = seen(second, restricted="HR", words="Comment for HR only")

    assert line is not None
    assert line.text == SECRET
    assert Delivery.objects.filter(kind=Delivery.Kind.NOTE).exists()


def test_our_own_restricted_note_comes_back_unheard(second: Handoff) -> None:
    owing.note_owed(second, SECRET, remote_id="record-2")
    Delivery.objects.filter(kind=Delivery.Kind.NOTE).update(attempts_made=1)

    assert seen(second, restricted="HR") is None
