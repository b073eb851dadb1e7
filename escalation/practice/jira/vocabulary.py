"""Which words does the practice Jira ship with: types, priorities, statuses, workflows, fields, link types.

Ids are those a fresh site hands out. Transition ids belong to a workflow state and differ between the
projects, so nobody may learn them by heart.
"""

from dataclasses import dataclass
from typing import Final

SOFTWARE: Final = "software"
SERVICE_DESK: Final = "service_desk"


@dataclass(frozen=True, kw_only=True, slots=True)
class Named:
    """A word with an id: an issue type, a priority, a resolution, an option."""

    id: str
    name: str
    description: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Status:
    """A status; `category` is one of `CATEGORIES`, the only part that no customer renames."""

    id: str
    name: str
    category: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Transition:
    """A way out of a status. With `has_screen` a resolution must be sent along."""

    id: str
    name: str
    to: str
    has_screen: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """A field: its id, shown name, JSON type, the type of its items, and for a custom field its kind."""

    id: str
    name: str
    type: str
    items: str = ""
    custom: str = ""
    operations: tuple[str, ...] = ("set",)


# key -> id, colour, name (GET /statuscategory)
CATEGORIES: Final = {
    "new": (2, "blue-gray", "To Do"),
    "indeterminate": (4, "yellow", "In Progress"),
    "done": (3, "green", "Done"),
}
ISSUE_TYPES: Final = {
    one.id: one
    for one in (
        Named(id="10001", name="Story", description="Functionality expressed as a user goal."),
        Named(id="10002", name="Task", description="A small, distinct piece of work."),
        Named(id="10004", name="Bug", description="A problem or error."),
        Named(id="10011", name="Service Request", description="A request from a person we support."),
        Named(id="10012", name="Incident", description="A service that does not work as agreed."),
    )
}
BUG: Final = "10004"
PRIORITIES: Final = {
    one.id: one
    for one in (
        Named(id="1", name="Highest", description="This problem will block progress."),
        Named(id="2", name="High", description="Serious problem that could block progress."),
        Named(id="3", name="Medium", description="Has the potential to affect progress."),
        Named(id="4", name="Low", description="Minor problem or easily worked around."),
        Named(id="5", name="Lowest", description="Trivial problem with little or no impact."),
    )
}
DEFAULT_PRIORITY: Final = "3"
RESOLUTIONS: Final = {
    one.id: one
    for one in (
        Named(id="10000", name="Done", description="Work has been completed on this issue."),
        Named(id="10001", name="Won't Do", description="This issue won't be actioned."),
        Named(id="10002", name="Duplicate", description="The problem is a duplicate of an existing issue."),
        Named(id="10003", name="Cannot Reproduce", description="All attempts at reproducing it failed."),
        Named(id="10004", name="Fixed", description="A fix was checked in and tested."),
    )
}
STATUSES: Final = {
    one.id: one
    for one in (
        Status(id="10000", name="To Do", category="new"),
        Status(id="3", name="In Progress", category="indeterminate"),
        Status(id="10005", name="Blocked", category="indeterminate"),
        Status(id="10006", name="In Review", category="indeterminate"),
        Status(id="10007", name="Done", category="done"),
        Status(id="10020", name="Waiting for support", category="new"),
        Status(id="10021", name="Waiting for customer", category="indeterminate"),
        Status(id="10022", name="Resolved", category="done"),
    )
}
FIRST_STATUS: Final = {SOFTWARE: "10000", SERVICE_DESK: "10020"}
_BEGIN: Final = Transition(id="21", name="Start work", to="3")
_BLOCK: Final = Transition(id="31", name="Block", to="10005")
_REVIEW: Final = Transition(id="41", name="Send to review", to="10006")
_FINISH: Final = Transition(id="51", name="Done", to="10007", has_screen=True)
_REOPEN: Final = Transition(id="61", name="Reopen", to="10000")
_ANSWER: Final = Transition(id="821", name="Respond to customer", to="10021")
_TAKE: Final = Transition(id="831", name="Start work", to="3")
_RESOLVE: Final = Transition(id="841", name="Resolve this issue", to="10022", has_screen=True)
_BACK: Final = Transition(id="851", name="Back to support", to="10020")
# project type -> status -> what leads out of it
WORKFLOWS: Final = {
    SOFTWARE: {
        "10000": (_BEGIN, _BLOCK, _FINISH),
        "3": (_BLOCK, _REVIEW, _FINISH),
        "10005": (_BEGIN, _FINISH),
        "10006": (_BEGIN, _FINISH),
        "10007": (_REOPEN,),
    },
    SERVICE_DESK: {
        "10020": (_ANSWER, _TAKE, _RESOLVE),
        "3": (_ANSWER, _RESOLVE),
        "10021": (_TAKE, _BACK, _RESOLVE),
        "10022": (_BACK,),
    },
}
LINK_TYPES: Final = {
    "10000": ("Blocks", "is blocked by", "blocks"),
    "10001": ("Cloners", "is cloned by", "clones"),
    "10002": ("Duplicate", "is duplicated by", "duplicates"),
    "10003": ("Relates", "relates to", "relates to"),
}
ROLES: Final = ("Administrators", "Developers", "Service Desk Team")

