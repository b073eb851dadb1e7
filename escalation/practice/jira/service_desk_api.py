"""What does the service desk's own API answer of a desk: which types of request it takes."""

from typing import Any, Final

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from escalation.practice.jira import vocabulary
from escalation.practice.jira.answers import number, refused
from escalation.practice.jira.authentication import authenticate, visible_project

desk_api: Final = Blueprint("desk", __name__, url_prefix="/rest/servicedeskapi/servicedesk/<name>")
desk_api.before_request(authenticate)


@desk_api.get("/requesttype")
def list_request_types(name: str) -> ResponseReturnValue:
    """Page through the types of request of a desk, which its project's key names as well."""
    project = visible_project(name)
    if project is None or project["projectTypeKey"] != vocabulary.SERVICE_DESK:
        return refused(404, "The service desk does not exist or is not visible to you.")
    start, most = number("start", 0), min(number("limit", 50), 100)
    found = list(vocabulary.REQUEST_TYPES.values())[start : start + most]
    last = start + len(found) >= len(vocabulary.REQUEST_TYPES)
    answer: dict[str, Any] = {"size": len(found), "start": start, "limit": most, "isLastPage": last}
    values = [{"id": one.id, "name": one.name, "serviceDeskId": project["id"]} for one in found]
    return jsonify({**answer, "values": values})
