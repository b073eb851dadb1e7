"""How does a ticket change: what is checked, what is kept, which audit is written, who hears of it.

Unknown keys are silently ignored. Every change, however small, is one audit; a comment exists only inside
one.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from escalation.practice.clock import Clock
from escalation.practice.store import Document, Store
from escalation.practice.zendesk import shapes
from escalation.practice.zendesk.numbers import next_id

_PLAIN_FIELDS: Final = (
    "subject", "status", "priority", "type", "assignee_id", "group_id", "requester_id", "organization_id",
    "external_id", "due_at", "problem_id",
)  # fmt: skip
_CHOICES: Final = {"status": shapes.STATUSES, "priority": shapes.PRIORITIES, "type": shapes.TYPES}


class Invalid(Exception):
    """A value the vendor refuses: answered 422 RecordInvalid with the field's name."""

    def __init__(self, field: str, description: str) -> None:
        super().__init__(description)
        self.field = field


class Stale(Exception):
    """A safe update of a ticket that changed in between: answered 409."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One audit as the outside hears of it."""

    before: Document | None
    ticket: Document
    audit: Document
    comment: Document | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Desk:
    """The written side of one stand-in."""

    store: Store
    clock: Clock
    new_id: Callable[[], str]
    announce: Callable[[Change], None]

    def next_id(self) -> int:
        """Give a number for a new comment, audit, event, user or file."""
        return next_id(self.store)


def create(desk: Desk, sent: Mapping[str, Any], *, by: Document) -> Change:
    """Open a ticket. Raises Invalid."""
    said = sent.get("comment") or {}
    if not (said.get("body") or said.get("html_body") or sent.get("description")):
        raise Invalid("base", "Description: cannot be blank")
    now = desk.clock()
    with desk.store.transaction():
        requester_id = _requester(desk, sent) or by["id"]
        requester = desk.store.get("user", requester_id)
        if requester is None:
            raise Invalid("requester", "Requester: is invalid")
        given = {
            "id": max((int(one["id"]) for one in desk.store.all("ticket")), default=35_400) + 1,
            "requester_id": requester_id,
            "submitter_id": by["id"],
            "organization_id": requester["organization_id"],
            "created_at": shapes.iso(now),
            "tags": sorted({str(tag) for tag in sent.get("tags") or []}),
            "via": {"channel": "api", "source": {"from": {}, "to": {}, "rel": None}},
            **_checked({**sent, "requester_id": requester_id}),
        }
        before = shapes.ticket(given, now=now)
        ticket = {**before, "custom_fields": _merged(before, sent)}
        ticket["fields"] = ticket["custom_fields"]
        comment = {"body": sent.get("description"), "author_id": requester_id, **said}
        change = _audited(desk, None, ticket, _Writing(by=by, said=comment, sent=sent))
    desk.announce(change)
    return change


def update(desk: Desk, ticket_id: int, sent: Mapping[str, Any], *, by: Document) -> Change | None:
    """Change a ticket, or give None where it does not exist. Raises Invalid, Stale."""
    with desk.store.transaction():
        before = desk.store.get("ticket", ticket_id)
        if before is None:
            return None
        if before["status"] in {"closed", "deleted"}:
            raise Invalid("status", "Status: closed prevents ticket update")
        if sent.get("safe_update") and sent.get("updated_stamp") != before["updated_at"]:
            raise Stale
        ticket = {**before, **_checked(sent), "custom_fields": _merged(before, sent)}
        ticket["fields"] = ticket["custom_fields"]
        ticket["raw_subject"] = ticket["subject"]
        if "status" in sent:
            ticket["custom_status_id"] = shapes.CUSTOM_STATUS_IDS[ticket["status"]]
        elif ticket["assignee_id"] and before["status"] == "new":
            ticket["status"], ticket["custom_status_id"] = "open", shapes.CUSTOM_STATUS_IDS["open"]
        tags = set(sent["tags"] if isinstance(sent.get("tags"), list) else before["tags"])
        ticket["tags"] = sorted(
            (tags | set(sent.get("additional_tags", []))) - set(sent.get("remove_tags", []))
        )
        change = _audited(desk, before, ticket, _Writing(by=by, said=sent.get("comment"), sent=sent))
    desk.announce(change)
    return change


@dataclass(frozen=True, kw_only=True, slots=True)
class _Writing:
    """Who writes, the comment as it was sent, and the whole of what was sent."""

    by: Document
    said: Mapping[str, Any] | None
    sent: Mapping[str, Any]


def _checked(sent: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: sent[name] for name in _PLAIN_FIELDS if name in sent}
    for name, allowed in _CHOICES.items():
        if kept.get(name) is not None and kept[name] not in allowed:
            raise Invalid(name, f"{name.capitalize()}: {kept[name]} is not one of {', '.join(allowed)}")
    if "external_id" in kept and kept["external_id"] is not None:
        kept["external_id"] = str(kept["external_id"])
    return kept


