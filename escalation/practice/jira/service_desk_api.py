"""What does the service desk's own API answer: which types of request a desk takes, with which forms, and
the making of one.

A request is told on the portal to whom it is raised for. Only what stands on its form can be sent with it; no
properties, and no key by which the same call would be known again.
"""

from collections.abc import Mapping
from typing import Any, Final

from flask import Blueprint, g, jsonify
from flask.typing import ResponseReturnValue

from escalation.practice.jira import issues, vocabulary
from escalation.practice.jira.answers import iso, number, sent
from escalation.practice.jira.authentication import (
    authenticate,
    dialect,
    site,
    visible_issue,
    visible_project,
)
from escalation.practice.jira.fields import Form, Invalid, read
from escalation.practice.jira.shown import Shown
from escalation.practice.jira.site import user_with
from escalation.practice.store import Document

desk_api: Final = Blueprint("desk", __name__, url_prefix="/rest/servicedeskapi")
desk_api.before_request(authenticate)


@desk_api.get("/servicedesk/<name>/requesttype")
def list_request_types(name: str) -> ResponseReturnValue:
    """Page through the types of request of a desk, which its project's key names as well."""
    project = _desk(name)
    if project is None:
        return _refused(404, "The service desk does not exist or is not visible to you.")
    start, most = number("start", 0), min(number("limit", 50), 100)
    found = list(vocabulary.REQUEST_TYPES.values())[start : start + most]
    last = start + len(found) >= len(vocabulary.REQUEST_TYPES)
    answer: dict[str, Any] = {"size": len(found), "start": start, "limit": most, "isLastPage": last}
    values = [
        {
            "id": one.id,
            "name": one.name,
            "serviceDeskId": project["id"],
            "issueTypeId": vocabulary.REQUEST_FORMS[one.id][0],
        }
        for one in found
    ]
    return jsonify({**answer, "values": values})


@desk_api.get("/servicedesk/<name>/requesttype/<kind>/field")
def list_request_fields(name: str, kind: str) -> ResponseReturnValue:
    """List the form of a type of request."""
    if _desk(name) is None or kind not in vocabulary.REQUEST_FORMS:
        return _refused(404, "The request type does not exist or is not visible to you.")
    fields = [_on_form(one) for one in vocabulary.REQUEST_FORMS[kind][1]]
    answer = {"canRaiseOnBehalfOf": True, "canAddRequestParticipants": True}
    return jsonify({"requestTypeFields": fields, **answer})


@desk_api.post("/request")
def raise_request() -> ResponseReturnValue:
    """Make a request: 201 with the issue's id and key."""
    body = sent() or {}
    project, kind = _desk(str(body.get("serviceDeskId"))), str(body.get("requestTypeId"))
    values = body.get("requestFieldValues")
    if project is None or kind not in vocabulary.REQUEST_FORMS or not isinstance(values, dict):
        return _refused(400, "A service desk, a request type of it and its field values are needed.")
    issue_type, on_form = vocabulary.REQUEST_FORMS[kind]
    strangers = sorted(set(values) - set(on_form))
    if strangers:
        return _refused(400, f"{strangers[0]} is not on the form of this request type.")
    by = _customer(body.get("raiseOnBehalfOf"))
    if by is None:
        return _refused(400, "You cannot raise a request on behalf of this person.")
    form = Form(
        store=site().store,
        project=project,
        issue_type=issue_type,
        adf=body.get("isAdfRequest") is True,
        cloud=True,
    )
    try:
        kept = read(form, values, whole=True)
    except Invalid as why:
        return _refused(400, "; ".join(f"{name}: {said}" for name, said in why.errors.items()) or str(why))
    typed = {"issuetype": issue_type, vocabulary.REQUEST_TYPE: kind, "reporter": by["accountId"]}
    made = issues.create(site(), project=project, values={**typed, **kept}, by=g.user, properties={})
    return jsonify(_shown(made)), 201


@desk_api.get("/request/<name>")
def show_request(name: str) -> ResponseReturnValue:
    """Answer one request, as its customer knows it."""
    found = visible_issue(name)
    if found is None or found[vocabulary.REQUEST_TYPE] is None:
        return _refused(404, "The request does not exist or is not visible to you.")
    return jsonify(_shown(found))


def _desk(name: str) -> Document | None:
    project = visible_project(name)
    return project if project and project["projectTypeKey"] == vocabulary.SERVICE_DESK else None


def _customer(account: object) -> Document | None:
    if account is None:
        caller: Document = g.user
        return caller
    return user_with(site().store, accountId=str(account))


def _on_form(name: str) -> Mapping[str, Any]:
    one = vocabulary.FIELDS[name]
    schema = {"type": one.type, "system": one.id, **({"items": one.items} if one.items else {})}
    priorities = vocabulary.PRIORITIES.values() if name == "priority" else ()
    return {
        "fieldId": name,
        "name": one.name,
        "description": "",
        "required": name == "summary",
        "defaultValues": [],
        "validValues": [{"value": each.id, "label": each.name, "children": []} for each in priorities],
        "presetValues": [],
        "jiraSchema": schema,
        "visible": True,
    }


def _shown(issue: Document) -> Mapping[str, Any]:
    base, show = dialect().base, Shown(store=site().store, dialect=dialect())
    return {
        "issueId": issue["id"],
        "issueKey": issue["key"],
        "requestTypeId": issue[vocabulary.REQUEST_TYPE],
        "serviceDeskId": (site().store.get("project", issue["project"]) or {})["id"],
        "createdDate": {"iso8601": iso(issue["created"])},
        "reporter": show.user(issue["reporter"]),
        "currentStatus": {"status": vocabulary.STATUSES[issue["status"]].name},
        "_links": {
            "jiraRest": f"{base}/rest/api/2/issue/{issue['id']}",
            "self": f"{base}/rest/servicedeskapi/request/{issue['id']}",
            "web": f"{base}/servicedesk/customer/portal/1/{issue['key']}",
        },
    }


def _refused(status: int, said: str) -> ResponseReturnValue:
    """Answer in the shape of the service desk's own errors, which differs from the platform's."""
    return jsonify({"errorMessage": said, "i18nErrorMessage": {"i18nKey": "", "parameters": []}}), status
