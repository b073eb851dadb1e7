"""A tool's catalog comes page by page, is written only where it changed, and loses what is gone."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.db import connection as database

from escalation.catalog.index import index_of
from escalation.catalog.learn import learn
from escalation.catalog.sync import lock_of, sync
from escalation.linking.entries import CatalogEntry, EntryKind
from escalation.models import CatalogPass, CatalogRow, Connection, Lesson
from escalation.tools import registry
from escalation.tools.contract import CatalogPage, Tool
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db


class Shelf:
    """A receiver with a catalog of two pages; it fails where a test says so."""

    def __init__(self, *names: str) -> None:
        self.names = names
        self.fails_at: str | None = None
        self.asked: list[tuple[str, datetime | None]] = []

    def catalog(self, door, *, cursor: str, since: datetime | None = None) -> CatalogPage:
        self.asked.append((cursor, since))
        if cursor == self.fails_at:
            raise RuntimeError("the line broke")
        half = len(self.names) // 2 + 1
        first, second = self.names[:half], self.names[half:]
        return CatalogPage(entries=entries(second if cursor else first), cursor="" if cursor else "second")


def entries(names: tuple[str, ...]) -> tuple[CatalogEntry, ...]:
    return tuple(
        CatalogEntry(id=name.lower(), kind=EntryKind.CONFIGURATION_ITEM, name=name) for name in names
    )


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Iterator[Shelf]:
    shelf = Shelf("Gateway", "Printer", "Ledger")
    tool = Tool(kind="shelf", label="Shelf", receiver=shelf)
    monkeypatch.setattr(registry, "TOOLS", {**registry.TOOLS, "shelf": tool})
    return shelf


@pytest.fixture
def connection(shelf: Shelf) -> Connection:
    return builders.connection("shelf")


def names(connection: Connection) -> set[str]:
    return set(
        CatalogRow.objects.filter(connection=connection, retired_at=None).values_list("name", flat=True)
    )


def test_every_page_is_kept(connection: Connection):
    assert sync(connection=connection, now=NOW) == 3
    assert names(connection) == {"Gateway", "Printer", "Ledger"}


def test_a_second_sync_that_finds_nothing_new_changes_nothing(connection: Connection):
    sync(connection=connection, now=NOW)
    before = Connection.objects.get(pk=connection.pk).catalog_version

    assert sync(connection=connection, now=NOW + timedelta(minutes=10)) == 0
    assert Connection.objects.get(pk=connection.pk).catalog_version == before


def test_what_the_tool_no_longer_has_is_retired_and_not_forgotten(connection: Connection, shelf: Shelf):
    sync(connection=connection, now=NOW)
    shelf.names = ("Gateway", "Ledger")

    sync(connection=connection, now=NOW + timedelta(minutes=10))

    assert names(connection) == {"Gateway", "Ledger"}
    assert CatalogRow.objects.get(connection=connection, name="Printer").retired_at is not None


def test_what_comes_back_is_there_again(connection: Connection, shelf: Shelf):
    everything = shelf.names
    sync(connection=connection, now=NOW)
    shelf.names = everything[:2]
    sync(connection=connection, now=NOW + timedelta(minutes=10))
    shelf.names = everything

    sync(connection=connection, now=NOW + timedelta(minutes=20))

    assert names(connection) == set(everything)


def test_a_sync_that_breaks_half_way_keeps_what_it_read_and_retires_nothing(
    connection: Connection, shelf: Shelf
):
    sync(connection=connection, now=NOW)
    shelf.fails_at = "second"

    with pytest.raises(RuntimeError):
        sync(connection=connection, now=NOW + timedelta(minutes=10))

    assert names(connection) == {"Gateway", "Printer", "Ledger"}


def test_it_goes_on_where_it_broke_and_retires_only_what_the_whole_pass_did_not_see(
    connection: Connection, shelf: Shelf
):
    sync(connection=connection, now=NOW)
    shelf.names = ("Gateway", "Ledger", "Scanner")
    shelf.fails_at = "second"
    with pytest.raises(RuntimeError):
        sync(connection=connection, now=NOW + timedelta(minutes=10))
    shelf.fails_at, shelf.asked = None, []

    sync(connection=connection, now=NOW + timedelta(minutes=20))

    assert [cursor for cursor, _ in shelf.asked] == ["second"]
    assert names(connection) == {"Gateway", "Ledger", "Scanner"}
    row = CatalogPass.objects.get(connection=connection)
    assert (row.entries_read, row.finished_at) == (3, NOW + timedelta(minutes=20))


def test_a_tool_that_tells_changes_is_asked_for_everything_once_a_day(
    connection: Connection, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
):
    telling = Tool(kind="shelf", label="Shelf", receiver=shelf, catalog_tells_changes=True)
    monkeypatch.setattr(registry, "TOOLS", {**registry.TOOLS, "shelf": telling})

    sync(connection=connection, now=NOW)
    everything, shelf.names = shelf.names, ("Scanner",)
    sync(connection=connection, now=NOW + timedelta(minutes=10))
    between = names(connection)
    sync(connection=connection, now=NOW + timedelta(hours=25))

    assert between == {*everything, "Scanner"}
    assert names(connection) == {"Scanner"}
    assert [since for _, since in shelf.asked] == [
        *(None, None),
        *(NOW - timedelta(minutes=5),) * 2,
        *(None, None),
    ]


def test_a_catalog_of_many_pages_is_read_in_several_goes(
    connection: Connection, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("escalation.catalog.sync.MOST_PAGES", 1)

    sync(connection=connection, now=NOW)
    row = CatalogPass.objects.get(connection=connection)
    assert (row.cursor, row.finished_at, row.entries_read) == ("second", None, 2)
    sync(connection=connection, now=NOW + timedelta(minutes=10))

    assert names(connection) == {"Gateway", "Printer", "Ledger"}
    assert CatalogPass.objects.get(connection=connection).finished_at is not None


def test_a_lesson_is_learned_without_building_anew(connection: Connection):
    sync(connection=connection, now=NOW)
    before = index_of(connection_id=connection.pk)

    learn(connection=connection, reference="a", text="labels are blank", remote_ids=["printer"], now=NOW)

    after = index_of(connection_id=connection.pk)
    assert after is before
    assert after.lessons == {Lesson.objects.get(reference="a").pk}


def test_a_correction_replaces_what_was_learned(connection: Connection):
    sync(connection=connection, now=NOW)
    learn(connection=connection, reference="a", text="labels are blank", remote_ids=["ledger"], now=NOW)

    learn(connection=connection, reference="a", text="labels are blank", remote_ids=["printer"], now=NOW)

    assert Lesson.objects.get(reference="a").remote_ids == ["printer"]


def test_what_is_not_in_the_catalog_teaches_nothing(connection: Connection):
    lesson = learn(connection=connection, reference="a", text="labels", remote_ids=["1", "high"], now=NOW)

    assert lesson is None


@pytest.mark.django_db(transaction=True)
def test_while_one_worker_reads_a_catalog_another_leaves_it_alone(connection, shelf):
    busy = database.copy()
    elsewhere = builders.connection("shelf", name="Another shelf")
    with busy.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", lock_of(connection))
        assert sync(connection=connection, now=NOW) == 0
        assert shelf.asked == []
        assert sync(connection=elsewhere, now=NOW) == 3
        # By hand: a server that sees only the end of the connection gives it back a moment later.
        cursor.execute("SELECT pg_advisory_unlock(%s, %s)", lock_of(connection))
    busy.close()

    assert sync(connection=connection, now=NOW) == 3
