"""What do the addresses of one issue answer: make, read, change and delete it, and list its changes."""

from collections.abc import Mapping
from typing import Any, Final

from flask import g, jsonify, request
from flask.typing import ResponseReturnValue

from escalation.practice.jira import issues
from escalation.practice.jira.answers import flags, iso, no_issue, paged, refused, sent
from escalation.practice.jira.authentication import api_blueprint, dialect, site, visible_issue
from escalation.practice.jira.edits import comments_of, with_updates
from escalation.practice.jira.fields import Form, Invalid, named, read
from escalation.practice.jira.shown import Shown
from escalation.practice.jira.site import of_issue, project_named
from escalation.practice.jira.vocabulary import FIELDS, ISSUE_TYPES
from escalation.practice.store import Document

issue: Final = api_blueprint("issue", below="/issue")


@issue.post("")
def create_issue() -> ResponseReturnValue:
    """Make an issue: 201 with its id and key, and nothing else."""
    body = sent()
    if body is None or not isinstance(body.get("fields"), dict):
        return refused(400, "Can not deserialize the request body: an object with fields is expected.")
    form = _form(body["fields"])
    values = read(form, body["fields"], whole=True)
    made = issues.create(
        site(),
        project=form.project,
        values={"issuetype": form.issue_type, **values},
        by=g.user,
        properties=_properties(body.get("properties")),
    )
    address = f"{dialect().api}/issue/{made['id']}"
    return jsonify({"id": made["id"], "key": made["key"], "self": address}), 201


@issue.get("/<name>")
def show_issue(name: str) -> ResponseReturnValue:
    """Answer one issue: all fields or those asked for, and what was asked to be expanded."""
    found = visible_issue(name)
    if found is None:
        return no_issue()
    wanted = flags("fields") or frozenset({"*all"})
    return jsonify(written(found, fields=wanted, expand=flags("expand"), properties=flags("properties")))


@issue.put("/<name>")
def edit_issue(name: str) -> ResponseReturnValue:
    """Change an issue by `fields`, `update` and `properties`: 204, or 200 with `returnIssue=true`."""
    found, body = visible_issue(name), sent()
    if found is None:
        return no_issue()
    if body is None:
        return refused(400, "Can not deserialize the request body.")
    project = site().store.get("project", found["project"]) or {}
    form = Form(
        store=site().store,
        project=project,
        issue_type=found["issuetype"],
        adf=dialect().adf,
        cloud=g.cloud,
    )
    values = read(form, with_updates(found, body), whole=False)
    bodies = comments_of(body, as_adf=dialect().adf)
    after = issues.change(site(), found, values, by=g.user)
    if body.get("properties"):
        properties = {**after["properties"], **_properties(body["properties"])}
        issues.keep_properties(site(), after, properties)
    for text in bodies:
        issues.comment(site(), after, body=text, by=g.user)
    if request.args.get("returnIssue") == "true":
        return show_issue(name)
    return "", 204


@issue.delete("/<name>")
def delete_issue(name: str) -> ResponseReturnValue:
    """Delete an issue: 204."""
    found = visible_issue(name)
    if found is None:
        return no_issue()
    issues.remove(site(), found, by=g.user)
    return "", 204


@issue.get("/<name>/changelog")
def list_changes(name: str) -> ResponseReturnValue:
    """Page through what changed, oldest first."""
    found = visible_issue(name)
    if found is None:
        return no_issue()
    return jsonify(paged(of_issue(site().store, "history", found), _change))


def written(
    found: Document, *, fields: frozenset[str], expand: frozenset[str], properties: frozenset[str]
) -> dict[str, Any]:
    """Write an issue with the fields, expansions and properties asked for."""
    show = _show()
    answer: dict[str, Any] = {
        "expand": "renderedFields,names,schema,transitions,changelog",
        "id": found["id"],
        "self": f"{show.dialect.api}/issue/{found['id']}",
        "key": found["key"],
    }
    whole = {"*all", "*navigable"} & fields
    if whole or fields - {"id", "key"}:
        every = show.fields(found)
        hidden = {one.removeprefix("-") for one in fields if one.startswith("-")}
        names = set(every) - hidden if whole or hidden else fields
        answer["fields"] = {name: value for name, value in every.items() if name in names}
    if "names" in expand:
        answer["names"] = {one.id: one.name for one in FIELDS.values()}
    if "renderedFields" in expand:
        answer["renderedFields"] = show.rendered(found)
    if "changelog" in expand:
        entries = [_change(one) for one in reversed(of_issue(site().store, "history", found))]
        answer["changelog"] = {"startAt": 0, "maxResults": len(entries), "total": len(entries)}
        answer["changelog"]["histories"] = entries
    if properties:
        kept = found["properties"]
        answer["properties"] = {key: kept[key] for key in kept if {"*all", key} & properties}
    return answer


def _show() -> Shown:
    return Shown(store=site().store, dialect=dialect())


def _form(fields: Mapping[str, Any]) -> Form:
    given = fields.get("project")
    wanted = given if isinstance(given, Mapping) else {}
    project = project_named(site().store, str(wanted.get("key") or wanted.get("id") or ""))
    if project is None:
        raise Invalid({"project": "valid project is required"})
    offered = {key: ISSUE_TYPES[key] for key in project["issuetypes"]}
    try:
        kind = named(offered, fields.get("issuetype"), refusal="Specify a valid issue type")
    except ValueError as why:
        raise Invalid({"issuetype": str(why)}) from why
    return Form(store=site().store, project=project, issue_type=kind, adf=dialect().adf, cloud=g.cloud)


def _properties(given: Any) -> dict[str, Any]:
    if given is None:
        return {}
    well_formed = isinstance(given, list) and all(isinstance(one, dict) and one.get("key") for one in given)
    if not well_formed:
        raise Invalid({}, "properties must be a list of objects with key and value")
    return {str(one["key"]): one.get("value") for one in given}


def _change(entry: Document) -> dict[str, Any]:
    # `fieldId` is Cloud's.
    hidden = set() if g.cloud else {"fieldId"}
    items = [{name: item[name] for name in item if name not in hidden} for item in entry["items"]]
    author = _show().user(entry["author"])
    return {"id": entry["id"], "author": author, "created": iso(entry["created"]), "items": items}
