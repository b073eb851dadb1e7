"""Who is there, and what may the caller do? The addresses that look people and permissions up."""

from typing import Final

from flask import g, jsonify, request
from flask.typing import ResponseReturnValue

from escalation.practice.jira.answers import refused
from escalation.practice.jira.authentication import api_blueprint, dialect, site, visible_project
from escalation.practice.jira.shown import Shown

people_api: Final = api_blueprint("people")

# Permission keys with the names people read. The integration has all but the last, and what a document of the
# shelf `withheld`, named "PLAT/ADD_COMMENTS", takes away.
_PERMISSIONS: Final = {
    "BROWSE_PROJECTS": "Browse Projects",
    "CREATE_ISSUES": "Create Issues",
    "ADD_COMMENTS": "Add Comments",
    "CREATE_ATTACHMENTS": "Create Attachments",
    "TRANSITION_ISSUES": "Transition Issues",
    "LINK_ISSUES": "Link Issues",
    "EDIT_ISSUES": "Edit Issues",
    "MODIFY_REPORTER": "Modify Reporter",
}


@people_api.get("/user/search")
def search_users() -> ResponseReturnValue:
    """List the users whose name or address begins with `query` (a Data Center: `username`)."""
    wanted = request.args.get("query" if g.cloud else "username", "").casefold()
    if not wanted:
        return refused(400, "The 'query' parameter is required.")
    show = Shown(store=site().store, dialect=dialect())
    found = [
        show.user(user["accountId"])
        for user in site().store.all("user")
        if any(user[name].casefold().startswith(wanted) for name in ("displayName", "emailAddress"))
    ]
    return jsonify(found[: int(request.args.get("maxResults", "50"))])


@people_api.get("/mypermissions")
def my_permissions() -> ResponseReturnValue:
    """Answer the permissions that are asked for; Cloud wants them named."""
    asked = [each for each in request.args.get("permissions", "").split(",") if each]
    if g.cloud and not asked:
        return refused(400, "The 'permissions' query parameter is required.")
    project = request.args.get("projectKey")
    if project and visible_project(project) is None:
        return refused(404, f"No project could be found with key '{project}'.")
    unknown = sorted(set(asked) - set(_PERMISSIONS))
    if unknown:
        return refused(400, f"Unrecognized permission: {unknown[0]}")
    held = {
        key: {
            "key": key,
            "name": _PERMISSIONS[key],
            "type": "PROJECT",
            "havePermission": key != "MODIFY_REPORTER"
            and site().store.get("withheld", f"{project}/{key}") is None,
        }
        for key in asked or _PERMISSIONS
    }
    return jsonify({"permissions": held})
