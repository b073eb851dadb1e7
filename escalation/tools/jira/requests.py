"""Which type of request is an issue of a service project, so that its customers find it on the portal?

By the field that Jira keeps for it, whose id is the site's own, and by the number of the type, which the
rules name in words. Cloud alone. Source: Jira Service Management Cloud REST, "Get request types"; Atlassian
support, "Create an issue with a request type through the REST API".
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from escalation.tools.jira import screen, site
from escalation.tools.jira.vocabulary import Flavour
from escalation.translation.statuses import same_name
from escalation.transport.door import Door
from escalation.transport.errors import Refused

SETTING: Final = "requesttype"  # as the rules' defaults name it; no field of an issue
_FIELD: Final = "com.atlassian.servicedesk:vp-origin"
_PAGE: Final = 50
_MOST_PAGES: Final = 10


@dataclass(frozen=True, kw_only=True, slots=True)
class RequestType:
    """What is sent for it."""

    field: str
    value: str


def request_type(door: Door, *, project: str, kind: str, name: str) -> RequestType | None:
    """This will look up what is sent for a type of request; None where the create screen has no place for it.

    Raises ``Refused`` with what the desk offers, where it has none of that name.
    """
    if site.flavour_of(door) is not Flavour.CLOUD:
        return None
    offered = {site.text(each.get("name")): site.text(each.get("id")) for each in _offered(door, project)}
    value = next((number for shown, number in offered.items() if same_name(shown, name)), "")
    if not value:
        raise Refused(f"{project} has no request type “{name}”; it offers {', '.join(offered) or 'none'}.")
    for each in screen.fields(door, project, kind):
        if site.member(each, "schema").get("custom") == _FIELD:
            return RequestType(field=screen.name_of(each), value=value)
    return None


def _offered(door: Door, project: str) -> Iterator[site.Document]:
    # A desk is known by its project's key as well as by its number.
    address, start = f"{door.base_url}/rest/servicedeskapi/servicedesk/{project}/requesttype", 0
    for _ in range(_MOST_PAGES):
        params = {"start": str(start), "limit": str(_PAGE)}
        page = site.document(door.session.ask("GET", address, params=params).json)
        found = site.documents(page.get("values"))
        yield from found
        start += len(found)
        if not found or page.get("isLastPage") is not False:
            return
