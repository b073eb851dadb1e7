"""How do the stories become Zendesk's records: organisations, users, tickets, comments, audits, ratings,
files.
"""

import base64
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from escalation.practice.store import Store
from escalation.practice.world.links import written_out
from escalation.practice.world.people import ORGANISATION_NOTES, ORGANISATIONS, PEOPLE, RAILS_ZONES
from escalation.practice.world.stories import stories
from escalation.practice.world.story import Said, Story
from escalation.practice.world.times import moment
from escalation.practice.zendesk import shapes
from escalation.practice.zendesk.numbers import next_id

_FIRST_USER: Final = 8_447_388_100_000
_FIRST_ORGANISATION: Final = 8_447_346_622_400
_SUPPORT: Final = 8_447_320_466_430
_LOCALE_IDS: Final = {"de": 8, "fr": 16, "es": 2, "ja": 67}
_USER_IDS: Final = {key: _FIRST_USER + place for place, key in enumerate(PEOPLE)}


def load_zendesk(store: Store, now: datetime) -> None:
    """Write the people and their tickets."""
    for place, name in enumerate(ORGANISATIONS):
        given = {"id": _FIRST_ORGANISATION + place, "name": name, "notes": ORGANISATION_NOTES.get(name, "")}
        organisation = shapes.organization({**given, "created_at": "2021-03-01T09:00:00Z"}, now=now)
        store.put("organization", organisation["id"], organisation)
    for key, person in PEOPLE.items():
        if person.role != "engineer":
            store.put("user", _USER_IDS[key], _user(key, now))
    for story in stories():
        _put_story(store, story, now)


def _user(key: str, now: datetime) -> Mapping[str, Any]:
    person = PEOPLE[key]
    organisation_id = _FIRST_ORGANISATION + ORGANISATIONS.index(person.organisation)
    staff = person.role == "agent"
    given = {
        "id": _USER_IDS[key],
        "name": person.name,
        "email": person.email,
        "phone": person.phone or None,
        "time_zone": RAILS_ZONES[person.zone],
        "iana_time_zone": person.zone,
        "locale": person.locale,
        "locale_id": _LOCALE_IDS.get(person.locale, 1),
        "organization_id": organisation_id,
        "role": person.role,
        "details": person.title,
        "created_at": "2021-03-01T09:00:00Z",
        "ticket_restriction": None if staff else "requested",
        "restricted_agent": not staff,
        "default_group_id": _SUPPORT if staff else None,
    }
    return shapes.user(given, now=now)


def _put_story(store: Store, story: Story, now: datetime) -> None:
    requester = store.get("user", _USER_IDS[story.requester]) or {}
    opened = moment(story.said[0].at, now=now)
    changed = moment(story.said[-1].at, now=now)
    ticket = shapes.ticket(
        {
            "id": story.id,
            "subject": written_out(story.subject, now=now),
            "requester_id": requester["id"],
            "submitter_id": _USER_IDS[story.said[0].by],
            "assignee_id": _USER_IDS[story.assignee] if story.assignee else None,
            "organization_id": requester["organization_id"],
            "group_id": _SUPPORT,
            "status": story.status,
            "priority": story.priority or None,
            "type": story.kind or None,
            "tags": sorted(story.tags),
            "via": _via(story.channel, requester),
            "created_at": shapes.iso(opened),
            "updated_at": shapes.iso(changed),
        },
        now=now,
    )
    for place, said in enumerate(story.said):
        comment = _put_said(store, ticket, said, now)
        if place == 0:
            ticket["description"] = comment["plain_body"]
            ticket["is_public"] = comment["public"]
    store.put("ticket", ticket["id"], ticket)
    if story.rating[0]:
        _put_rating(store, ticket, *story.rating)


def _via(channel: str, requester: Mapping[str, Any]) -> dict[str, Any]:
    source: dict[str, Any] = {"from": {}, "to": {}, "rel": None}
    if channel == "email":
        source["from"] = {"address": requester["email"], "name": requester["name"]}
        source["to"] = {"name": "Halden Service Desk", "address": "help@halden.example"}
    return {"channel": channel, "source": source}


def _put_said(store: Store, ticket: Mapping[str, Any], said: Said, now: datetime) -> Mapping[str, Any]:
    at = moment(said.at, now=now)
    audit_id, comment_id = next_id(store), next_id(store)
    text = (
        {"html_body": written_out(said.html, now=now)}
        if said.html
        else {"body": written_out(said.text, now=now)}
    )
    comment = shapes.comment(
        {
            **text,
            "id": comment_id,
            "author_id": _USER_IDS[said.by],
            "public": not said.internal,
            "audit_id": audit_id,
            "attachments": [_put_file(store, *file) for file in said.files],
            "created_at": shapes.iso(at),
        },
        now=at,
    )
    store.put("comment", comment_id, {**comment, "ticket_id": ticket["id"]})
    shown = {
        name: comment[name]
        for name in ("body", "html_body", "plain_body", "public", "author_id", "attachments")
    }
    audit = {
        "id": audit_id,
        "ticket_id": ticket["id"],
        "created_at": comment["created_at"],
        "author_id": comment["author_id"],
        "metadata": {"system": {"client": "", "ip_address": ""}, "custom": {}},
        "events": [{"id": comment_id, "type": "Comment", **shown}],
        "via": ticket["via"],
    }
    store.put("audit", audit_id, audit)
    return comment


def _put_file(store: Store, name: str, content_type: str, text: str) -> Mapping[str, Any]:
    key, body = next_id(store), text.encode()
    file: dict[str, Any] = {
        "id": key,
        "token": f"world{key}",
        "file_name": name,
        "content_type": content_type,
        "size": len(body),
    }
    file |= {"width": None, "height": None, "inline": False, "deleted": False}
    store.put("file", file["token"], {**file, "bytes": base64.b64encode(body).decode()})
    return file


def _put_rating(store: Store, ticket: Mapping[str, Any], score: str, comment: str) -> None:
    rating: dict[str, Any] = {"id": next_id(store), "score": score, "comment": comment}
    store.put("ticket", ticket["id"], {**ticket, "satisfaction_rating": rating})
    people = {name: ticket[name] for name in ("requester_id", "assignee_id", "group_id")}
    whole = {**rating, **people, "ticket_id": ticket["id"], "reason": None, "reason_id": None}
    whole |= {"created_at": ticket["updated_at"], "updated_at": ticket["updated_at"]}
    store.put("satisfaction_rating", rating["id"], whole)
