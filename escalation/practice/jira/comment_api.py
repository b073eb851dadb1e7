"""What do the addresses of comments answer, those of the platform and the service desk's.

In a service project a comment is public unless its property `sd.public.comment` says internal; in the others
only `visibility` keeps anyone out.
"""

from collections.abc import Mapping
from typing import Any, Final

from flask import Blueprint, g, jsonify, request
from flask.typing import ResponseReturnValue

from escalation.practice.jira import issues, vocabulary
from escalation.practice.jira.answers import flags, no_issue, paged, refused, sent
from escalation.practice.jira.authentication import api_blueprint, authenticate, dialect, site, visible_issue
from escalation.practice.jira.fields import Invalid, rich_text
from escalation.practice.jira.shown import Shown
from escalation.practice.jira.site import of_issue
from escalation.practice.store import Document

comment_api: Final = api_blueprint("comment", below="/issue/<name>/comment")
service_desk: Final = Blueprint("service_desk", __name__, url_prefix="/rest/servicedeskapi/request/<name>")
service_desk.before_request(authenticate)


@comment_api.get("")
def list_comments(name: str) -> ResponseReturnValue:
    """Page through the comments, oldest first or `orderBy=-created`."""
    found = visible_issue(name)
    if found is None:
        return no_issue()
    comments = of_issue(site().store, "comment", found)
    if request.args.get("orderBy") == "-created":
        comments.reverse()
    return jsonify(paged(comments, _shown, key="comments", is_last=False))


@comment_api.post("")
def add_comment(name: str) -> ResponseReturnValue:
    """Add a comment: 201."""
    found, body = visible_issue(name), sent() or {}
    if found is None:
        return no_issue()
    text = _body(body.get("body"), as_adf=dialect().adf)
    given = body.get("properties") or []
    properties = {
        str(one["key"]): one.get("value") for one in given if isinstance(one, dict) and "key" in one
    }
    written = issues.comment(
        site(),
        found,
        body=text,
        by=g.user,
        visibility=_visibility(body.get("visibility")),
        properties=properties,
    )
    return jsonify(_shown(written)), 201


@comment_api.get("/<key>")
def show_comment(name: str, key: str) -> ResponseReturnValue:
    """Answer one comment."""
    found = _comment(name, key)
    return _no_comment(key) if found is None else jsonify(_shown(found))


@comment_api.put("/<key>")
def change_comment(name: str, key: str) -> ResponseReturnValue:
    """Rewrite one comment."""
    found, issue = _comment(name, key), visible_issue(name)
    if found is None or issue is None:
        return _no_comment(key)
    text = _body((sent() or {}).get("body"), as_adf=dialect().adf)
    return jsonify(_shown(issues.change_comment(site(), issue, found, body=text, by=g.user)))


@comment_api.delete("/<key>")
def delete_comment(name: str, key: str) -> ResponseReturnValue:
    """Delete one comment: 204."""
    found, issue = _comment(name, key), visible_issue(name)
    if found is None or issue is None:
        return _no_comment(key)
    issues.remove_comment(site(), issue, found, by=g.user)
    return "", 204


@service_desk.post("/comment")
def add_request_comment(name: str) -> ResponseReturnValue:
    """Add a comment by the service desk's own address: its text is plain, and `public` is a plain flag."""
    found, body = visible_issue(name), sent() or {}
    project = site().store.get("project", found["project"]) if found else None
    if found is None or project is None or project["projectTypeKey"] != vocabulary.SERVICE_DESK:
        return refused(404, "The request does not exist or is not visible to you.")
    text = _body(body.get("body"), as_adf=False)
    public = body.get("public", True) is True
    properties = {issues.INTERNAL: {"internal": not public}}
    written = issues.comment(site(), found, body=text, by=g.user, properties=properties)
    answer = {"id": written["id"], "body": body["body"], "public": written["public"]}
    return jsonify({**answer, "author": _show().user(written["author"])}), 201


def _show() -> Shown:
    return Shown(store=site().store, dialect=dialect())


def _shown(found: Document) -> dict[str, Any]:
    return _show().comment(found, with_properties="properties" in flags("expand"))


def _comment(name: str, key: str) -> Document | None:
    issue, found = visible_issue(name), site().store.get("comment", key)
    return found if issue and found and found["issue"] == issue["id"] else None


def _no_comment(key: str) -> ResponseReturnValue:
    return refused(404, f"Can not find a comment for the id: {key}.")


def _body(value: Any, *, as_adf: bool) -> Mapping[str, Any]:
    text = rich_text(value, as_adf=as_adf)
    if text is None or not text["wiki"].strip():
        raise Invalid({"comment": "Comment body can not be empty!"})
    return text


def _visibility(given: Any) -> Mapping[str, str] | None:
    if given is None:
        return None
    kind = given.get("type") if isinstance(given, Mapping) else None
    value = str(given.get("value") or given.get("identifier") or "") if kind else ""
    if kind not in {"role", "group"} or not value or (kind == "role" and value not in vocabulary.ROLES):
        raise Invalid({"commentLevel": "Visibility must name a known role or a group."})
    return {"type": kind, "value": value, "identifier": value}
