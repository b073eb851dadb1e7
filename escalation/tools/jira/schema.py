"""Which fields does a new issue have in this project now, and which of them must be filled?

Read from the create screen of the project and the issue type, or from the form of the type of request, of
which a route's rules make one:
administrators take fields off it, require others and rename priorities, and an issue that was fine yesterday
is refused.
"""

from collections.abc import Mapping
from typing import Final

from escalation.tools.described import RemoteField
from escalation.tools.jira import asking, screen, site
from escalation.tools.jira.requests import REFERENCE, SETTING
from escalation.tools.jira.vocabulary import LABELS, PRIORITIES, Flavour
from escalation.transport.door import Door
from escalation.transport.errors import NotFound

# Web links are records of their own; a screen is read by its project and type; and the reporter is shown to
# those alone who may set another than themselves.
_NOT_ON_A_SCREEN: Final = frozenset({"project", "issuetype", SETTING, REFERENCE, "remotelink", "reporter"})
# By these the rules say where an issue is made; no screen shows them as fields to be filled.
_SETTINGS: Final = ("project", "issuetype", SETTING, "flavour")
# Whatever the state says; the others only when there is something to fill in.
_ALWAYS: Final = frozenset({"summary", "description", "labels"})


def fields(door: Door, *, defaults: Mapping[str, str]) -> tuple[RemoteField, ...]:
    """This will read the fields of the create screen. Raises ``TransportError``."""
    project = site.project_under(door, defaults)
    if not project:
        raise NotFound("Neither the route's rules nor the connection name a project.")
    found = screen.asked_of(door, project, defaults)
    offered = tuple(
        _field(each, project, site.flavour_of(door))
        for each in found
        if screen.name_of(each) not in _NOT_ON_A_SCREEN
    )
    return (*offered, *(RemoteField(name=each, label=LABELS.get(each, each)) for each in _SETTINGS))


def filled() -> Mapping[str, bool]:
    """This will name the fields we may fill, and whether we always do."""
    return {name: name in _ALWAYS for name in LABELS if name not in _NOT_ON_A_SCREEN}


def sent() -> Mapping[str, frozenset[str]]:
    """This will name the values we send by ourselves."""
    return {"priority": frozenset(PRIORITIES.values())}


def _field(each: site.Document, project: str, flavour: Flavour) -> RemoteField:
    name, demanded = screen.name_of(each), screen.is_demanded(each)
    return RemoteField(
        name=name,
        label=site.text(each.get("name")) or name,
        required=demanded,
        choices=_choices(each) if name == "priority" else None,
        ask=asking.asked(each, project=project, flavour=flavour) if demanded else None,
    )


def _choices(each: site.Document) -> Mapping[str, str] | None:
    """A priority is sent by its name, or by its number where a route's rules give one."""
    offered = site.documents(each.get("allowedValues"))
    names = {site.text(one.get("id")): site.text(one.get("name")) for one in offered}
    # A screen that names no values leaves them open.
    return names | {name: name for name in names.values()} if names else None
