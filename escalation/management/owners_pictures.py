"""How do an owner's pages look: what drifted, a connection and its past, what is late?

For ``manage.py screenshots``. A tool that changed is shown on the practice ServiceNow, which is changed for
the picture and changed back.
"""

import re
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.core.management.base import CommandError

from escalation.practice import credentials

ITEM = "Finance API Gateway"
# Table, which rows of it, how they are for the picture and how they were.
CHANGES: tuple[tuple[str, str, Mapping[str, str], Mapping[str, str]], ...] = (
    ("cmdb_ci", f"name={ITEM}", {"operational_status": "6"}, {"operational_status": "1"}),
    ("sys_dictionary", "element=caused_by", {"active": "false"}, {"active": "true"}),
    ("sys_dictionary", "element=location", {"mandatory": "true"}, {"mandatory": "false"}),
    ("sys_choice", "element=contact_type^value=phone", {"label": "Telephone"}, {"label": "Phone"}),
)
SEVERAL = {"status": "/status", "audit": "/audit"}


def owners_pages(page: Any, *, base: str, route: str, keep: Callable[[Any, str], None]) -> None:
    """This will keep the pictures of an owner's further pages; ``route`` is the address of one."""
    page.goto(f"{base}/connections")
    page.get_by_role("link", name="Practice ServiceNow", exact=True).click()
    page.get_by_role("heading", name="Practice ServiceNow").wait_for()
    keep(page, "connection")
    tool = _address(page.locator("main").inner_text())
    _past(page, keep)
    for name, address in SEVERAL.items():
        page.goto(f"{base}{address}")
        keep(page, name)
    with _changed(page, tool):
        page.goto(route)
        _look(page, until="is retired in the tool")
        keep(page, "drift")
        page.goto(f"{base}/notices")
        keep(page, "notices-owner")
    page.goto(route)
    _look(page, until="Practice ServiceNow fits")


def _address(text: str) -> str:
    """Where the tool is, as the page of its connection says."""
    found = re.search(r"ServiceNow at (\S+?),", text)
    if found is None:
        raise CommandError("The page of the connection does not say where the practice ServiceNow is.")
    return found[1]


def _past(page: Any, keep: Callable[[Any, str], None]) -> None:
    page.get_by_role("link", name="Before Baton").click()
    page.get_by_role("button", name="Read").click()
    for _ in range(30):
        page.wait_for_timeout(2_000)
        page.reload()
        if page.get_by_text("finished").count():
            break
    keep(page, "past")


def _look(page: Any, *, until: str) -> None:
    """Press, and see what the worker found in the catalog a moment later."""
    page.get_by_role("button", name="Look now").click()
    for _ in range(30):
        if page.get_by_text(until).count():
            return
        page.wait_for_timeout(2_000)
        page.goto(page.url)
    raise CommandError(f"After a minute the route's page does not say: {until}")


@contextmanager
def _changed(page: Any, tool: str) -> Iterator[None]:
    """The practice ServiceNow as its administrators have changed it, and as it was afterwards."""
    tables = f"{tool}/api/now/table"
    try:
        for table, query, changed, _ in CHANGES:
            _write(page, f"{tables}/{table}", query, changed)
        yield
    finally:
        for table, query, _, before in CHANGES:
            _write(page, f"{tables}/{table}", query, before)


def _write(page: Any, table: str, query: str, values: Mapping[str, str]) -> None:
    login = f"{credentials.SERVICENOW_USER}:{credentials.SERVICENOW_PASSWORD}"
    said = {"Authorization": f"Basic {b64encode(login.encode()).decode()}"}
    narrowed = "" if table.endswith("cmdb_ci") else "^nameINincident,task"
    found = page.request.get(table, params={"sysparm_query": f"{query}{narrowed}"}, headers=said)
    for row in found.json()["result"]:
        page.request.patch(f"{table}/{row['sys_id']}", data=dict(values), headers=said)
