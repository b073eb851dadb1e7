"""A text that speaks of a time finds what came out in it, whatever its words."""

from datetime import UTC, datetime

import pytest

from escalation.catalog.links import links_for
from escalation.linking.entries import EntryKind
from escalation.models import CatalogRow
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db


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
