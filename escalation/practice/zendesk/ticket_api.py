"""What do the addresses below /api/v2/tickets answer."""

import hashlib
from typing import Any

from flask import Blueprint, g, jsonify, request
from flask.typing import ResponseReturnValue

from escalation.practice.store import Document
from escalation.practice.zendesk import desk as desk_rules
from escalation.practice.zendesk.answers import invalid, listed, not_found, shown, side_loaded
from escalation.practice.zendesk.authentication import authenticate, desk
from escalation.practice.zendesk.shapes import iso

ticket_api = Blueprint("ticket_api", __name__, url_prefix="/api/v2/tickets")
ticket_api.before_request(authenticate)


@ticket_api.errorhandler(desk_rules.Invalid)
def refuse(why: desk_rules.Invalid) -> ResponseReturnValue:
    """Answer 422 for a value the vendor refuses."""
    return invalid(why.field, str(why))


@ticket_api.errorhandler(desk_rules.Stale)
def conflict(_why: desk_rules.Stale) -> ResponseReturnValue:
    """Answer 409 for a safe update that came too late."""
    why = "Safe Update prevented the update due to a collision with another update"
    return jsonify({"error": "UpdateConflict", "description": why}), 409


def sent_ticket() -> dict[str, Any]:
    """Give the sent ticket; a body without one is an empty change, as at the vendor."""
    body = request.get_json(force=True, silent=True)
    ticket = body.get("ticket") if isinstance(body, dict) else None
    return ticket if isinstance(ticket, dict) else {}


def comments_of(ticket_id: int) -> list[Document]:
    """List a ticket's comments, oldest first."""
    return [one for one in desk().store.all("comment") if one["ticket_id"] == ticket_id]


@ticket_api.get("")
def list_tickets() -> ResponseReturnValue:
    """Answer all tickets, or those with an `external_id`."""
    tickets = [one for one in desk().store.all("ticket") if one["status"] != "deleted"]
    if "external_id" in request.args:
        tickets = [one for one in tickets if one["external_id"] == request.args["external_id"]]
    return listed("tickets", tickets, lambda one: shown("ticket", one))


@ticket_api.get("/show_many")
def show_tickets() -> ResponseReturnValue:
    """Answer the tickets named in `ids`; unknown ones are left out."""
    found = (desk().store.get("ticket", key.strip()) for key in request.args.get("ids", "").split(","))
    return listed("tickets", [one for one in found if one is not None], lambda one: shown("ticket", one))


@ticket_api.get("/<int:ticket_id>")
def show_ticket(ticket_id: int) -> ResponseReturnValue:
    """Answer one ticket with what `include` asks for."""
    ticket = desk().store.get("ticket", ticket_id)
    if ticket is None or ticket["status"] == "deleted":
        return not_found()
    return jsonify({"ticket": shown("ticket", ticket), **side_loaded([ticket])})


@ticket_api.post("")
def create_ticket() -> ResponseReturnValue:
    """Open a ticket; the same `Idempotency-Key` gives the first answer again."""
    key = request.headers.get("Idempotency-Key", "")[:255]
    print_of = hashlib.sha256(request.get_data()).hexdigest()
    with desk().store.transaction():
        kept = desk().store.get("idempotency", key) if key else None
        if kept is not None and kept["print"] != print_of:
            why = "Idempotency key was used with other parameters"
            return jsonify({"error": "IdempotentRequestError", "description": why}), 400
        if kept is None:
            change = desk_rules.create(desk(), sent_ticket(), by=g.user)
            kept = {
                "print": print_of,
                "ticket": dict(change.ticket),
                "audit": dict(change.audit),
                "lookup": "miss",
            }
            if key:
                desk().store.put("idempotency", key, {**kept, "lookup": "hit"})
    answer = jsonify({"ticket": shown("ticket", kept["ticket"]), "audit": kept["audit"]})
    answer.headers["Location"] = f"{request.host_url}api/v2/tickets/{kept['ticket']['id']}.json"
    if key:
        answer.headers["x-idempotency-lookup"] = kept["lookup"]
    return answer, 201


@ticket_api.put("/<int:ticket_id>")
def change_ticket(ticket_id: int) -> ResponseReturnValue:
    """Change a ticket and add a comment in one audit."""
    change = desk_rules.update(desk(), ticket_id, sent_ticket(), by=g.user)
    if change is None:
        return not_found()
    return jsonify({"ticket": shown("ticket", change.ticket), "audit": change.audit})


