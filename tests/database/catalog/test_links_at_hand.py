"""What is suggested to somebody who types never names what the tool has retired."""

import pytest

from escalation.catalog.links import links_at_hand
from escalation.linking.entries import EntryKind
from escalation.models import CatalogRow, Connection
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db


def suggested(connection: Connection):
    return links_at_hand(
        connection_id=connection.pk, state=builders.scene(), said_at=NOW, zone=builders.EASTERN
    )


def test_what_was_retired_leaves_before_the_index_is_built_anew():
    connection = builders.connection()
    rows = (
        ("gateway", EntryKind.CONFIGURATION_ITEM, "Finance API Gateway", ["finance-dash.example.com"]),
        ("old", EntryKind.CONFIGURATION_ITEM, "Old Finance Gateway", ["finance-dash.example.com"]),
        ("api", EntryKind.ASSIGNMENT_GROUP, "API Platform", []),
    )
    for remote_id, kind, name, hosts in rows:
        related = ["api"] if remote_id == "gateway" else []
        CatalogRow.objects.create(
            connection=connection, remote_id=remote_id, kind=kind, name=name, hosts=hosts, related=related,
            synced_at=NOW,
        )  # fmt: skip
    before = suggested(connection)

    CatalogRow.objects.filter(remote_id__in=["old", "api"]).update(retired_at=NOW)
    after = suggested(connection)

    assert {each.entry_id for each in before.links[EntryKind.CONFIGURATION_ITEM]} == {"gateway", "old"}
    assert [each.entry_id for each in after.links[EntryKind.CONFIGURATION_ITEM]] == ["gateway"]
    assert set(before.entries) == {"gateway", "old", "api"}
    assert set(after.entries) == {"gateway"}
