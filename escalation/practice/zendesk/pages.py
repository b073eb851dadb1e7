"""What does an agent see: the list of tickets, and one ticket with its conversation."""

from typing import Any, Final

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from escalation.practice.credentials import ZENDESK_AGENT_EMAIL, ZENDESK_TECHNICIAN_EMAIL
from escalation.practice.kinds import Surroundings
from escalation.practice.pages import page_blueprint
from escalation.practice.store import Document
from escalation.practice.zendesk import desk as desk_rules
from escalation.practice.zendesk.apps import frames
from escalation.practice.zendesk.authentication import desk, user_by_email
from escalation.practice.zendesk.rating_api import HIGHEST, keep_answer
from escalation.practice.zendesk.shapes import PRIORITIES, STATUSES
from escalation.practice.zendesk.ticket_api import keep_rating

pages: Final[Blueprint] = page_blueprint("pages")
_SHOWN: Final = 200


def _person(key: Any) -> str:
    user = desk().store.get("user", key or "")
    return "" if user is None else str(user["name"])


def _row(ticket: Document) -> dict[str, Any]:
    return {
        **ticket,
        "requester": _person(ticket["requester_id"]),
        "assignee": _person(ticket["assignee_id"]),
    }


@pages.get("/")
def list_tickets() -> ResponseReturnValue:
    """Show the newest tickets, with `status` and `q` to narrow them."""
    status, words = request.args.get("status", ""), request.args.get("q", "").strip().lower()
    tickets = [one for one in desk().store.all("ticket") if one["status"] != "deleted"]
    if status:
        tickets = [one for one in tickets if one["status"] == status]
    if words:
        tickets = [
            one for one in tickets if words in f"{one['id']} {one['subject']} {one['description']}".lower()
        ]
    tickets.sort(key=lambda one: (str(one["updated_at"]), int(one["id"])), reverse=True)
    rows = [_row(one) for one in tickets[:_SHOWN]]
    return render_template(
        "zendesk/tickets.html", tickets=rows, total=len(tickets), status=status, q=words, statuses=STATUSES
    )


@pages.get("/agent/tickets/<int:ticket_id>")
def show_ticket(ticket_id: int) -> ResponseReturnValue:
    """Show one ticket at the address the vendor uses."""
    return _shown(ticket_id)


@pages.post("/agent/tickets/<int:ticket_id>")
def answer_ticket(ticket_id: int) -> ResponseReturnValue:
    """Add what was typed, as a public reply or an internal note, and change status and priority."""
    author = desk().store.get("user", request.form.get("author", ""))
    if author is None:
        return _shown(ticket_id, refused="Choose who is writing.")
    sent: dict[str, Any] = {
        name: request.form[name]
        for name in ("status", "priority")
        if request.form.get(name) and request.form.get(name) != request.form.get(f"was_{name}")
    }
    text = request.form.get("body", "").strip()
    if text:
        sent["comment"] = {"body": text.replace("\r\n", "\n"), "public": request.form.get("kind") == "public"}
    try:
        change = desk_rules.update(desk(), ticket_id, sent, by=author)
    except desk_rules.Invalid as why:
        return _shown(ticket_id, refused=str(why))
    if change is None:
        abort(404)
    return redirect(url_for("pages.show_ticket", ticket_id=ticket_id), code=303)


@pages.post("/agent/tickets/<int:ticket_id>/rating")
def rate_ticket(ticket_id: int) -> ResponseReturnValue:
    """Let the requester say how content they were: "good" or "bad", or 1 to 5 in a survey."""
    ticket, said = desk().store.get("ticket", ticket_id), request.form.get("rating", "")
    if ticket is None:
        abort(404)
    if said in {"good", "bad"}:
        keep_rating(desk(), ticket, score=said, comment=request.form.get("comment"))
    elif said.isdigit() and 1 <= int(said) <= HIGHEST:
        keep_answer(desk(), ticket, rating=int(said), comment=request.form.get("comment", "").strip())
    else:
        return _shown(ticket_id, refused="Choose how content the requester is.")
    return redirect(url_for("pages.show_ticket", ticket_id=ticket_id), code=303)


def _shown(ticket_id: int, *, refused: str = "") -> ResponseReturnValue:
    store = desk().store
    ticket = store.get("ticket", ticket_id)
    if ticket is None:
        abort(404)
    comments = [
        {
            **one,
            "author": _person(one["author_id"]),
            "by_requester": one["author_id"] == ticket["requester_id"],
        }
        for one in store.all("comment")
        if one["ticket_id"] == ticket_id
    ]
    writers = [one for one in store.all("user") if one["role"] != "end-user"]
    # There is no log-in: whoever opens a page is the technician, in an older data folder the first agent.
    looking = user_by_email(store, ZENDESK_TECHNICIAN_EMAIL) or user_by_email(store, ZENDESK_AGENT_EMAIL)
    surroundings: Surroundings = current_app.extensions["surroundings"]
    page = render_template(
        "zendesk/ticket.html",
        ticket=_row(ticket),
        comments=comments,
        requester=store.get("user", ticket["requester_id"] or ""),
        organization=store.get("organization", ticket["organization_id"] or ""),
        writers=writers,
        statuses=[one for one in STATUSES if one != "closed"],
        priorities=PRIORITIES,
        refused=refused,
        looking=looking,
        apps=frames(looking=looking),
        typed=request.form,
        escalate=f"{surroundings.baton_url}/start?ticket={ticket_id}" if surroundings.baton_url else "",
    )
    return page, 422 if refused else 200
