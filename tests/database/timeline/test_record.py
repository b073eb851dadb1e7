"""Lines are numbered without a gap, announced at commit, and said in words."""

from datetime import timedelta

import psycopg
import pytest
from django.db import connection, transaction

from escalation.models import Entry, Handoff
from escalation.timeline.describe import ICONS, TITLES
from escalation.timeline.read import lines
from escalation.timeline.record import CHANNEL, Line, record
from escalation.timeline.told import told
from tests.builders import NOW


def add(handoff: Handoff, kind: Entry.Kind, **values) -> Entry:
    with transaction.atomic():
        locked = Handoff.objects.select_for_update().get(pk=handoff.pk)
        return record(handoff=locked, line=Line(kind=kind, happened_at=NOW, **values), now=NOW)


@pytest.mark.django_db
def test_lines_count_up_without_a_gap(draft: Handoff):
    for _ in range(3):
        add(draft, Entry.Kind.NOTE, text="one more")

    assert [line.sequence for line in lines(handoff=draft)] == [1, 2, 3]


@pytest.mark.django_db
def test_a_reader_goes_on_from_where_it_stopped(draft: Handoff):
    add(draft, Entry.Kind.STARTED)
    add(draft, Entry.Kind.NOTE, text="new")

    assert [line.text for line in lines(handoff=draft, after=1)] == ["new"]


@pytest.mark.django_db
def test_a_line_that_was_rolled_back_leaves_no_gap(draft: Handoff):
    with transaction.atomic():
        locked = Handoff.objects.select_for_update().get(pk=draft.pk)
        record(handoff=locked, line=Line(kind=Entry.Kind.NOTE, happened_at=NOW), now=NOW)
        transaction.set_rollback(True)

    assert add(draft, Entry.Kind.NOTE).sequence == 1


@pytest.mark.django_db(transaction=True)
def test_a_committed_line_is_announced_with_its_number(draft: Handoff):
    wanted = {"host", "port", "user", "dbname", "password"}
    given = {key: value for key, value in connection.get_connection_params().items() if key in wanted}
    with psycopg.connect(**given, autocommit=True) as listening:
        listening.execute(f"LISTEN {CHANNEL}")

        add(draft, Entry.Kind.NOTE)

        notice = next(listening.notifies(timeout=5, stop_after=1))
    assert notice.payload == f"{draft.pk}:1"


@pytest.mark.django_db
def test_what_the_user_was_told_is_kept_with_who_told_it(draft: Handoff, agent):
    told(handoff=draft, text="We are on it.", by=agent, now=NOW + timedelta(minutes=1))

    line = lines(handoff=draft)[-1]
    assert (line.kind, line.sayable, line.title) == ("told", "We are on it.", "Lena copied it for the user")


@pytest.mark.django_db
@pytest.mark.parametrize("kind", Entry.Kind)
def test_every_kind_can_be_said_without_any_detail(draft: Handoff, kind: Entry.Kind):
    add(draft, kind, tool="servicenow")

    line = lines(handoff=draft)[0]
    assert line.title
    assert "{" not in line.title
    assert line.icon == ICONS[kind]
    assert kind in TITLES


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("side", "title"),
    [
        ("source", "Priya wrote in the source ticket"),
        ("receiver", "Priya wrote in the receiver's record"),
        ("", "Priya wrote"),
    ],
)
def test_a_note_says_from_which_end_it_came(draft: Handoff, side, title):
    add(draft, Entry.Kind.NOTE, who="Priya", text="Still broken", details={"side": side})

    assert [line.title for line in lines(handoff=draft)] == [title]