def _requester(desk: Desk, sent: Mapping[str, Any]) -> int | None:
    """Find the requester, making a user for an unknown address, as the vendor does."""
    given = sent.get("requester")
    if not isinstance(given, Mapping):
        return sent.get("requester_id")
    email = str(given.get("email") or "").lower()
    known = next((one for one in desk.store.all("user") if (one["email"] or "").lower() == email), None)
    if known is not None:
        return int(known["id"])
    if not email:
        raise Invalid("requester", "Requester: Email: cannot be blank")
    user = shapes.user(
        {"id": desk.next_id(), "name": given.get("name") or email, "email": email, "verified": False},
        now=desk.clock(),
    )
    desk.store.put("user", user["id"], user)
    return int(user["id"])


def _merged(before: Mapping[str, Any], sent: Mapping[str, Any]) -> list[dict[str, Any]]:
    values = {one["id"]: one["value"] for one in before.get("custom_fields") or [] if "value" in one}
    for one in sent.get("custom_fields") or []:
        values[one["id"]] = one.get("value")
    return [{"id": key, "value": value} for key, value in values.items()]


def _audited(desk: Desk, before: Document | None, ticket: dict[str, Any], writing: _Writing) -> Change:
    now, audit_id = desk.clock(), desk.next_id()
    comment = _comment(desk, audit_id, writing)
    if before is None:
        ticket["description"] = "" if comment is None else comment["plain_body"]
        ticket["is_public"] = comment is None or comment["public"]
    audit = {
        "id": audit_id,
        "ticket_id": ticket["id"],
        "created_at": shapes.iso(now),
        "author_id": writing.by["id"],
        "metadata": {
            "system": {"client": "", "ip_address": ""},
            "custom": dict(writing.sent.get("metadata") or {}),
        },
        "events": _events(desk, before, ticket, comment),
        "via": {"channel": "api", "source": {"from": {}, "to": {}, "rel": None}},
    }
    if not audit["events"]:
        # Nothing changed: the vendor answers 200, and neither the ticket nor its history moves.
        return Change(before=before, ticket=ticket, audit=audit, comment=None)
    ticket["updated_at"] = shapes.iso(now)
    ticket["generated_timestamp"] = int(now.timestamp())
    desk.store.put("ticket", ticket["id"], ticket)
    desk.store.put("audit", audit_id, audit)
    if comment is not None:
        desk.store.put("comment", comment["id"], {**comment, "ticket_id": ticket["id"]})
    return Change(before=before, ticket=ticket, audit=audit, comment=comment)


def _comment(desk: Desk, audit_id: int, writing: _Writing) -> dict[str, Any] | None:
    said = writing.said
    if not said or not (said.get("body") or said.get("html_body")):
        return None
    author_id = said.get("author_id") or writing.by["id"]
    attachments: list[Any] = []
    for token in said.get("uploads") or []:
        upload = desk.store.get("upload", token)
        if upload is None or upload["expires_at"] < shapes.iso(desk.clock()):
            raise Invalid("uploads", f"Upload token {token} is invalid or expired")
        attachments += upload["attachments"]
    given = {
        **{name: said[name] for name in ("body", "html_body", "public") if name in said},
        "id": desk.next_id(),
        "author_id": author_id,
        "audit_id": audit_id,
        "attachments": attachments,
        "via": {"channel": "api", "source": {"from": {}, "to": {}, "rel": None}},
        "metadata": {"system": {}, "custom": dict(writing.sent.get("metadata") or {})},
    }
    return shapes.comment(given, now=desk.clock())


def _events(
    desk: Desk, before: Document | None, ticket: Document, comment: Document | None
) -> list[dict[str, Any]]:
    events: list[dict[str, Any]] = []
    if comment is not None:
        shown = {name: comment[name] for name in ("body", "html_body", "plain_body", "public", "author_id")}
        attached = comment["attachments"]
        events.append({"id": comment["id"], "type": "Comment", **shown, "attachments": attached})
    for name in (*_PLAIN_FIELDS, "tags"):
        was = None if before is None else before[name]
        if before is not None and ticket[name] != was:
            change = {"field_name": name, "value": ticket[name], "previous_value": was}
            events.append({"id": desk.next_id(), "type": "Change", **change})
        elif before is None and ticket[name] not in (None, []):
            events.append({"id": desk.next_id(), "type": "Create", "field_name": name, "value": ticket[name]})
    for key, value, was in _field_changes(before, ticket):
        change = {"field_name": str(key), "value": value, "previous_value": was}
        events.append({"id": desk.next_id(), "type": "Change", **change})
    return events


def _field_changes(before: Document | None, ticket: Document) -> list[tuple[int, Any, Any]]:
    old = {} if before is None else {one["id"]: one["value"] for one in before["custom_fields"]}
    new = {one["id"]: one["value"] for one in ticket["custom_fields"]}
    return [(key, value, old.get(key)) for key, value in new.items() if old.get(key) != value]
