"""What do the addresses of users, organisations, groups, fields, forms, brands and statuses answer."""

from typing import Any, Final

from flask import Blueprint, g, jsonify, request
from flask.typing import ResponseReturnValue

from escalation.practice.store import Document
from escalation.practice.zendesk.answers import listed, not_found, shown
from escalation.practice.zendesk.authentication import authenticate, desk
from escalation.practice.zendesk.fields import records_of
from escalation.practice.zendesk.shapes import CUSTOM_STATUS_IDS

people_api = Blueprint("people_api", __name__, url_prefix="/api/v2")
people_api.before_request(authenticate)
_KINDS: Final = {
    "users": "user",
    "organizations": "organization",
    "groups": "group",
    "ticket_fields": "ticket_field",
    "brands": "brand",
    "ticket_forms": "ticket_form",
}
_PLURAL: Final = "<any(users, organizations, groups, ticket_fields, brands, ticket_forms):plural>"


def _show(kind: str) -> Any:
    return lambda record: shown(kind, record)


@people_api.get(f"/{_PLURAL}")
def list_records(plural: str) -> ResponseReturnValue:
    """Answer all records of a kind."""
    kind = _KINDS[plural]
    return listed(plural, records_of(desk().store, kind), _show(kind))


@people_api.get(f"/{_PLURAL}/<int:key>")
def show_record(plural: str, key: int) -> ResponseReturnValue:
    """Answer one record."""
    kind = _KINDS[plural]
    record = next((one for one in records_of(desk().store, kind) if one["id"] == key), None)
    return not_found() if record is None else jsonify({kind: shown(kind, record)})


@people_api.get(f"/{_PLURAL}/show_many")
def show_records(plural: str) -> ResponseReturnValue:
    """Answer the records named in `ids`; unknown ones are left out."""
    kind = _KINDS[plural]
    found = (desk().store.get(kind, key.strip()) for key in request.args.get("ids", "").split(","))
    return listed(plural, [one for one in found if one is not None], _show(kind))


@people_api.get("/users/me")
def show_me() -> ResponseReturnValue:
    """Answer the caller: how a connection is checked."""
    return jsonify({"user": shown("user", g.user)})


@people_api.get("/users/search")
def search_users() -> ResponseReturnValue:
    """Answer users by `query` (a name, an address, or `email:`…) or by `external_id`."""
    query = request.args.get("query", "").strip().strip('"').removeprefix("email:").lower()
    external_id = request.args.get("external_id")

    def fits(user: Document) -> bool:
        if external_id is not None:
            return bool(user["external_id"] == external_id)
        return query in (user["email"] or "").lower() or query in user["name"].lower()

    return listed("users", [user for user in desk().store.all("user") if fits(user)], _show("user"))


@people_api.get("/users/<int:key>/tickets/requested")
def tickets_requested(key: int) -> ResponseReturnValue:
    """Answer the tickets that a user asked for."""
    tickets = [one for one in desk().store.all("ticket") if one["requester_id"] == key]
    return listed("tickets", tickets, _show("ticket"))


@people_api.get("/custom_statuses")
def list_statuses() -> ResponseReturnValue:
    """Answer the ticket statuses with their ids."""
    statuses = [
        {
            "id": key,
            "status_category": status,
            "agent_label": status.capitalize(),
            "end_user_label": "Open" if status in {"new", "hold"} else status.capitalize(),
            "description": "",
            "active": True,
            "default": True,
        }
        for status, key in CUSTOM_STATUS_IDS.items()
        if status != "closed"
    ]
    return jsonify({"custom_statuses": statuses})
