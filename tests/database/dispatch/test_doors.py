"""A door is kept for the next delivery to the same tenant, as long as it is the same door."""

import threading
from collections.abc import Callable

import pytest

from escalation.dispatch import doors
from escalation.dispatch.doors import door_for
from escalation.models import Breaker, Connection
from escalation.transport.errors import Paused
from tests import builders
from tests.tools.transport.conftest import server
from tests.tools.transport.loopback import Reply

__all__ = ["server"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def tenant(server) -> Connection:
    row = builders.connection("servicenow", base_url="https://acme.service-now.com")
    row.reached_at, row.allow_private = server.address, True
    row.keep_credentials({"scheme": "bearer", "token": "one"})
    row.save()
    return row


def as_read(tenant: Connection) -> Connection:
    return Connection.objects.select_related("breaker").get(pk=tenant.pk)


def test_the_next_delivery_goes_through_the_same_door(tenant: Connection) -> None:
    assert door_for(as_read(tenant)) is door_for(as_read(tenant))


def new_password(row: Connection) -> None:
    row.keep_credentials({"scheme": "bearer", "token": "two"})


def new_setting(row: Connection) -> None:
    row.settings = {"project": "PLAT"}


def other_proxy(row: Connection) -> None:
    row.proxy = "none"


@pytest.mark.parametrize("change", [new_password, new_setting, other_proxy])
def test_whatever_an_owner_changed_holds_for_the_next_delivery(
    change: Callable[[Connection], None], tenant: Connection, server
) -> None:
    before = door_for(as_read(tenant))
    row = as_read(tenant)
    change(row)
    row.save()

    after = door_for(as_read(tenant))
    server.replies = [Reply(body=b"{}")]
    after.session.ask("GET", f"{after.base_url}/a")

    assert after is not before
    token = "two" if change is new_password else "one"
    assert server.asked[0].headers["authorization"] == f"Bearer {token}"


def test_what_has_been_idle_is_opened_anew(tenant: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    before = door_for(as_read(tenant))
    monkeypatch.setattr(doors, "IDLE_S", -1.0)

    assert door_for(as_read(tenant)) is not before


def test_no_two_threads_share_a_door(tenant: Connection) -> None:
    row, theirs = as_read(tenant), []
    thread = threading.Thread(target=lambda: theirs.append(door_for(row)))
    thread.start()
    thread.join(20)

    assert theirs
    assert theirs[0] is not door_for(row)


def test_a_kept_door_lets_nothing_pass_while_calls_pause(tenant: Connection, server) -> None:
    server.replies = [Reply(body=b"{}")]
    door_for(as_read(tenant)).session.ask("GET", f"{tenant.base_url}/a")
    Breaker.objects.create(
        connection=tenant, failures=8, pauses=1, cause="away", paused_until="2999-01-01T00:00:00Z"
    )
    door = door_for(as_read(tenant))

    with pytest.raises(Paused):
        door.session.ask("GET", f"{tenant.base_url}/a")

    assert len(server.asked) == 1


def test_only_so_many_are_kept(server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doors, "_HERE", doors._OfThisThread())  # other tests have left theirs
    monkeypatch.setattr(doors, "MOST", 2)
    rows = []
    for number in range(3):
        row = builders.connection(
            "servicenow", base_url=f"https://{number}.service-now.com", name=f"{number}"
        )
        row.keep_credentials({"scheme": "bearer", "token": "one"})
        row.save()
        rows.append(row)
    first, _, third = (door_for(as_read(each)) for each in rows)

    assert door_for(as_read(rows[2])) is third
    assert door_for(as_read(rows[0])) is not first
