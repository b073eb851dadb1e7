"""What does an engineer see: the list of issues, and one issue with its details, activity and ways on."""

from collections.abc import Mapping
from datetime import UTC
from typing import Any, Final

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from escalation.practice.jira import issues, vocabulary, workflow
from escalation.practice.jira.authentication import site
from escalation.practice.jira.fields import Invalid
from escalation.practice.jira.rendering import linked, to_html
from escalation.practice.jira.site import issue_named, of_issue, parsed, rich, user_with
from escalation.practice.pages import page_blueprint
from escalation.practice.store import Document

pages: Final[Blueprint] = page_blueprint("pages")
_SHOWN: Final = 200


@pages.get("/")
@pages.get("/issues/")
def list_issues() -> ResponseReturnValue:
    """Show the issues last changed: open ones, or all, of every project or one, narrowed by `q`."""
    everything, words = request.args.get("show") == "all", request.args.get("q", "").strip().lower()
    project = request.args.get("project", "")
    found = [one for one in site().store.all("issue") if project in {"", one["project"]}]
    if not everything:
        found = [one for one in found if _category(one) != "done"]
    if words:
        found = [one for one in found if words in f"{one['key']} {one['summary']}".lower()]
    found.sort(key=lambda one: (one["updated"], int(one["id"])), reverse=True)
    return render_template(
        "jira/issues.html",
        issues=[_row(one) for one in found[:_SHOWN]],
        total=len(found),
        q=words,
        everything=everything,
        project=project,
        projects=site().store.all("project"),
    )


@pages.get("/browse/<name>")
def show_issue(name: str) -> ResponseReturnValue:
    """Show one issue."""
    return _shown(name)


@pages.post("/browse/<name>")
def change_issue(name: str) -> ResponseReturnValue:
    """Do what the pressed button says: comment, assign, or take the issue a step on."""
    issue, by = issue_named(site().store, name), user_with(site().store, name=request.form.get("by", ""))
    if issue is None:
        abort(404)
    if by is None:
        return _shown(name, refused="Choose who is writing.")
    try:
        _do(issue, request.form.get("do", ""), by=by)
    except Invalid as why:
        return _shown(name, refused=str(why))
    return redirect(url_for("pages.show_issue", name=issue["key"]), code=303)


def _do(issue: Document, verb: str, *, by: Document) -> None:
    text = request.form.get("comment", "").replace("\r\n", "\n").strip()
    if verb in {"comment", "internal"}:
        if not text:
            raise Invalid({"comment": "Comment body can not be empty!"})
        properties = {issues.INTERNAL: {"internal": True}} if verb == "internal" else {}
        issues.comment(site(), issue, body=rich(text), by=by, properties=properties)
    elif verb == "assign":
        wanted = user_with(site().store, name=request.form.get("assignee", ""))
        issues.change(site(), issue, {"assignee": wanted["accountId"] if wanted else None}, by=by)
    else:
        way = next(
            (one for one in workflow.ways_out(site().store, issue) if one.id == verb.removeprefix("go-")),
            None,
        )
        resolution = request.form.get("resolution", "")
        fields = {"resolution": {"id": resolution}} if way and way.has_screen and resolution else {}
        workflow.move(site(), issue, verb.removeprefix("go-"), fields=fields, by=by)


def _category(issue: Document) -> str:
    return vocabulary.STATUSES[issue["status"]].category


def _row(issue: Document) -> dict[str, Any]:
    return {
        "key": issue["key"],
        "summary": issue["summary"],
        "type": vocabulary.ISSUE_TYPES[issue["issuetype"]].name,
        "status": vocabulary.STATUSES[issue["status"]].name,
        "category": _category(issue),
        "priority": vocabulary.PRIORITIES[issue["priority"]].name,
        "priority_id": issue["priority"],
        "assignee": _person(issue["assignee"]) or "Unassigned",
        "updated": _moment(issue["updated"]),
    }


def _shown(name: str, *, refused: str = "") -> ResponseReturnValue:
    store = site().store
    issue = issue_named(store, name)
    if issue is None:
        abort(404)
    project = store.get("project", issue["project"]) or {}
    people = sorted(store.all("user"), key=lambda one: str(one["displayName"]).casefold())
    page = render_template(
        "jira/issue.html",
        issue=_row(issue),
        project=project,
        service_desk=project.get("projectTypeKey") == vocabulary.SERVICE_DESK,
        texts={name: _html(issue[name]) for name in ("description", "environment")},
        details=_details(issue),
        links=_links(issue),
        remote_links=_remote_links(issue),
        files=of_issue(store, "attachment", issue),
        comments=[_comment(one) for one in of_issue(store, "comment", issue)],
        ways=workflow.ways_out(store, issue),
        resolutions=list(vocabulary.RESOLUTIONS.values()),
        people=[(one["name"], one["displayName"], one["accountId"] == issue["assignee"]) for one in people],
        refused=refused,
        typed=request.form,
    )
    return page, 422 if refused else 200


def _details(issue: Document) -> list[tuple[str, str]]:
    found_in = issue[vocabulary.FOUND_IN]
    resolution = issue["resolution"]
    return [
        ("Reporter", _person(issue["reporter"])),
        ("Priority", vocabulary.PRIORITIES[issue["priority"]].name),
        ("Components", _names("component", issue["components"])),
        ("Affects versions", _names("version", issue["versions"])),
        ("Fix versions", _names("version", issue["fixVersions"])),
        ("Labels", ", ".join(issue["labels"]) or "None"),
        ("Found in", vocabulary.OPTIONS[found_in].name if found_in else "None"),
        ("Resolution", vocabulary.RESOLUTIONS[resolution].name if resolution else "Unresolved"),
        ("Created (UTC)", _moment(issue["created"])),
        ("Updated (UTC)", _moment(issue["updated"])),
    ]


def _names(kind: str, keys: list[str]) -> str:
    return ", ".join(str((site().store.get(kind, key) or {}).get("name", "")) for key in keys) or "None"


def _links(issue: Document) -> list[dict[str, str]]:
    found = []
    for one in site().store.all("issuelink"):
        _, inward, outward = vocabulary.LINK_TYPES[one["type"]]
        if one["inward"] == issue["key"]:
            found.append({"words": outward, "key": one["outward"]})
        elif one["outward"] == issue["key"]:
            found.append({"words": inward, "key": one["inward"]})
    return found


def _remote_links(issue: Document) -> list[Markup]:
    targets = [one["object"] for one in of_issue(site().store, "remotelink", issue)]
    return [linked(str(one["url"]), str(one["title"])) for one in targets]


def _comment(one: Document) -> dict[str, Any]:
    level = one["visibility"]["value"] if one["visibility"] else ""
    return {
        "id": one["id"],
        "who": _person(one["author"]),
        "at": _moment(one["created"]),
        "internal": not one["public"] or bool(level),
        "mark": "Internal note" if not one["public"] else f"Visible to {level}" if level else "",
        "html": to_html(one["body"]["adf"]),
    }


def _html(text: Mapping[str, Any] | None) -> Markup | str:
    return to_html(text["adf"]) if text else ""


def _person(account_id: str | None) -> str:
    return str((site().store.get("user", account_id or "") or {}).get("displayName", ""))


def _moment(stored: str) -> str:
    return parsed(stored).astimezone(UTC).strftime("%Y-%m-%d %H:%M")
