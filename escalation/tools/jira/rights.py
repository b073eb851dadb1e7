"""What may our user do in a project?

Source: Jira Cloud REST v3, "Get my permissions"; a Data Center answers the same.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from escalation.tools.health import Lack
from escalation.tools.jira import site
from escalation.tools.jira.requests import SETTING
from escalation.transport.door import Door
from escalation.transport.errors import NotFound

# Permission, what it is needed for.
NEEDED: Final = {
    "BROWSE_PROJECTS": "to find and follow issues",
    "CREATE_ISSUES": "to create the issue",
    "ADD_COMMENTS": "to write notes",
    "CREATE_ATTACHMENTS": "to send files along",
    "TRANSITION_ISSUES": "to carry a status there",
    "LINK_ISSUES": "to link back to the source ticket",
}
_OF_REQUESTS: Final = {"EDIT_ISSUES": "to label the request, which its form cannot"}


def missing(door: Door, *, defaults: Mapping[str, str]) -> tuple[Lack, ...]:
    """This will name each permission that our user lacks in the project of the rules, else the usual one."""
    project = site.project_under(door, defaults)
    raised = _OF_REQUESTS if defaults.get(SETTING, "").strip() else {}
    return tuple(lacking(door, project, needed=NEEDED | raised)) if project else ()


def lacking(door: Door, project: str, *, needed: Mapping[str, str] = NEEDED) -> Iterator[Lack]:
    """This will name each permission that our user lacks in a project, with what gives it."""
    asked = {"projectKey": project, "permissions": ",".join(needed)}
    try:
        held = site.member(site.get(door, "/mypermissions", **asked), "permissions")
    except NotFound:
        yield Lack(
            what=f"It does not see the project {project}.",
            fix="Correct the project's key, or let the integration user browse the project.",
        )
        return
    for name, why in needed.items():
        if site.member(held, name).get("havePermission") is not True:
            shown = site.text(site.member(held, name).get("name")) or name
            yield Lack(
                what=f"It may not use “{shown}” in {project} ({why}).",
                fix=f"Give the integration user the permission “{shown}” in the project's permission scheme.",
            )
