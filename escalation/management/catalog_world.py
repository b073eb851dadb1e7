"""A ServiceNow with a big company's catalog, served over HTTP by the practice tool, and a connection to it.

Made up from a fixed seed, in a process of its own, so that neither its memory nor its time is ours.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.context import ForkContext, ForkProcess
from pathlib import Path
from socket import socket
from time import monotonic, sleep
from typing import Any, Final

from escalation.linking.entries import CatalogEntry
from escalation.management.invented import Invented
from escalation.models import Connection, Route, Team
from escalation.practice import credentials
from escalation.practice.serve import serve
from escalation.practice.servicenow.shipped import put_rows, sys_id_of
from escalation.practice.store import Store
from escalation.practice.tool import Plan

TABLE: Final = "/api/now/v2/table"
STARTS_WITHIN_S: Final = 180.0
# Of a hundred entries; the rest are configuration items.
GROUPS, SERVICES, CHANGES = 2, 4, 4
RELATED_EVERY = 10  # every tenth item has a service above it
RETIRED = "6"  # operational_status


@dataclass(frozen=True, kw_only=True, slots=True)
class Company:
    """The running tool, and how many entries it has."""

    process: ForkProcess
    port: int
    entries: int

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def item(self, number: int) -> str:
        """The sys_id of a configuration item, counted from 0."""
        return sys_id_of("cmdb_ci", f"item {number}")

    def change(self, number: int, **values: str) -> None:
        """An administrator edits an item."""
        self._ask("PATCH", number, values, user=credentials.SERVICENOW_ITIL_USER)

    def delete(self, number: int) -> None:
        """An administrator deletes an item."""
        self._ask("DELETE", number, None, user=credentials.SERVICENOW_ZONELESS_USER)

    def _ask(self, method: str, number: int, values: Mapping[str, str] | None, *, user: str) -> None:
        door = connection(self, user=user).door(trial=True)
        address = f"{door.base_url}{TABLE}/cmdb_ci/{self.item(number)}"
        door.session.ask(method, address, body=dict(values) if values else None)


def start(fork: ForkContext, *, entries: int, port: int, folder: Path, now: datetime) -> Company:
    """This will write the company and serve it; returns when it answers."""
    arguments = {"entries": entries, "port": port, "folder": folder, "now": now}
    process = fork.Process(target=_serve, kwargs=arguments, daemon=True)
    process.start()
    company, until = Company(process=process, port=port, entries=entries), monotonic() + STARTS_WITHIN_S
    while monotonic() < until and process.is_alive():
        with socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return company
        sleep(0.2)
    raise RuntimeError(f"The practice ServiceNow did not start on port {port}.")


def route_into(company: Company) -> Route:
    """This will return a route into the company, whose target is read over HTTP."""
    target = connection(company, user=credentials.SERVICENOW_USER)
    target.save()
    sender, receiver = (Team.objects.create(name=f"Big {name}") for name in ("desk", "operations"))
    return Route.objects.create(
        name="Into the big ServiceNow", sender=sender, receiver=receiver, source=target, target=target
    )


def connection(company: Company, *, user: str) -> Connection:
    """This will return a connection for one of the company's users, not kept."""
    made = Connection(
        tool="servicenow",
        name="Big ServiceNow",
        base_url="https://big.service-now.com",
        reached_at=company.address,
        allow_private=True,
        our_user=user,
    )
    made.keep_credentials({"scheme": "basic", "user": user, "password": credentials.SERVICENOW_PASSWORD})
    return made


def _serve(*, entries: int, port: int, folder: Path, now: datetime) -> None:
    store = Store(folder / "servicenow.sqlite3")
    with store.transaction():
        for table, rows in _tables(entries, now).items():
            put_rows(store, table, rows, now=now)
    store.close()
    plan = Plan(data=folder, with_world=False, say=lambda _: None)
    serve(tool="servicenow", host="127.0.0.1", port=port, plan=plan)


def _tables(entries: int, now: datetime) -> dict[str, Iterator[dict[str, Any]]]:
    made = Invented(entries=entries).catalog
    groups, services, changes = (max(1, entries * share // 100) for share in (GROUPS, SERVICES, CHANGES))
    items = made[groups + services + changes :]
    moment = f"{now:%Y-%m-%d %H:%M:%S}"
    return {
        "sys_user_group": (
            _row("group", number, each) | {"description": each.description, "active": "true"}
            for number, each in enumerate(made[:groups])
        ),
        "cmdb_ci_service": (
            _row("service", number, each) | {"short_description": each.description}
            for number, each in enumerate(made[groups : groups + services])
        ),
        "change_request": (
            _row("change", number, each)
            | {"number": f"CHG{number:07}", "short_description": each.description, "state": "3"}
            | {"cmdb_ci": sys_id_of("cmdb_ci", f"item {number}"), "work_start": moment, "work_end": moment}
            for number, each in enumerate(made[groups + services : groups + services + changes])
        ),
        "cmdb_ci_server": (
            _row("item", number, each)
            | {"short_description": each.description, "fqdn": each.hosts[0]}
            | {"support_group": sys_id_of("cmdb_ci", f"group {number % groups}")}
            for number, each in enumerate(items)
        ),
        "cmdb_rel_ci": (
            {
                "sys_id": sys_id_of("cmdb_rel_ci", str(number)),
                "child": sys_id_of("cmdb_ci", f"item {number}"),
                "parent": sys_id_of("cmdb_ci", f"service {number % services}"),
            }
            for number in range(0, len(items), RELATED_EVERY)
        ),
    }


def _row(what: str, number: int, entry: CatalogEntry) -> dict[str, Any]:
    return {"sys_id": sys_id_of("cmdb_ci", f"{what} {number}"), "name": entry.name}
