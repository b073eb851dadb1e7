"""How do the engineers' tables become Jira's records: projects, components, versions, past issues.

Tables of `data/engineering/`, parts split by `|`, several values by `;`, labels by blanks:
components  name | lead | description
versions    name | release date | archived, released or unreleased | description
issues      project | type | created | reporter | assignee | status[:resolution] | priority | components |
            affects versions | fix versions | labels | summary | description | last comment
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from escalation.practice.jira import vocabulary
from escalation.practice.jira.app import account_id, put_users
from escalation.practice.jira.site import FIRST_ID, rich
from escalation.practice.store import Document, Store
from escalation.practice.world.people import PEOPLE
from escalation.practice.world.times import moment

_FOLDER: Final = Path(__file__).parent / "data" / "engineering"
_FIRST_KEY: Final = {"PLAT": 2201, "SUP": 318}
_PROJECTS: Final = (
    {
        "id": "10000",
        "key": "PLAT",
        "name": "Platform Engineering",
        "projectTypeKey": vocabulary.SOFTWARE,
        "issuetypes": ["10001", "10002", vocabulary.BUG],
        "lead": "mei",
    },
    {
        "id": "10001",
        "key": "SUP",
        "name": "Platform Support",
        "projectTypeKey": vocabulary.SERVICE_DESK,
        "issuetypes": ["10011", "10012"],
        "lead": "ravi",
    },
)


def load_jira(store: Store, now: datetime) -> None:
    """Write the people, the projects and their history."""
    staff = {key: one for key, one in PEOPLE.items() if one.role != "end-user"}
    callers = {key: PEOPLE[key] for key in ("noah", "grace", "olivia")}
    put_users(
        store,
        (
            {
                "name": _login(key),
                "displayName": person.name,
                "emailAddress": person.email,
                "timeZone": person.zone,
                "locale": person.locale.replace("-", "_"),
            }
            for key, person in {**staff, **callers}.items()
        ),
    )
    for project in _PROJECTS:
        store.put("project", str(project["key"]), {**project, "lead": _account(str(project["lead"]))})
    for name, lead, description in _table("components"):
        _put_component(store, name, lead, description)
    for name, released, state, description in _table("versions"):
        _put_version(store, name, (moment(released, now=now), state, description))
    for parts in _table("issues"):
        _put_issue(store, parts, now)


def _table(name: str) -> list[list[str]]:
    lines = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line.split("|") for line in lines]


def _login(key: str) -> str:
    return PEOPLE[key].email.partition("@")[0]


def _account(key: str) -> str:
    return account_id(_login(key))


def _next(store: Store, kind: str) -> str:
    return str(store.next_number(kind, first=FIRST_ID))


def _put_component(store: Store, name: str, lead: str, description: str) -> None:
    key = _next(store, "component")
    about = {"name": name, "description": description, "lead": _account(lead)}
    store.put("component", key, {"id": key, **about, "project": "PLAT", "projectId": 10_000})


def _put_version(store: Store, name: str, about: tuple[datetime, str, str]) -> None:
    released, state, description = about
    key = _next(store, "version")
    version = {
        "id": key,
        "name": name,
        "description": description,
        "archived": state == "archived",
        "released": state != "unreleased",
        "startDate": (released - timedelta(days=21)).date().isoformat(),
        "releaseDate": released.date().isoformat(),
        "projectId": 10_000,
        "project": "PLAT",
    }
    store.put("version", key, version)


def _put_issue(store: Store, parts: list[str], now: datetime) -> None:
    project, kind, created, reporter, assignee, status, priority, *rest = parts
    components, versions, fixes, labels, summary, description, said = rest
    name, _, resolution = status.partition(":")
    begun = moment(created, now=now)
    touched = min(begun + timedelta(hours=30 if resolution else 5), now) if said else begun
    issue_type = _id_of(vocabulary.ISSUE_TYPES, kind)
    number = store.next_number(f"issue-{project}", first=_FIRST_KEY[project])
    issue: dict[str, Any] = {
        "id": _next(store, "issue"),
        "key": f"{project}-{number}",
        "project": project,
        "issuetype": issue_type,
        "summary": summary,
        "description": rich(description),
        "environment": None,
        "priority": _id_of(vocabulary.PRIORITIES, priority),
        "status": _id_of(vocabulary.STATUSES, name),
        "resolution": _id_of(vocabulary.RESOLUTIONS, resolution) if resolution else None,
        "resolutiondate": touched.isoformat() if resolution else None,
        "labels": sorted(labels.split()),
        "components": _ids(store, "component", components),
        "versions": _ids(store, "version", versions),
        "fixVersions": _ids(store, "version", fixes),
        "reporter": _account(reporter),
        "creator": _account(reporter),
        "assignee": _account(assignee) if assignee else None,
        "duedate": None,
        vocabulary.FOUND_IN: "10101" if issue_type == vocabulary.BUG else None,
        vocabulary.REQUEST_TYPE: None,
        "created": begun.isoformat(),
        "updated": touched.isoformat(),
        "properties": {},
    }
    store.put("issue", issue["key"], issue)
    if said:
        _put_comment(store, issue, said)


def _put_comment(store: Store, issue: Document, said: str) -> None:
    key, author = _next(store, "comment"), issue["assignee"] or issue["reporter"]
    comment = {"id": key, "issue": issue["id"], "author": author, "updateAuthor": author, "body": rich(said)}
    times = {"created": issue["updated"], "updated": issue["updated"]}
    store.put("comment", key, {**comment, **times, "visibility": None, "properties": {}, "public": True})


def _id_of(known: Mapping[str, Any], name: str) -> str:
    return next(key for key, one in known.items() if one.name == name)


def _ids(store: Store, kind: str, names: str) -> list[str]:
    by_name = {one["name"]: one["id"] for one in store.all(kind)}
    return [by_name[name] for name in names.split(";") if name]
