"""A text that speaks of a time finds what came out in it, whatever its words."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from escalation.catalog.links import links_for
from escalation.knowledge.state import Evidence
from escalation.linking.entries import EntryKind
from escalation.models import CatalogRow
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db
LAST_SATURDAY = datetime(2026, 11, 21, 22, 10, tzinfo=UTC)


def test_a_version_released_last_weekend_is_suspected_although_nobody_names_it() -> None:
    connection = builders.connection("jira")
    for number, name, day in (("10020", "2.4.0", 1), ("10021", "2.4.1", 21)):
        CatalogRow.objects.create(
            connection=connection,
            remote_id=f"PLAT/version/{number}",
            kind=EntryKind.VERSION,
            name=name,
            released_at=datetime(2026, 11, day, tzinfo=UTC),
            synced_at=NOW,
        )

    found = links_for(connection_id=connection.pk, state=builders.scene(), said_at=NOW, zone=builders.EASTERN)

    best = found.links[EntryKind.VERSION][0]
    assert best.name == "2.4.1"
    assert best.score >= 0.6
    assert len({each.entry_id for each in found.links[EntryKind.VERSION]}) == len(
        found.links[EntryKind.VERSION]
    )


def test_a_change_is_as_suspect_as_what_it_touched_is_sure() -> None:
    connection = builders.connection()
    rows = (
        ("gateway", EntryKind.CONFIGURATION_ITEM, "Finance API Gateway", ["finance-dash.example.com"], []),
        ("printer", EntryKind.CONFIGURATION_ITEM, "Label printer 7", [], []),
        ("touching", EntryKind.CHANGE, "CHG0030187", [], ["gateway"]),
        ("elsewhere", EntryKind.CHANGE, "CHG0030190", [], ["printer"]),
    )
    for remote_id, kind, name, hosts, related in rows:
        dated = {"starts_at": LAST_SATURDAY, "ends_at": LAST_SATURDAY} if kind is EntryKind.CHANGE else {}
        CatalogRow.objects.create(
            connection=connection,
            remote_id=remote_id,
            kind=kind,
            name=name,
            hosts=hosts,
            related=related,
            synced_at=NOW,
            **dated,
        )

    found = links_for(connection_id=connection.pk, state=builders.scene(), said_at=NOW, zone=builders.EASTERN)

    scores = {link.name: link.score for link in found.links[EntryKind.CHANGE]}
    assert scores["CHG0030187"] >= 0.6 > scores["CHG0030190"]


def test_of_two_versions_of_a_weekend_the_one_that_names_the_linked_component_is_the_likelier() -> None:
    connection = builders.connection("jira")
    released = {"released_at": datetime(2026, 11, 21, tzinfo=UTC)}
    rows = (
        ("10010", EntryKind.COMPONENT, "API Gateway", {"hosts": ["finance-dash.example.com"]}),
        ("10020", EntryKind.VERSION, "Orders 7.1", released),
        ("10021", EntryKind.VERSION, "2.4.1", released | {"related": ["10010"]}),
        ("10022", EntryKind.VERSION, "Wiki 3.0", released),
    )
    for remote_id, kind, name, more in rows:
        CatalogRow.objects.create(
            connection=connection, remote_id=remote_id, kind=kind, name=name, synced_at=NOW, **more
        )

    found = links_for(connection_id=connection.pk, state=builders.scene(), said_at=NOW, zone=builders.EASTERN)

    first, second, *_ = found.links[EntryKind.VERSION]
    assert first.name == "2.4.1"
    assert first.score > second.score
    assert "touches what is linked" in first.because


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Last weekend's change did it.", "CHG0030187"),
        ("The change 2 days ago did it.", "CHG0030201"),  # a technician's own words, of now
    ],
)
def test_a_time_that_was_quoted_is_read_against_the_day_it_was_written(words: str, found: str) -> None:
    connection = builders.connection()
    for name, at in (("CHG0030187", LAST_SATURDAY), ("CHG0030201", LAST_SATURDAY + timedelta(days=7))):
        CatalogRow.objects.create(
            connection=connection,
            remote_id=name,
            kind=EntryKind.CHANGE,
            name=name,
            starts_at=at,
            ends_at=at,
            synced_at=NOW,
        )
    friday, monday = datetime(2026, 11, 27, 15, 0, tzinfo=UTC), datetime(2026, 11, 30, 7, 0, tzinfo=UTC)
    quote = Evidence(quote="My guess: last weekend's change did it.", at=friday)
    scene = builders.scene()
    (guess,) = scene.hypothesis
    # What the scene says elsewhere of a time is left out: only the guess speaks of one.
    state = replace(
        scene,
        summary="",
        facts=(),
        diagnostics=(),
        hypothesis=(replace(guess, statement=words, because="", evidence=(quote,)),),
    )

    links = links_for(connection_id=connection.pk, state=state, said_at=monday, zone=builders.EASTERN)

    assert [link.name for link in links.links[EntryKind.CHANGE]] == [found]
