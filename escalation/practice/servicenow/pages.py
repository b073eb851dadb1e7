"""What does a Level Two agent see: the list of incidents, and the incident form with its activity stream."""

from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from escalation.practice.pages import page_blueprint
from escalation.practice.servicenow import records
from escalation.practice.servicenow.authentication import instance, user_named
from escalation.practice.servicenow.journals import JOURNALS, entries_of, person_named
from escalation.practice.servicenow.rules import CANCELED, CLOSED, Aborted
from escalation.practice.servicenow.tables import Reader, row_of, rows_of, zone_of
from escalation.practice.store import Document

pages: Final[Blueprint] = page_blueprint("pages")
_SHOWN: Final = 200
# In the order of the vendor's form: left column, right column, then across.
_LEFT: Final = (
    "number",
    "caller_id",
    "category",
    "business_service",
    "cmdb_ci",
    "impact",
    "urgency",
    "priority",
)
_RIGHT: Final = ("opened_at", "contact_type", "state", "hold_reason", "assignment_group", "assigned_to",
                 "correlation_display", "correlation_id")  # fmt: skip
_ACROSS: Final = ("short_description", "description", "close_code", "close_notes")
_LABELS: Final = {
    "caller_id": "Caller",
    "business_service": "Business service",
    "cmdb_ci": "Configuration item",
    "opened_at": "Opened (UTC)",
    "contact_type": "Channel",
    "hold_reason": "On hold reason",
    "close_code": "Resolution code",
    "close_notes": "Resolution notes",
    "correlation_id": "Correlation ID",
}
_CHOSEN: Final = frozenset(
    {"category", "impact", "urgency", "state", "hold_reason", "contact_type", "close_code"}
)
_POINTED: Final = {"assignment_group": "sys_user_group", "assigned_to": "sys_user"}
_TYPED: Final = frozenset({"short_description", "description", "close_notes"})


@pages.get("/")
def list_incidents() -> ResponseReturnValue:
    """Show the newest incidents: open ones, or all, narrowed by `q`."""
    everything, words = request.args.get("show") == "all", request.args.get("q", "").strip().lower()
    found = rows_of(instance().store, "incident")
    if not everything:
        found = [row for row in found if row["state"] not in {CLOSED, CANCELED}]
    if words:
        found = [
            row for row in found if words in f"{row['number']} {row.get('short_description', '')}".lower()
        ]
    found.sort(key=lambda row: (row["sys_updated_on"], row["number"]), reverse=True)
    reader = _reader()
    names = ("number", "opened_at", "short_description", "caller_id", "priority", "state", "assignment_group")
    rows = [
        {
            "sys_id": row["sys_id"],
            "raw_priority": row["priority"],
            **{name: _text(reader, row, name) for name in names},
        }
        for row in found[:_SHOWN]
    ]
    return render_template(
        "servicenow/incidents.html", incidents=rows, total=len(found), q=words, everything=everything
    )


@pages.get("/nav_to.do")
def navigate() -> ResponseReturnValue:
    """Follow the address by which people link to a record (`uri=incident.do?sys_id=…`)."""
    target = urlsplit(request.args.get("uri", ""))
    sys_id = parse_qs(target.query).get("sys_id", [""])[0]
    if target.path.lstrip("/") != "incident.do" or not sys_id:
        abort(404)
    return redirect(url_for("pages.show_incident", sys_id=sys_id))


@pages.get("/incident.do")
def show_incident() -> ResponseReturnValue:
    """Show one incident as its agent works on it."""
    return _shown(request.args.get("sys_id", ""))


