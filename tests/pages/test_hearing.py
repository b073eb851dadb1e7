"""A webhook that an earlier Baton registered lacks an event: the page finds it, and one press adds it."""

from collections.abc import Iterator

import pytest
from django.test import Client

from escalation.models import Connection, Membership
from escalation.upkeep.rights import check_rights
from tests import builders
from tests.builders import NOW
from tests.database import real
from tests.database.real import Site

pytestmark = pytest.mark.django_db
MISSING = "Zendesk&#x27;s webhook does not call Baton for csat_received."


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    site = real.open_site(monkeypatch, name="zendesk")
    yield site
    site.practice.close()


@pytest.fixture
def desk(site: Site) -> Connection:
    return real.desk()


@pytest.fixture
def owner(desk: Connection) -> Client:
    route = builders.route(source=desk)
    browser = Client()
    browser.force_login(builders.person("omar", team=route.sender, role=Membership.Role.OWNER))
    return browser


def press(owner: Client, desk: Connection, verb: str) -> str:
    return owner.post(f"/connections/{desk.pk}/{verb}", follow=True).content.decode()


def without_the_newest_event(site: Site) -> None:
    (hook,) = site.practice.store.all("webhook")
    held = [each for each in hook["subscriptions"] if not each.endswith("csat_received")]
    site.practice.store.put("webhook", hook["id"], {**hook, "subscriptions": held})


def test_the_test_names_the_event_and_one_press_adds_it(site: Site, desk: Connection, owner: Client) -> None:
    press(owner, desk, "listen")
    assert MISSING not in press(owner, desk, "test")
    without_the_newest_event(site)

    html = press(owner, desk, "test")
    assert MISSING in html
    assert "Have Zendesk call Baton" in html

    press(owner, desk, "listen")
    assert MISSING not in press(owner, desk, "test")


def test_the_daily_check_finds_it_by_itself(site: Site, desk: Connection, owner: Client) -> None:
    press(owner, desk, "listen")
    without_the_newest_event(site)

    check_rights(now=NOW)

    assert MISSING in owner.get(f"/connections/{desk.pk}").content.decode()
