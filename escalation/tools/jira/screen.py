"""What does a project ask of a new issue?

Its create screen, by project and issue type. Source: Jira Cloud REST v3, "Get create field metadata for a
project and issue type id"; a Data Center names the lists ``values``.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from escalation.tools.jira import site
from escalation.tools.jira.requests import SETTING, form, request_type
from escalation.tools.jira.vocabulary import DEFAULT_ISSUE_TYPE, Flavour
from escalation.transport.door import Door
from escalation.transport.errors import NotFound

_PAGE: Final = 100
_MOST_PAGES: Final = 10


def kind_of(door: Door) -> str:
    """This will return the name of the issue type in the connection's settings, else the usual one."""
    return str(door.settings.get("issuetype", "")) or DEFAULT_ISSUE_TYPE


def fields(door: Door, project: str, kind: str) -> list[site.Document]:
    """This will return the fields of the create screen; raises ``NotFound``."""
    kinds = _listed(door, _path(project), "issueTypes")
    number = next((site.text(each.get("id")) for each in kinds if each.get("name") == kind), "")
    if not number:
        raise NotFound(f"There is no issue type {kind}.")
    return list(_listed(door, f"{_path(project)}/{number}", "fields"))


def asked_of(door: Door, project: str, defaults: Mapping[str, str]) -> list[site.Document]:
    """This will return the fields of what the rules' defaults make in a project; raises ``TransportError``.

    A request's form says what is demanded of it; what an agent's screen holds besides may be set as well.
    """
    requested = defaults.get(SETTING, "").strip()
    if not requested or site.flavour_of(door) is not Flavour.CLOUD:
        return fields(door, project, defaults.get("issuetype", "").strip() or DEFAULT_ISSUE_TYPE)
    wanted = request_type(door, project=project, name=requested)
    asked = form(door, wanted).fields
    on_form = {name_of(each) for each in asked}
    held = _listed(door, f"{_path(project)}/{wanted.issue_type}", "fields")
    return [*asked, *({**each, "required": False} for each in held if name_of(each) not in on_form)]


def name_of(field: site.Document) -> str:
    """This will return by which name the field is sent."""
    return site.text(field.get("fieldId")) or site.text(field.get("key"))


def is_demanded(field: site.Document) -> bool:
    """This will say whether an issue without the field is refused."""
    return field.get("required") is True and field.get("hasDefaultValue") is not True


def _path(project: str) -> str:
    return f"/issue/createmeta/{project}/issuetypes"


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
