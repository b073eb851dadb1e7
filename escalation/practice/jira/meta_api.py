"""What does Jira tell about itself and its projects: who I am, which fields, components and versions there
are.
"""

from typing import Any, Final

from flask import g, jsonify
from flask.typing import ResponseReturnValue

from escalation.practice.jira import vocabulary
from escalation.practice.jira.answers import iso, paged, refused
from escalation.practice.jira.authentication import api_blueprint, dialect, site, visible_project
from escalation.practice.jira.shown import Shown
from escalation.practice.store import Document

meta: Final = api_blueprint("meta")


def show() -> Shown:
    """Give what shows records to the caller."""
    return Shown(store=site().store, dialect=dialect())


@meta.get("/myself")
def myself() -> ResponseReturnValue:
    """Answer who is calling, with zone and locale."""
    return jsonify({**(show().user(g.user["accountId"]) or {}), "locale": g.user["locale"]})


@meta.get("/serverInfo")
def server_info() -> ResponseReturnValue:
    """Answer which Jira this is; open to nobody as well."""
    cloud = g.cloud
    return jsonify(
        {
            "baseUrl": dialect().base,
            "version": "1001.0.0-SNAPSHOT" if cloud else "10.3.12",
            "versionNumbers": [1001, 0, 0] if cloud else [10, 3, 12],
            "deploymentType": "Cloud" if cloud else "Server",
            "buildNumber": 100300,
            "serverTime": iso(site().clock()),
            "serverTitle": "Practice Jira",
        }
    )


@meta.get("/field")
def list_fields() -> ResponseReturnValue:
    """List every field."""
    return jsonify([{"id": one.id, "key": one.id, **_about(one)} for one in vocabulary.FIELDS.values()])


@meta.get("/priority")
def list_priorities() -> ResponseReturnValue:
    """List the priorities."""
    return jsonify([show().priority(key) for key in vocabulary.PRIORITIES])


@meta.get("/priority/search")
def page_priorities() -> ResponseReturnValue:
    """Page through the priorities."""
    return jsonify(
        paged(
            list(vocabulary.PRIORITIES),
            lambda key: {**show().priority(key), "isDefault": key == vocabulary.DEFAULT_PRIORITY},
        )
    )


@meta.get("/resolution")
def list_resolutions() -> ResponseReturnValue:
    """List the resolutions."""
    return jsonify([show().resolution(key) for key in vocabulary.RESOLUTIONS])


@meta.get("/status")
def list_statuses() -> ResponseReturnValue:
    """List the statuses."""
    return jsonify([show().status(key) for key in vocabulary.STATUSES])


@meta.get("/issueLinkType")
def list_link_types() -> ResponseReturnValue:
    """List the kinds of links between issues."""
    found = [
        {"id": key, "name": name, "inward": inward, "outward": outward}
        for key, (name, inward, outward) in vocabulary.LINK_TYPES.items()
    ]
    return jsonify({"issueLinkTypes": found})


@meta.get("/project/search")
def list_projects() -> ResponseReturnValue:
    """Page through the projects; nobody sees none."""
    return jsonify(paged(site().store.all("project") if g.user else [], show().project))


@meta.get("/project")
def all_projects() -> ResponseReturnValue:
    """List the projects."""
    return jsonify([show().project(one) for one in site().store.all("project")])


@meta.get("/project/<name>")
def show_project(name: str) -> ResponseReturnValue:
    """Answer one project."""
    project = visible_project(name)
    if project is None:
        return _no_project(name)
    shown = {**show().project(project), "lead": show().user(project["lead"])}
    shown["components"] = [show().component(one) for one in _of(project, "component")]
    shown["versions"] = [show().version(one) for one in _of(project, "version")]
    return jsonify({**shown, "issueTypes": [show().issue_type(key) for key in project["issuetypes"]]})


@meta.get("/project/<name>/components")
def list_components(name: str) -> ResponseReturnValue:
    """List the components of a project."""
    project = visible_project(name)
    if project is None:
        return _no_project(name)
    return jsonify([show().component(one, whole=True) for one in _of(project, "component")])


