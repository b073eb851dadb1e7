"""The owner sees how much of a tool's catalog Baton has read, and how far it is with the rest."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from escalation.linking.entries import EntryKind
from escalation.models import CatalogPass, CatalogRow, Membership, Route
from tests import builders


@pytest.fixture
def page(browser_of, desk_to_ops: Route) -> Client:
    return browser_of(builders.person("kenji", team=desk_to_ops.sender, role=Membership.Role.OWNER))


def begun(route: Route, **changes) -> CatalogPass:
    now = timezone.now()
    CatalogRow.objects.filter(connection=route.target).delete()
    for number, retired in enumerate((None, None, now)):
        CatalogRow.objects.create(
            connection=route.target,
            remote_id=f"ci-{number}",
            kind=EntryKind.CONFIGURATION_ITEM,
            name=f"Gateway {number}",
            synced_at=now,
            retired_at=retired,
        )
    values = {"began_at": now, "moved_at": now - timedelta(minutes=4), "entries_read": 300} | changes
    return CatalogPass.objects.update_or_create(connection=route.target, defaults=values)[0]


def test_a_reading_under_way_says_how_far_it_is(page: Client, desk_to_ops: Route):
    begun(desk_to_ops)

    html = page.get("/connections").content.decode()

    assert "Catalog: 2 entries, being read, 300 so far" in html


def test_a_finished_one_says_when_and_when_everything_was_read(page: Client, desk_to_ops: Route):
    now = timezone.now()
    begun(desk_to_ops, finished_at=now - timedelta(minutes=6), whole_at=now - timedelta(hours=3))

    html = page.get("/connections").content.decode().replace("\xa0", " ")

    assert "Catalog: 2 entries, read 6 minutes ago; everything 3 hours ago" in html


def test_what_was_read_within_a_minute_was_read_just_now(page: Client, desk_to_ops: Route):
    now = timezone.now()
    begun(desk_to_ops, finished_at=now, whole_at=now)

    html = page.get("/connections").content.decode()

    assert "Catalog: 2 entries, read just now; everything just now" in html
