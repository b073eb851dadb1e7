"""How is an issue written: made, changed, moved, commented on, and what of it is told.

Every change is one entry of the changelog with a line for each field, and one happening for who listens.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from escalation.practice.jira import vocabulary
from escalation.practice.jira.site import Happening, Site, of_issue, words
from escalation.practice.store import Document

INTERNAL: Final = "sd.public.comment"
_EMPTY: Final[dict[str, Any]] = {
    "description": None, "environment": None, "components": [], "versions": [], "fixVersions": [],
    "labels": [], "assignee": None, "duedate": None, "priority": vocabulary.DEFAULT_PRIORITY,
    "resolution": None, "resolutiondate": None, vocabulary.FOUND_IN: None,
    vocabulary.REQUEST_TYPE: None,
}  # fmt: skip
# How the changelog calls a field, where it is not its id.
_CALLED: Final = {
    "components": "Component",
    "versions": "Version",
    "fixVersions": "Fix Version",
    vocabulary.FOUND_IN: "Found in",
    vocabulary.REQUEST_TYPE: "Request Type",
}
_BELONGING: Final = ("comment", "history", "attachment", "remotelink")
_SHELVES: Final = {"components": "component", "versions": "version", "fixVersions": "version"}
_VOCABULARIES: Final[dict[str, Mapping[str, Any]]] = {
    "issuetype": vocabulary.ISSUE_TYPES,
    "priority": vocabulary.PRIORITIES,
    "status": vocabulary.STATUSES,
    "resolution": vocabulary.RESOLUTIONS,
    vocabulary.FOUND_IN: vocabulary.OPTIONS,
    vocabulary.REQUEST_TYPE: vocabulary.REQUEST_TYPES,
}


def create(
    site: Site, *, project: Document, values: Mapping[str, Any], by: Document, properties: Mapping[str, Any]
) -> Document:
    """Make an issue of values that were read, and tell of it."""
    now = site.now()
    with site.store.transaction():
        number = site.store.next_number(f"issue-{project['key']}", first=1)
        issue = {
            "id": site.next_id("issue"),
            "key": f"{project['key']}-{number}",
            "project": project["key"],
            **_EMPTY,
            "status": vocabulary.FIRST_STATUS[project["projectTypeKey"]],
            "reporter": by["accountId"],
            "creator": by["accountId"],
            "created": now,
            "updated": now,
            "properties": dict(properties),
            **values,
        }
        site.store.put("issue", issue["key"], issue)
    site.announce(Happening(event="jira:issue_created", kind="issue_created", issue=issue, by=by))
    return issue


def change(site: Site, issue: Document, values: Mapping[str, Any], *, by: Document) -> Document:
    """Change fields of an issue. What stays as it was is neither noted nor told."""
    now = site.now()
    after = {**issue, **values, "updated": now}
    if after["resolution"] != issue["resolution"]:
        after["resolutiondate"] = now if after["resolution"] else None
    items = tuple(item for name in values for item in _items(site, name, issue[name], after[name]))
    if not items:
        return issue
    entry = {"issue": issue["id"], "author": by["accountId"], "created": now, "items": items}
    with site.store.transaction():
        entry["id"] = site.next_id("history")
        site.store.put("history", entry["id"], entry)
        site.store.put("issue", issue["key"], after)
    site.announce(
        Happening(
            event="jira:issue_updated",
            kind=_kind(set(values)),
            issue=after,
            by=by,
            items=items,
            change_id=entry["id"],
        )
    )
    return after


def keep_properties(site: Site, issue: Document, properties: Mapping[str, Any]) -> None:
    """Replace the properties of an issue. Nobody is told: they are for programs."""
    site.store.put("issue", issue["key"], {**issue, "properties": dict(properties)})


def comment(site: Site, issue: Document, *, body: Mapping[str, Any], by: Document, **more: Any) -> Document:
    """Add a comment; `more` may bring `visibility` and `properties` (of which one says "internal")."""
    now = site.now()
    properties = dict(more.get("properties") or {})
    internal = properties.get(INTERNAL)
    written = {
        "issue": issue["id"],
        "author": by["accountId"],
        "updateAuthor": by["accountId"],
        "body": body,
        "created": now,
        "updated": now,
        "visibility": more.get("visibility"),
        "properties": properties,
        "public": not (isinstance(internal, Mapping) and internal.get("internal") is True),
    }
    after = {**issue, "updated": now}
    with site.store.transaction():
        written["id"] = site.next_id("comment")
        site.store.put("comment", written["id"], written)
        site.store.put("issue", issue["key"], after)
    site.announce(
        Happening(event="comment_created", kind="issue_commented", issue=after, by=by, comment=written)
    )
    return written


def change_comment(
    site: Site, issue: Document, found: Document, *, body: Mapping[str, Any], by: Document
) -> Document:
    """Rewrite a comment."""
    now = site.now()
    written = {**found, "body": body, "updateAuthor": by["accountId"], "updated": now}
    site.store.put("comment", found["id"], written)
    event = Happening(
        event="comment_updated", kind="issue_comment_edited", issue=issue, by=by, comment=written
    )
    site.announce(event)
    return written


def remove_comment(site: Site, issue: Document, found: Document, *, by: Document) -> None:
    """Delete a comment, and tell of it."""
    site.store.remove("comment", found["id"])
    site.announce(
        Happening(event="comment_deleted", kind="issue_comment_deleted", issue=issue, by=by, comment=found)
    )


def remove(site: Site, issue: Document, *, by: Document) -> None:
    """Delete an issue with what belongs to it. It is told as it last was."""
    happened = Happening(event="jira:issue_deleted", kind="issue_deleted", issue=issue, by=by)
    site.announce(happened)
    with site.store.transaction():
        for kind in _BELONGING:
            for one in of_issue(site.store, kind, issue):
                site.store.remove(kind, one["id"])
        for link in site.store.all("issuelink"):
            if issue["key"] in {link["inward"], link["outward"]}:
                site.store.remove("issuelink", link["id"])
        site.store.remove("issue", issue["key"])


def attach(site: Site, issue: Document, file: Mapping[str, Any], *, by: Document) -> Document:
    """Note a file that was kept, in the changelog too."""
    now = site.now()
    kept = {**file, "issue": issue["id"], "author": by["accountId"], "created": now}
    item = _item("Attachment", "attachment", (None, None), (file["id"], file["filename"]))
    entry = {"issue": issue["id"], "author": by["accountId"], "created": now, "items": [item]}
    after = {**issue, "updated": now}
    with site.store.transaction():
        site.store.put("attachment", kept["id"], kept)
        entry["id"] = site.next_id("history")
        site.store.put("history", entry["id"], entry)
        site.store.put("issue", issue["key"], after)
    happened = Happening(
        event="jira:issue_updated",
        kind="issue_updated",
        issue=after,
        by=by,
        items=(item,),
        change_id=entry["id"],
    )
    site.announce(happened)
    return kept


def _kind(names: set[str]) -> str:
    if "status" in names:
        return "issue_generic"
    return "issue_assigned" if names == {"assignee"} else "issue_updated"


def _items(site: Site, name: str, before: Any, after: Any) -> Iterator[dict[str, Any]]:
    if before == after:
        return
    called = _CALLED.get(name, name)
    if name in _SHELVES:
        for key in [one for one in before if one not in after]:
            yield _item(called, name, (key, _name_of(site, name, key)), (None, None))
        for key in [one for one in after if one not in before]:
            yield _item(called, name, (None, None), (key, _name_of(site, name, key)))
    elif name == "labels":
        yield _item(called, name, (None, " ".join(before)), (None, " ".join(after)))
    elif name in {"description", "environment"}:
        yield _item(called, name, (None, words(before) or None), (None, words(after) or None))
    elif name in {"summary", "duedate"}:
        yield _item(called, name, (None, before), (None, after))
    else:
        yield _item(
            called, name, (before, _name_of(site, name, before)), (after, _name_of(site, name, after))
        )


def _name_of(site: Site, name: str, key: str | None) -> str | None:
    if key is None:
        return None
    if name in _VOCABULARIES:
        return str(_VOCABULARIES[name][key].name)
    if name in _SHELVES:
        return str((site.store.get(_SHELVES[name], key) or {}).get("name", ""))
    return str((site.store.get("user", key) or {}).get("displayName", ""))


def _item(
    called: str, name: str, before: tuple[str | None, str | None], after: tuple[str | None, str | None]
) -> dict[str, Any]:
    return {
        "field": called,
        "fieldtype": "custom" if name.startswith("customfield_") else "jira",
        "fieldId": name,
        "from": before[0],
        "fromString": before[1],
        "to": after[0],
        "toString": after[1],
    }