@meta.get("/project/<name>/component")
def page_components(name: str) -> ResponseReturnValue:
    """Page through the components of a project."""
    project = visible_project(name)
    if project is None:
        return _no_project(name)
    return jsonify(paged(_of(project, "component"), lambda one: show().component(one, whole=True)))


@meta.get("/project/<name>/versions")
def list_versions(name: str) -> ResponseReturnValue:
    """List the versions of a project, archived ones too."""
    project = visible_project(name)
    return (
        _no_project(name)
        if project is None
        else jsonify([show().version(one) for one in _of(project, "version")])
    )


@meta.get("/project/<name>/version")
def page_versions(name: str) -> ResponseReturnValue:
    """Page through the versions of a project."""
    project = visible_project(name)
    return _no_project(name) if project is None else jsonify(paged(_of(project, "version"), show().version))


@meta.get("/issue/createmeta/<name>/issuetypes")
def list_issue_types(name: str) -> ResponseReturnValue:
    """Page through the types of issue that may be made in a project."""
    project = visible_project(name)
    if project is None:
        return _no_project(name)
    # A Data Center names the list like every other page.
    key = "issueTypes" if g.cloud else "values"
    return jsonify(paged(project["issuetypes"], show().issue_type, key=key, is_last=not g.cloud))


@meta.get("/issue/createmeta/<name>/issuetypes/<issue_type>")
def list_issue_fields(name: str, issue_type: str) -> ResponseReturnValue:
    """Page through the fields that may be set on a new issue, and which of them must be."""
    project = visible_project(name)
    if project is None:
        return _no_project(name)
    if issue_type not in project["issuetypes"]:
        return refused(404, f"No issue type with id '{issue_type}' found in project '{name}'.")
    names = vocabulary.screen_of(project["projectTypeKey"], issue_type)
    key = "fields" if g.cloud else "values"
    return jsonify(paged(names, lambda one: _offered(project, issue_type, one), key=key, is_last=not g.cloud))


def _no_project(name: str) -> ResponseReturnValue:
    return refused(404, f"No project could be found with key '{name}'.")


def _of(project: Document, kind: str) -> list[Document]:
    return [one for one in site().store.all(kind) if one["project"] == project["key"]]


def _about(one: vocabulary.Field) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": one.type}
    if one.items:
        schema["items"] = one.items
    if one.custom:
        kind = f"com.atlassian.jira.plugin.system.customfieldtypes:{one.custom}"
        if one.custom == vocabulary.VP_ORIGIN:
            kind = f"com.atlassian.servicedesk:{one.custom}"
        schema |= {"custom": kind, "customId": int(one.id.rpartition("_")[2])}
    else:
        schema["system"] = one.id
    return {"name": one.name, "custom": bool(one.custom), "schema": schema}


def _offered(project: Document, issue_type: str, name: str) -> dict[str, Any]:
    one = vocabulary.FIELDS[name]
    about = _about(one)
    del about["custom"]
    offered: dict[str, Any] = {
        "required": name in vocabulary.required(project["projectTypeKey"], issue_type),
        **about,
        "key": name,
        "fieldId": name,
        "hasDefaultValue": name == "priority",
        "operations": list(one.operations),
    }
    if name == "priority":
        offered["defaultValue"] = show().priority(vocabulary.DEFAULT_PRIORITY)
    allowed = _allowed(project, issue_type, name)
    return offered if allowed is None else {**offered, "allowedValues": allowed}


def _allowed(project: Document, issue_type: str, name: str) -> list[Any] | None:
    if name == "components":
        return [show().component(one) for one in _of(project, "component")]
    if name in {"versions", "fixVersions"}:
        return [show().version(one) for one in _of(project, "version") if not one["archived"]]
    listed: dict[str, list[Any]] = {
        "priority": [show().priority(key) for key in vocabulary.PRIORITIES],
        "issuetype": [show().issue_type(issue_type)],
        "project": [show().project(project)],
        vocabulary.FOUND_IN: [show().option(key) for key in vocabulary.OPTIONS],
    }
    return listed.get(name)
