"""What does a project ask of a new issue?

Its create screen, by project and issue type. Source: Jira Cloud REST v3, "Get create field metadata for a
project and issue type id"; a Data Center names the lists ``values``.
"""

from collections.abc import Iterator
from typing import Final

from escalation.tools.jira import site
from escalation.tools.jira.vocabulary import DEFAULT_ISSUE_TYPE
from escalation.transport.door import Door
from escalation.transport.errors import NotFound

_PAGE: Final = 100
_MOST_PAGES: Final = 10


def kind_of(door: Door) -> str:
    """This will return the name of the issue type in the connection's settings, else the usual one."""
    return str(door.settings.get("issuetype", "")) or DEFAULT_ISSUE_TYPE


def fields(door: Door, project: str, kind: str) -> list[site.Document]:
    """This will return the fields of the create screen; raises ``NotFound``."""
    path = f"/issue/createmeta/{project}/issuetypes"
    kinds = _listed(door, path, "issueTypes")
    number = next((site.text(each.get("id")) for each in kinds if each.get("name") == kind), "")
    if not number:
        raise NotFound(f"There is no issue type {kind}.")
    return list(_listed(door, f"{path}/{number}", "fields"))


def name_of(field: site.Document) -> str:
    """This will return by which name the field is sent."""
    return site.text(field.get("fieldId")) or site.text(field.get("key"))


def is_demanded(field: site.Document) -> bool:
    """This will say whether an issue without the field is refused."""
    return field.get("required") is True and field.get("hasDefaultValue") is not True


def _listed(door: Door, path: str, name: str) -> Iterator[site.Document]:
    start = 0
    for _ in range(_MOST_PAGES):
        page = site.document(site.get(door, path, startAt=str(start), maxResults=str(_PAGE)))
        found = site.documents(page.get(name) or page.get("values"))
        yield from found
        start += len(found)
        total = page.get("total")
        if not found or not isinstance(total, int) or start >= total:
            return
