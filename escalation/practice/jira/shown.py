"""How does a record look in an answer: the same store in the words of Cloud, of Data Center, of v2 and v3."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from escalation.practice.jira import vocabulary
from escalation.practice.jira.answers import iso
from escalation.practice.jira.authentication import Dialect
from escalation.practice.jira.rendering import to_html
from escalation.practice.jira.site import of_issue
from escalation.practice.store import Document, Store

RICH: Final = frozenset({"description", "environment"})
_PEOPLE: Final = ("reporter", "creator", "assignee")


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """Shows records of one store in one dialect."""

    store: Store
    dialect: Dialect

    def user(self, account_id: str | None) -> dict[str, Any] | None:
        """Show a person: by account on Cloud, by name and key on a Data Center."""
        found = self.store.get("user", account_id or "")
        if found is None:
            return None
        shared = {
            "emailAddress": found["emailAddress"],
            "avatarUrls": {"48x48": f"{self.dialect.base}/static/practice.css"},
            "displayName": found["displayName"],
            "active": found["active"],
            "timeZone": found["timeZone"],
        }
        address = f"{self.dialect.api}/user"
        if self.dialect.cloud:
            account = found["accountId"]
            name = {"self": f"{address}?accountId={account}", "accountId": account}
            return {**name, "accountType": "atlassian", **shared}
        return {
            "self": f"{address}?username={found['name']}",
            "name": found["name"],
            "key": found["key"],
            **shared,
        }

    def text(self, value: Mapping[str, Any] | None) -> Any:
        """Show a kept text: a document in v3, wiki markup in v2."""
        return None if value is None else value["adf" if self.dialect.adf else "wiki"]

    def project(self, found: Document) -> dict[str, Any]:
        """Show a project as it stands inside an issue."""
        names = ("id", "key", "name", "projectTypeKey")
        return {
            "self": f"{self.dialect.api}/project/{found['id']}",
            **{name: found[name] for name in names},
            "simplified": False,
        }

    def issue_type(self, key: str) -> dict[str, Any]:
        """Show an issue type."""
        return {**self._named("issuetype", vocabulary.ISSUE_TYPES[key]), "subtask": False}

    def priority(self, key: str) -> dict[str, Any]:
        """Show a priority."""
        return self._named("priority", vocabulary.PRIORITIES[key])

    def resolution(self, key: str | None) -> dict[str, Any] | None:
        """Show a resolution, the one word without an icon; None is "unresolved"."""
        if key is None:
            return None
        shown = self._named("resolution", vocabulary.RESOLUTIONS[key])
        return {name: value for name, value in shown.items() if name != "iconUrl"}

    def option(self, key: str) -> dict[str, Any]:
        """Show a choice of the custom field."""
        one = vocabulary.OPTIONS[key]
        return {"self": f"{self.dialect.api}/customFieldOption/{one.id}", "value": one.name, "id": one.id}

    def status(self, key: str) -> dict[str, Any]:
        """Show a status with its category, by which alone it may be understood."""
        one = vocabulary.STATUSES[key]
        number, colour, name = vocabulary.CATEGORIES[one.category]
        category = {
            "self": f"{self.dialect.api}/statuscategory/{number}",
            "id": number,
            "key": one.category,
            "colorName": colour,
            "name": name,
        }
        return {
            "self": f"{self.dialect.api}/status/{one.id}",
            "description": "",
            "iconUrl": f"{self.dialect.base}/",
            "name": one.name,
            "id": one.id,
            "statusCategory": category,
        }

    def component(self, found: Document, *, whole: bool = False) -> dict[str, Any]:
        """Show a component; `whole` as the project lists it, with its lead."""
        shown = {"self": f"{self.dialect.api}/component/{found['id']}", "id": found["id"]}
        shown |= {"name": found["name"], "description": found["description"]}
        if whole:
            shown |= {"lead": self.user(found["lead"]), "assigneeType": "COMPONENT_LEAD"}
            shown |= {"project": found["project"], "projectId": found["projectId"]}
        return shown

    def version(self, found: Document) -> dict[str, Any]:
        """Show a version; its dates are plain dates and absent where nobody set them."""
        shown = {"self": f"{self.dialect.api}/version/{found['id']}"}
        return shown | {
            name: value for name, value in found.items() if name != "project" and value is not None
        }

    def comment(self, found: Document, *, with_properties: bool = False) -> dict[str, Any]:
        """Show a comment."""
        address = f"{self.dialect.api}/issue/{found['issue']}/comment/{found['id']}"
        shown = {
            "self": address,
            "id": found["id"],
            "author": self.user(found["author"]),
            "body": self.text(found["body"]),
            "updateAuthor": self.user(found["updateAuthor"]),
            "created": iso(found["created"]),
            "updated": iso(found["updated"]),
        }
        if self.dialect.cloud:
            shown["jsdPublic"] = found["public"]
        if found["visibility"]:
            shown["visibility"] = found["visibility"]
        if with_properties:
            shown["properties"] = [{"key": key, "value": value} for key, value in found["properties"].items()]
        return shown

    def attachment(self, found: Document) -> dict[str, Any]:
        """Show a file, without its bytes."""
        names = ("id", "filename", "size", "mimeType")
        return {
            "self": f"{self.dialect.api}/attachment/{found['id']}",
            **{name: found[name] for name in names},
            "author": self.user(found["author"]),
            "created": iso(found["created"]),
            "content": f"{self.dialect.api}/attachment/content/{found['id']}",
        }

    def fields(self, issue: Document) -> dict[str, Any]:
        """Show every field of an issue."""
        project = self.store.get("project", issue["project"]) or {}
        shown: dict[str, Any] = {
            "summary": issue["summary"],
            "issuetype": self.issue_type(issue["issuetype"]),
            "project": self.project(project),
            "priority": self.priority(issue["priority"]),
            "status": self.status(issue["status"]),
            "resolution": self.resolution(issue["resolution"]),
            "resolutiondate": iso(issue["resolutiondate"]) if issue["resolutiondate"] else None,
            "labels": issue["labels"],
            "duedate": issue["duedate"],
            "created": iso(issue["created"]),
            "updated": iso(issue["updated"]),
            "components": [self.component(one) for one in self._all("component", issue["components"])],
            "issuelinks": [self._link(one, issue) for one in self._links(issue)],
            "attachment": [self.attachment(one) for one in of_issue(self.store, "attachment", issue)],
            "comment": self._comments(issue),
        }
        for name in ("versions", "fixVersions"):
            shown[name] = [self.version(one) for one in self._all("version", issue[name])]
        shown |= {name: self.text(issue[name]) for name in RICH}
        shown |= {name: self.user(issue[name]) for name in _PEOPLE}
        found_in = issue[vocabulary.FOUND_IN]
        shown[vocabulary.FOUND_IN] = self.option(found_in) if found_in else None
        if requested := vocabulary.REQUEST_TYPES.get(str(issue[vocabulary.REQUEST_TYPE])):
            shown[vocabulary.REQUEST_TYPE] = {"requestType": {"id": requested.id, "name": requested.name}}
        return shown

    def rendered(self, issue: Document) -> dict[str, Any]:
        """Show the texts of an issue as HTML (`expand=renderedFields`)."""
        return {name: to_html(issue[name]["adf"]) if issue[name] else "" for name in sorted(RICH)}

    def _named(self, kind: str, one: vocabulary.Named) -> dict[str, Any]:
        return {
            "self": f"{self.dialect.api}/{kind}/{one.id}",
            "id": one.id,
            "name": one.name,
            "description": one.description,
            "iconUrl": f"{self.dialect.base}/images/icons/{kind}.svg",
        }

    def _all(self, kind: str, keys: list[str]) -> list[Document]:
        return [found for found in (self.store.get(kind, key) for key in keys) if found is not None]

    def _comments(self, issue: Document) -> dict[str, Any]:
        found = [self.comment(one) for one in of_issue(self.store, "comment", issue)]
        address = f"{self.dialect.api}/issue/{issue['id']}/comment"
        total = len(found)
        return {"comments": found, "self": address, "maxResults": total, "total": total, "startAt": 0}

    def _links(self, issue: Document) -> list[Document]:
        return [one for one in self.store.all("issuelink") if issue["key"] in {one["inward"], one["outward"]}]

    def _link(self, link: Document, issue: Document) -> dict[str, Any]:
        name, inward, outward = vocabulary.LINK_TYPES[link["type"]]
        side = "outward" if link["inward"] == issue["key"] else "inward"
        other = self.store.get("issue", link[side]) or issue
        return {
            "id": link["id"],
            "self": f"{self.dialect.api}/issueLink/{link['id']}",
            "type": {"id": link["type"], "name": name, "inward": inward, "outward": outward},
            f"{side}Issue": {
                "id": other["id"],
                "key": other["key"],
                "self": f"{self.dialect.api}/issue/{other['id']}",
                "fields": {"summary": other["summary"], "status": self.status(other["status"])},
            },
        }
