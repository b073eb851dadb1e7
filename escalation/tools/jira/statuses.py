"""How is an issue brought into a status (``contract.Statuses``)?

By the transitions that its workflow offers from where it stands; their ids differ from status to status,
and what one asks for on its way is looked up. What is asked for and not named by the rules is said, never
guessed.
Source: Jira Cloud REST v3, "Get transitions" with ``expand=transitions.fields``, and "Transition issue".
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from escalation.tools.contract import Proof
from escalation.tools.jira import site, texts
from escalation.tools.jira.read import standing
from escalation.tools.jira.screen import is_demanded
from escalation.tools.jira.times import moment
from escalation.translation.statuses import Wanted, same_name
from escalation.transport.door import Door
from escalation.transport.errors import Refused, TransportError

_SLACK: Final = timedelta(minutes=1)  # Jira's clock is not ours
_MOST_NAMED: Final = 8


def objection(wanted: Wanted) -> str:  # noqa: ARG001 - which fields there are only the transition says
    """This will find nothing: a name that no transition has is passed over, and what one lacks is said."""
    return ""


def find_status(
    door: Door,
    *,
    remote_id: str,
    wanted: Wanted,
    key: str,  # noqa: ARG001 - a line of Jira's history carries no key
    since: datetime | None,
) -> Proof | None:
    """This will return the proof that the issue stands there, or was brought there by us; else None."""
    issue = _read(door, remote_id)
    if same_name(_status_of(issue), wanted.status):
        return _proof(door, remote_id, issue, wanted, ours=since is not None)
    for line in site.documents(site.member(issue, "changelog").get("histories")) if since else ():
        at, by = moment(line.get("created")), site.text(site.member(line, "author").get("displayName"))
        if at is not None and since is not None and at >= since - _SLACK and by == door.our_user:
            items = site.documents(line.get("items"))
            if any(_leads_to(each, wanted.status) for each in items):
                return Proof(remote=site.remote_of(door, issue), kept={"status": wanted.status})
    return None


def set_status(door: Door, *, remote_id: str, wanted: Wanted, key: str) -> Proof:  # noqa: ARG001 - as above
    """This will take the issue through the transition that leads there."""
    path = site.issue_path(remote_id, "/transitions")
    answer = site.document(site.get(door, path, expand="transitions.fields"))
    ways = site.documents(answer.get("transitions"))
    way = next((each for each in ways if _goes(each, wanted.status)), None)
    if way is None:
        raise Refused(f"From where it stands the issue goes {_listed(ways)}, not to “{wanted.status}”.")
    body = {"transition": {"id": site.text(way.get("id"))}, "fields": _fields(door, way, wanted)}
    site.post(door, path, body)
    try:
        issue = _read(door, remote_id)
    except TransportError:
        # It has been done; that it cannot be read back must not look like a failure of it.
        return Proof(remote=site.remote_of(door, {"id": remote_id}), kept={"status": wanted.status})
    return _proof(door, remote_id, issue, wanted, ours=True)


def _read(door: Door, remote_id: str) -> site.Document:
    fields = "status,resolution,created"
    return site.document(site.get(door, site.issue_path(remote_id), fields=fields, expand="changelog"))


def _status_of(issue: site.Document) -> str:
    return site.text(site.member(issue, "fields", "status").get("name"))


def _proof(door: Door, remote_id: str, issue: site.Document, wanted: Wanted, *, ours: bool) -> Proof:
    there = _status_of(issue)
    update = standing(remote_id, issue, door)
    return Proof(
        remote=site.remote_of(door, issue),
        kept={"status": there},
        ignored=() if same_name(there, wanted.status) else ("status",),
        note_ids=(update.key,) if ours and update else (),
    )


def _leads_to(item: site.Document, status: str) -> bool:
    return item.get("field") == "status" and same_name(site.text(item.get("toString")), status)


def _goes(way: site.Document, status: str) -> bool:
    """By the status it leads to; a customer may name the transition instead."""
    names = (site.member(way, "to").get("name"), way.get("name"))
    return any(same_name(site.text(each), status) for each in names)


def _listed(ways: list[site.Document]) -> str:
    names = [site.text(site.member(each, "to").get("name")) for each in ways]
    return "to " + ", ".join(f"“{each}”" for each in names[:_MOST_NAMED] if each) if names else "nowhere"


def _fields(door: Door, way: site.Document, wanted: Wanted) -> dict[str, Any]:
    """What the rules name and the way has; raises ``Refused`` for what it demands besides."""
    asked = site.member(way, "fields")
    named = {each.casefold(): value for each, value in wanted.fields.items()}
    found: dict[str, Any] = {}
    for name, field in asked.items():
        if not isinstance(field, Mapping):
            continue
        label = site.text(field.get("name")) or name
        value = named.get(name.casefold(), named.get(label.casefold()))
        if value is not None:
            found[name] = _value(door, field, label, value)
        elif is_demanded(field):
            offers = "; it offers " + ", ".join(_offered(field)) if _offered(field) else ""
            raise Refused(
                f"On the way to “{wanted.status}” Jira asks for {label}: add “; {name} = …” to the status "
                f"in the route's rules{offers}."
            )
    return found


def _value(door: Door, field: site.Document, label: str, value: str) -> Any:
    offered = site.documents(field.get("allowedValues"))
    several = site.member(field, "schema").get("type") == "array"
    if not offered:
        long = site.text(site.member(field, "schema").get("custom")).endswith(":textarea")
        said: Any = texts.in_words(value, site.flavour_of(door)) if long else value
        return [said] if several else said
    for each in offered:
        if any(same_name(site.text(each.get(name)), value) for name in ("name", "value", "id")):
            chosen = {"id": site.text(each.get("id"))}
            return [chosen] if several else chosen
    raise Refused(f"{label} has no “{value}”; it offers {', '.join(_offered(field))}.")


def _offered(field: site.Document) -> list[str]:
    return list(_names(field))[:_MOST_NAMED]


def _names(field: site.Document) -> Iterator[str]:
    for each in site.documents(field.get("allowedValues")):
        name = site.text(each.get("name")) or site.text(each.get("value"))
        if name:
            yield name
