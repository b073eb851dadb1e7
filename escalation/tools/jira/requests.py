"""Which type of request do the rules name, and what stands on its form?

Cloud alone. A form decides what can be sent with a new request; whatever an agent sees besides is set later.
Its fields are given in the shape of a create screen, so that whoever reads those reads them too. Source: Jira
Service Management Cloud REST, "Get request types" and "Get request type fields".
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from escalation.tools.jira import site
from escalation.tools.jira.vocabulary import Flavour
from escalation.translation.statuses import same_name
from escalation.transport.door import Door
from escalation.transport.errors import NotFound, Refused

SETTING: Final = "requesttype"  # as the rules' defaults name it; no field of an issue
# What the last line of a description says, where a form has no labels by which a request is found again.
REFERENCE: Final = "reference"
_PAGE: Final = 50
_MOST_PAGES: Final = 10


@dataclass(frozen=True, kw_only=True, slots=True)
class RequestType:
    """One type of request of a desk."""

    desk: str
    number: str
    issue_type: str  # its id; the type of request decides it


@dataclass(frozen=True, kw_only=True, slots=True)
class RequestForm:
    """What a new request of a type can be given."""

    fields: tuple[site.Document, ...]  # in the shape of a create screen
    for_others: bool  # we may raise it for somebody else

    @property
    def names(self) -> frozenset[str]:
        """By which names its fields are sent."""
        return frozenset(site.text(each.get("fieldId")) for each in self.fields)


def request_type(door: Door, *, project: str, name: str) -> RequestType:
    """This will look up a type of request; raises ``Refused`` with what the desk offers instead."""
    try:
        offered = {site.text(each.get("name")): each for each in _offered(door, project)}
    except NotFound:
        raise Refused(
            f"{project} is no service desk, or Baton's user is no agent of it; no “{name}” was raised."
        ) from None
    found = next((each for shown, each in offered.items() if same_name(shown, name)), None)
    if found is None:
        raise Refused(f"{project} has no request type “{name}”; it offers {', '.join(offered) or 'none'}.")
    return RequestType(
        desk=site.text(found.get("serviceDeskId")),
        number=site.text(found.get("id")),
        issue_type=site.text(found.get("issueTypeId")),
    )


def form(door: Door, wanted: RequestType) -> RequestForm:
    """This will read what stands on the form of a type of request."""
    address = f"{_api(door)}/servicedesk/{wanted.desk}/requesttype/{wanted.number}/field"
    answer = site.document(door.session.ask("GET", address).json)
    return RequestForm(
        fields=tuple(_as_on_a_screen(each) for each in site.documents(answer.get("requestTypeFields"))),
        for_others=answer.get("canRaiseOnBehalfOf") is True,
    )


def raised(door: Door, body: Mapping[str, Any]) -> site.Document:
    """This will raise a request and return the tool's answer; raises the errors of transport."""
    return site.document(door.session.ask("POST", f"{_api(door)}/request", body=body).json)


def is_raised(door: Door, payload: Mapping[str, Any]) -> bool:
    """This will say whether a payload becomes a request; a Data Center makes an issue of it."""
    return bool(site.text(payload.get(SETTING))) and site.flavour_of(door) is Flavour.CLOUD


def _api(door: Door) -> str:
    return f"{door.base_url}/rest/servicedeskapi"


def _as_on_a_screen(field: site.Document) -> site.Document:
    filled = bool(field.get("defaultValues") or field.get("presetValues"))
    values = [
        {"id": site.text(each.get("value")), "name": site.text(each.get("label"))}
        for each in site.documents(field.get("validValues"))
    ]
    return {
        "fieldId": site.text(field.get("fieldId")),
        "name": site.text(field.get("name")),
        "required": field.get("required") is True,
        "hasDefaultValue": filled,
        "schema": site.member(field, "jiraSchema"),
        **({"allowedValues": values} if values else {}),
    }


def _offered(door: Door, project: str) -> Iterator[site.Document]:
    # A desk is known by its project's key as well as by its number.
    address, start = f"{_api(door)}/servicedesk/{project}/requesttype", 0
    for _ in range(_MOST_PAGES):
        params = {"start": str(start), "limit": str(_PAGE)}
        page = site.document(door.session.ask("GET", address, params=params).json)
        found = site.documents(page.get("values"))
        yield from found
        start += len(found)
        if not found or page.get("isLastPage") is not False:
            return
