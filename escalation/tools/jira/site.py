"""How is a Jira asked, whichever of the two it is?

Cloud speaks REST v3, Data Center v2. An id becomes part of a path, so only what looks like one is let in.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from escalation.tools.contract import Remote
from escalation.tools.jira.vocabulary import Flavour
from escalation.transport.door import Door
from escalation.transport.errors import NotFound, Unavailable

Document = Mapping[str, Any]
_ISSUE: Final = re.compile(r"\d{1,18}|[A-Z][A-Z0-9_]{1,30}-\d{1,12}")
_PROJECT: Final = re.compile(r"[A-Z][A-Z0-9_]{1,30}")


def flavour_of(door: Door) -> Flavour:
    """This will return which Jira the connection's setting "flavour" says it is; else Cloud."""
    said = str(door.settings.get("flavour", "")).strip().lower()
    return Flavour.DATA_CENTER if said == Flavour.DATA_CENTER else Flavour.CLOUD


def projects_of(door: Door) -> tuple[str, ...]:
    """This will return the project keys in the connection's setting "project", the first the usual one."""
    said = str(door.settings.get("project", "")).replace(",", " ").split()
    return tuple(each for each in said if _PROJECT.fullmatch(each))


def project_under(door: Door, defaults: Mapping[str, str]) -> str:
    """This will return the project in which the rules' defaults make an issue; "" where nobody names one."""
    ruled = defaults.get("project", "").strip()
    if ruled:
        return ruled if _PROJECT.fullmatch(ruled) else ""
    return next(iter(projects_of(door)), "")


def get(door: Door, path: str, **params: str) -> Any:
    """This will read ``path`` below the REST root; raises the errors of transport."""
    return door.session.ask("GET", address(door, path), params=params).json


def post(door: Door, path: str, body: Any) -> Any:
    """This will write to ``path`` below the REST root; raises the errors of transport."""
    return door.session.ask("POST", address(door, path), body=body).json


def address(door: Door, path: str, *, flavour: Flavour | None = None) -> str:
    """This will return the whole address of a path below the REST root."""
    version = "2" if (flavour or flavour_of(door)) is Flavour.DATA_CENTER else "3"
    return f"{door.base_url}/rest/api/{version}{path}"


def issue_path(remote_id: str, rest: str = "") -> str:
    """This will return an issue's path; raises ``NotFound`` for what can be no issue's id."""
    if not _ISSUE.fullmatch(remote_id):
        raise NotFound(f"“{remote_id[:40]}” is no id of a Jira issue.")
    return f"/issue/{remote_id}{rest}"


def remote_of(door: Door, issue: Document) -> Remote:
    """This will return an issue by its number, which stays when it moves to another project."""
    key = text(issue.get("key"))
    return Remote(remote_id=text(issue.get("id")), number=key, url=f"{door.base_url}/browse/{key}")


def document(value: Any) -> Document:
    """This will return the object an answer must be; raises ``Unavailable``."""
    if not isinstance(value, Mapping):
        raise Unavailable("Jira's answer could not be understood.")
    return value


def member(value: Any, *names: str) -> Document:
    """This will go down members and return the object there, empty where one is missing."""
    for name in names:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value if isinstance(value, Mapping) else {}


def documents(value: Any) -> list[Document]:
    """This will return the objects of a list; what is none is left out."""
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []


def text(value: Any) -> str:
    """This will return a string or a number as text, anything else as ""."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return str(value)
