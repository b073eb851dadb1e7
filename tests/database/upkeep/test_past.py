"""The past is read in the background: page by page, once each, and it goes on where it stopped."""

from dataclasses import replace
from datetime import timedelta

import pytest

from escalation.models import CatalogRow, Connection, Lesson, PastReading, PastRecord
from escalation.tools import registry
from escalation.tools.history import Past, PastPage
from escalation.transport.errors import Refused, Unauthorised, Unavailable
from escalation.upkeep import past
from escalation.upkeep.past import NoPast, begin, go_on, go_on_all
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=1)


def record(number: int) -> Past:
    return Past(
        remote_id=f"r{number}",
        number=f"INC{number}",
        text=f"Printer {number} prints boxes",
        opened_at=NOW - timedelta(days=number + 1),
        resolved_at=NOW - timedelta(days=number),
        reassignments=number % 2,
        holders=("g1", "g2") if number % 2 else ("g1",),
        filed=("ci-1", "g1"),
    )


class Tool:
    """A tool with five pages of two records, that can fail on one of them."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.fails_at: dict[str, Exception] = {}

    def past(self, door, *, cursor, since, now) -> PastPage:
        self.asked.append(cursor)
        if cursor in self.fails_at:
            raise self.fails_at.pop(cursor)
        page = int(cursor or 0)
        records = (record(2 * page), record(2 * page + 1))
        return PastPage(records=records, cursor=str(page + 1) if page < 4 else "")


@pytest.fixture
def tool(monkeypatch) -> Tool:
    fake = Tool()
    tools = {**registry.TOOLS, "servicenow": replace(registry.TOOLS["servicenow"], past=fake)}
    monkeypatch.setattr(registry, "TOOLS", tools)
    return fake


@pytest.fixture
def connection(db, tool) -> Connection:
    row = builders.connection("servicenow")
    for kind, remote_id in (("configuration_item", "ci-1"), ("assignment_group", "g1")):
        values = {"kind": kind, "remote_id": remote_id, "name": remote_id}
        CatalogRow.objects.create(connection=row, synced_at=NOW, **values)
    return row


@pytest.fixture
def reading(connection) -> PastReading:
    return begin(connection=connection, by=builders.person("kenji"), now=NOW)


def test_everything_is_read_once_counted_and_learned(reading, connection):
    go_on_all(now=LATER)

    reading.refresh_from_db()
    assert (reading.records_read, reading.lessons_learned, reading.finished_at) == (10, 10, LATER)
    assert PastRecord.objects.filter(connection=connection).count() == 10
    assert set(Lesson.objects.get(reference="past r3").remote_ids) == {"ci-1", "g1"}


def test_it_goes_on_where_it_stopped_and_reads_no_page_twice(reading, tool, monkeypatch):
    monkeypatch.setattr(past, "MOST_PAGES", 2)

    for _ in range(3):
        go_on(reading=reading, now=LATER)

    assert tool.asked == ["", "1", "2", "3", "4"]
    reading.refresh_from_db()
    assert reading.finished_at == LATER


def test_a_tool_that_is_down_leaves_what_was_read_and_says_why(reading, tool):
    tool.fails_at["3"] = Unavailable("It sleeps.")

    go_on(reading=reading, now=LATER)
    reading.refresh_from_db()
    assert (reading.records_read, reading.trouble, reading.finished_at) == (6, "It sleeps.", None)

    go_on(reading=reading, now=LATER)
    reading.refresh_from_db()
    assert (reading.records_read, reading.trouble, reading.finished_at) == (10, "", LATER)


def test_a_cursor_that_the_tool_has_forgotten_begins_anew_and_writes_nothing_twice(reading, tool):
    tool.fails_at["3"] = Refused("The value of nextPageToken is not valid.")

    go_on(reading=reading, now=LATER)
    go_on(reading=reading, now=LATER)

    assert tool.asked == ["", "1", "2", "3", "", "1", "2", "3", "4"]
    assert PastRecord.objects.count() == 10
    assert Lesson.objects.count() == 10
    reading.refresh_from_db()
    assert (reading.records_read, reading.lessons_learned) == (10, 10)


@pytest.mark.parametrize("error", [Refused("No.", status=403), Unauthorised("A right is missing.")])
def test_a_tool_that_says_no_at_once_is_not_asked_for_ever(reading, tool, error):
    tool.fails_at[""] = error

    go_on(reading=reading, now=LATER)
    go_on(reading=reading, now=LATER)

    reading.refresh_from_db()
    assert tool.asked == [""]
    assert (reading.finished_at, reading.trouble) == (LATER, str(error))


def test_asking_again_while_it_is_under_way_changes_nothing(reading, connection):
    again = begin(connection=connection, by=builders.person("olga"), now=LATER)

    assert (again.pk, again.began_at, again.asked_by.username) == (reading.pk, NOW, "kenji")


def test_one_that_is_finished_can_be_read_again(reading, connection, tool):
    go_on_all(now=LATER)

    begin(connection=connection, by=builders.person("olga"), now=LATER)
    go_on_all(now=LATER)

    reading.refresh_from_db()
    assert (reading.records_read, PastRecord.objects.count()) == (10, 10)


def test_linking_is_taught_so_much_and_no_more(reading, monkeypatch):
    monkeypatch.setattr(past, "MOST_LESSONS", 3)

    go_on_all(now=LATER)

    assert Lesson.objects.count() == 3
    assert PastRecord.objects.count() == 10


def test_a_tool_that_does_not_say_has_no_past():
    with pytest.raises(NoPast, match="does not say"):
        begin(connection=builders.connection("slack"), by=builders.person("kenji"), now=NOW)