@pages.post("/incident.do")
def change_incident() -> ResponseReturnValue:
    """Keep what was changed on the form, and add the note or comment that was typed."""
    sys_id, by = request.args.get("sys_id", ""), user_named(instance().store, request.form.get("by", ""))
    if by is None:
        return _shown(sys_id, refused="Choose who is writing.")
    # Only what this form changed: a value that moved meanwhile is not put back.
    editable = _CHOSEN | set(_POINTED) | _TYPED
    sent = {
        name: _typed(name)
        for name in editable
        if name in request.form and _typed(name) != request.form.get(f"was_{name}", "").replace("\r\n", "\n")
    }
    sent |= {name: _typed(name) for name in JOURNALS if _typed(name).strip()}
    try:
        row = records.update(instance(), records.Write(table="incident", values=sent, by=by), sys_id)
    except Aborted as why:
        return _shown(sys_id, refused=str(why))
    if row is None:
        abort(404)
    return redirect(url_for("pages.show_incident", sys_id=sys_id), code=303)


def _typed(name: str) -> str:
    return request.form.get(name, "").replace("\r\n", "\n")


def _reader() -> Reader:
    return Reader(instance().store, zone=zone_of({"time_zone": "GMT"}))


def _text(reader: Reader, row: Document, name: str) -> str:
    return reader.shown("incident", reader.fields("incident")[name], str(row.get(name, "")))


def _field(reader: Reader, row: Document, name: str) -> dict[str, Any]:
    options: list[tuple[str, str]] = []
    if name in _CHOSEN:
        options = [("", "-- None --"), *reader.labels("incident", name).items()]
    elif name in _POINTED:
        named = [(one["sys_id"], str(one["name"])) for one in _pointed_at(reader, row, name)]
        options = [("", "-- None --"), *sorted(named, key=lambda one: one[1].casefold())]
    raw = str(row.get(name, ""))
    if options and raw not in {value for value, _ in options}:
        options.append((raw, _text(reader, row, name) or raw))
    return {
        "name": name,
        "label": _LABELS.get(name, name.replace("_", " ").capitalize()),
        "raw": raw,
        "shown": _text(reader, row, name),
        "options": options,
        "typed": name in _TYPED,
        "long": name in {"description", "close_notes"},
    }


def _pointed_at(reader: Reader, row: Document, name: str) -> list[Document]:
    if name == "assignment_group":
        return reader.store.all("sys_user_group")
    group = row.get("assignment_group", "")
    members = {one["user"] for one in reader.store.all("sys_user_grmember") if one["group"] == group}
    people = reader.store.all("sys_user")
    return [one for one in people if one["sys_id"] in members] if members else people


def _shown(sys_id: str, *, refused: str = "") -> ResponseReturnValue:
    store, reader = instance().store, _reader()
    row = row_of(store, "incident", sys_id)
    if row is None:
        abort(404)
    users = store.all("sys_user")
    activity = [
        {
            "kind": JOURNALS[one["element"]],
            "element": one["element"],
            "who": person_named(users, one["sys_created_by"]),
            "at": one["sys_created_on"],
            "text": one["value"],
        }
        for one in reversed(entries_of(store, sys_id))
    ]
    page = render_template(
        "servicenow/incident.html",
        incident=row,
        left=[_field(reader, row, name) for name in _LEFT],
        right=[_field(reader, row, name) for name in _RIGHT],
        across=[_field(reader, row, name) for name in _ACROSS],
        activity=activity,
        files=[one for one in store.all("sys_attachment") if one["table_sys_id"] == sys_id],
        writers=_writers(row),
        refused=refused,
        typed=request.form,
    )
    return page, 422 if refused else 200


def _writers(row: Document) -> list[tuple[str, str]]:
    """Give who may write: the people of the teams first, then the caller."""
    store = instance().store
    members = {one["user"] for one in store.all("sys_user_grmember")}
    people = [one for one in store.all("sys_user") if one["sys_id"] in members]
    first = [one for one in people if one["sys_id"] == row.get("assigned_to")]
    rest = sorted((one for one in people if one not in first), key=lambda one: str(one["name"]))
    caller = [
        one for one in store.all("sys_user") if one["sys_id"] == row.get("caller_id") and one not in people
    ]
    writers = [(str(one["user_name"]), str(one["name"])) for one in (*first, *rest)]
    return writers + [(str(one["user_name"]), f"{one['name']} (caller)") for one in caller]