@ticket_api.delete("/<int:ticket_id>")
def delete_ticket(ticket_id: int) -> ResponseReturnValue:
    """Delete a ticket, for admins alone here: 204. It is gone from everything but the exports."""
    ticket = desk().store.get("ticket", ticket_id)
    if ticket is None or ticket["status"] == "deleted":
        return not_found()
    if g.user["role"] != "admin":
        return jsonify({"error": "Forbidden", "description": "You do not have access to this page."}), 403
    now = desk().clock()
    gone = {"status": "deleted", "updated_at": iso(now), "generated_timestamp": int(now.timestamp())}
    desk().store.put("ticket", ticket_id, {**ticket, **gone})
    return "", 204


@ticket_api.get("/<int:ticket_id>/comments")
def list_comments(ticket_id: int) -> ResponseReturnValue:
    """Answer the conversation, internal notes included; `sort=-created_at` or `sort_order=desc` turns it
    round.
    """
    if desk().store.get("ticket", ticket_id) is None:
        return not_found()
    comments = comments_of(ticket_id)
    if request.args.get("sort", "").startswith("-") or request.args.get("sort_order") == "desc":
        comments.reverse()
    return listed("comments", comments, lambda one: shown("comment", one))


@ticket_api.put("/<int:ticket_id>/comments/<int:comment_id>/make_private")
def make_private(ticket_id: int, comment_id: int) -> ResponseReturnValue:
    """Turn a public comment into an internal note. The mail has gone all the same."""
    comment = desk().store.get("comment", comment_id)
    if comment is None or comment["ticket_id"] != ticket_id:
        return not_found()
    desk().store.put("comment", comment_id, {**comment, "public": False})
    return "", 204


@ticket_api.get("/<int:ticket_id>/audits")
def list_audits(ticket_id: int) -> ResponseReturnValue:
    """Answer the history, oldest first."""
    if desk().store.get("ticket", ticket_id) is None:
        return not_found()
    audits = [one for one in desk().store.all("audit") if one["ticket_id"] == ticket_id]
    return listed("audits", audits, lambda one: one)


@ticket_api.route("/<int:ticket_id>/tags", methods=["GET", "POST", "PUT", "DELETE"])
def tags(ticket_id: int) -> ResponseReturnValue:
    """Read tags, replace them (POST), add some (PUT) or take some away (DELETE)."""
    ticket = desk().store.get("ticket", ticket_id)
    if ticket is None:
        return not_found()
    body = request.get_json(force=True, silent=True) if request.method != "GET" else None
    sent = [str(tag) for tag in (body or {}).get("tags", [])]
    names = {"POST": "tags", "PUT": "additional_tags", "DELETE": "remove_tags"}
    if request.method == "GET":
        return jsonify({"tags": ticket["tags"]})
    change = desk_rules.update(desk(), ticket_id, {names[request.method]: sent}, by=g.user)
    kept = {"tags": [] if change is None else change.ticket["tags"]}
    return jsonify(kept), 201 if request.method == "POST" else 200


@ticket_api.post("/<int:ticket_id>/satisfaction_rating")
def rate(ticket_id: int) -> ResponseReturnValue:
    """Keep the requester's rating of a ticket."""
    ticket = desk().store.get("ticket", ticket_id)
    if ticket is None:
        return not_found()
    sent = (request.get_json(force=True, silent=True) or {}).get("satisfaction_rating", {})
    if sent.get("score") not in {"good", "bad", "offered", "unoffered"}:
        return invalid("score", "Score: is not included in the list")
    rating = keep_rating(desk(), ticket, score=sent["score"], comment=sent.get("comment"))
    return jsonify({"satisfaction_rating": rating})


def keep_rating(at: desk_rules.Desk, ticket: Document, *, score: str, comment: str | None) -> Document:
    """Write a rating beside its ticket and into it."""
    moment = iso(at.clock())
    rating = {
        "id": at.next_id(),
        "ticket_id": ticket["id"],
        "requester_id": ticket["requester_id"],
        "assignee_id": ticket["assignee_id"],
        "group_id": ticket["group_id"],
        "score": score,
        "comment": comment,
        "reason": None,
        "reason_id": None,
        "created_at": moment,
        "updated_at": moment,
    }
    with at.store.transaction():
        at.store.put("satisfaction_rating", rating["id"], rating)
        short = {"id": rating["id"], "score": score, "comment": comment}
        at.store.put("ticket", ticket["id"], {**ticket, "satisfaction_rating": short})
    return rating