# The one custom field: a bug must say where it was found.
FOUND_IN: Final = "customfield_10041"
OPTIONS: Final = {
    one.id: one
    for one in (
        Named(id="10101", name="Production"),
        Named(id="10102", name="Staging"),
        Named(id="10103", name="Test"),
    )
}
# Which request an issue of a service project is; the type's field is the site's own like any custom field.
REQUEST_TYPE: Final = "customfield_10010"
VP_ORIGIN: Final = "vp-origin"
REQUEST_TYPES: Final = {
    one.id: one
    for one in (
        Named(id="25", name="Report a system problem"),
        Named(id="26", name="Ask a question"),
    )
}
# request type -> the type of issue it makes, and the fields on its form.
REQUEST_FORMS: Final = {
    "25": ("10012", ("summary", "description")),
    "26": ("10011", ("summary", "description", "priority", "labels")),
}
_SEVERAL: Final = ("add", "set", "remove")
FIELDS: Final = {
    one.id: one
    for one in (
        Field(id="summary", name="Summary", type="string"),
        Field(id="issuetype", name="Issue Type", type="issuetype", operations=()),
        Field(id="project", name="Project", type="project"),
        Field(id="description", name="Description", type="string"),
        Field(id="environment", name="Environment", type="string"),
        Field(id="components", name="Components", type="array", items="component", operations=_SEVERAL),
        Field(id="versions", name="Affects versions", type="array", items="version", operations=_SEVERAL),
        Field(id="fixVersions", name="Fix versions", type="array", items="version", operations=_SEVERAL),
        Field(id="priority", name="Priority", type="priority"),
        Field(id="labels", name="Labels", type="array", items="string", operations=_SEVERAL),
        Field(id="assignee", name="Assignee", type="user"),
        Field(id="duedate", name="Due date", type="date"),
        Field(id=FOUND_IN, name="Found in", type="option", custom="select"),
        Field(id=REQUEST_TYPE, name="Request Type", type="sd-customerrequesttype", custom=VP_ORIGIN),
        Field(id="reporter", name="Reporter", type="user"),
        Field(id="status", name="Status", type="status"),
        Field(id="resolution", name="Resolution", type="resolution"),
    )
}
# The integration user lacks "Modify Reporter", so `reporter` stands on no screen of its own.
_SOFTWARE_SCREEN: Final = (
    "summary", "issuetype", "project", "description", "environment", "components", "versions", "fixVersions",
    "priority", "labels", "assignee", "duedate",
)  # fmt: skip
_SERVICE_SCREEN: Final = (
    "summary", "issuetype", "project", "description", "priority", "labels", "assignee", REQUEST_TYPE,
)  # fmt: skip


def screen_of(project_type: str, issue_type: str) -> tuple[str, ...]:
    """Give the ids of the fields that may be set on an issue of that type."""
    if project_type == SERVICE_DESK:
        return _SERVICE_SCREEN
    return (*_SOFTWARE_SCREEN, FOUND_IN) if issue_type == BUG else _SOFTWARE_SCREEN


def required(project_type: str, issue_type: str) -> frozenset[str]:
    """Give the ids of the fields without which no issue of that type is made."""
    found_in = {FOUND_IN} if project_type == SOFTWARE and issue_type == BUG else set()
    return frozenset({"summary", "issuetype", "project", *found_in})


def transitions_of(project_type: str, status: str) -> tuple[Transition, ...]:
    """Give what leads out of a status."""
    return WORKFLOWS[project_type].get(status, ())
