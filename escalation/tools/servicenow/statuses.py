"""How is an incident brought into a state (``contract.Statuses``)?

By its number or its label, and what the base system's data policies want along: a reason on hold, a code
and notes when resolved. Labels are looked up in the instance's own choices. Source: ServiceNow product
documentation, "Incident management", "Data policies"; the Table API answers a policy's refusal with 403 and
its words.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from escalation.tools.contract import Proof
from escalation.tools.servicenow import table
from escalation.tools.servicenow.choices import offered
from escalation.tools.servicenow.find import remote
from escalation.tools.servicenow.read import standing
from escalation.tools.servicenow.vocabulary import STATES, TABLE
from escalation.tools.updates import RemoteState
from escalation.translation.plain import block, cut
from escalation.translation.statuses import Wanted, same_name
from escalation.transport.door import Door
from escalation.transport.errors import Refused, TransportError

_STATE: Final = "state"
_NOTES: Final = "close_notes"
_LONGEST: Final = 4000
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,79}")
# What is the status itself, or what the record is known by.
_RESERVED: Final = frozenset(
    {_STATE, "incident_state", "sys_id", "number", "correlation_id", "correlation_display"}
)


def objection(wanted: Wanted) -> str:
    """This will say why a field cannot go along, "" where all may; the states are the instance's own."""
    for name in wanted.fields:
        if not _NAME.fullmatch(name):
            return f"ServiceNow's fields are named in small letters, as close_code, and not “{name}”."
        if name in _RESERVED:
            return f"{name} cannot go along with a status: it is that itself, or names the incident."
    return ""


def find_status(
    door: Door,
    *,
    remote_id: str,
    wanted: Wanted,
    key: str,  # noqa: ARG001 - a state carries no key
    since: datetime | None,
) -> Proof | None:
    """This will return the proof that the incident stands there, or None; raises ``NotFound``."""
    record = table.row(door, TABLE, remote_id, fields=("sys_id", "number", _STATE))
    there = record.get(_STATE, {})
    names = (there.get("value", ""), there.get("display_value", ""))
    if not any(same_name(each, wanted.status) for each in names):
        return None
    # The Table API tells no history: after a lost answer it is taken for ours.
    return _proof(door, remote_id, ours=since is not None)


def set_status(door: Door, *, remote_id: str, wanted: Wanted, key: str) -> Proof:  # noqa: ARG001 - as above
    """This will change the state, with the fields that go along."""
    if said := objection(wanted):
        raise Refused(said)
    names = {_STATE: wanted.status, **wanted.fields}
    choices = _choices(door, frozenset(names))
    values = {name: _value(name, said, choices.get(name, {})) for name, said in names.items()}
    ended = STATES.get(values[_STATE], (None, ""))[0] in {RemoteState.RESOLVED, RemoteState.CLOSED}
    if ended and _NOTES not in values and wanted.said:
        values[_NOTES] = cut(block(wanted.said), _LONGEST)
    kept = table.change(door, TABLE, remote_id, values=values, fields=("sys_id", "number", *values))
    # A closed incident, or a right that is missing, is passed over without a word.
    passed_over = (name for name, value in values.items() if kept.get(name, "") != value)
    ignored = tuple("status" if name == _STATE else name for name in passed_over)
    try:
        proof = _proof(door, remote_id, ours=True)
    except TransportError:
        proof = Proof(remote=remote(door, kept["sys_id"], kept["number"]), kept={"status": wanted.status})
    return Proof(remote=proof.remote, kept=proof.kept, ignored=ignored, note_ids=proof.note_ids)


def _proof(door: Door, remote_id: str, *, ours: bool) -> Proof:
    number, update, shown = standing(door, remote_id)
    made = (update.key,) if ours else ()
    return Proof(remote=remote(door, remote_id, number), kept={"status": shown}, note_ids=made)


def _choices(door: Door, elements: frozenset[str]) -> Mapping[str, Mapping[str, str]]:
    """Label to value, by field."""
    found: dict[str, dict[str, str]] = {}
    for each in offered(door, elements=elements):
        found.setdefault(each.element, {})[each.label] = each.value
    return found


def _value(name: str, said: str, choices: Mapping[str, str]) -> str:
    """The value behind a label; a field without choices takes what the rules say."""
    for label, value in choices.items():
        if same_name(label, said) or value == said:
            return value
    if choices:
        listed = ", ".join(sorted(choices))
        raise Refused(f"{name} has no “{said}” on this instance; it offers {listed}.")
    return said
