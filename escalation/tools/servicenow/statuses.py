"""How is an incident brought into a state (``contract.Statuses``)?

By its number or its label, and what the base system's data policies want along: a reason on hold, a code
and notes when resolved. Labels are looked up in the instance's own choices. Source: ServiceNow product
documentation, "Incident management", "Data policies"; the Table API answers a policy's refusal with 403 and
its words.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from escalation.tools.contract import Proof, RemoteState
from escalation.tools.servicenow import table
from escalation.tools.servicenow.find import remote
from escalation.tools.servicenow.read import standing
from escalation.tools.servicenow.vocabulary import STATES, TABLE
from escalation.translation.plain import block, cut
from escalation.translation.statuses import Wanted, same_name
from escalation.transport.door import Door
from escalation.transport.errors import Refused, TransportError

_STATE: Final = "state"
_NOTES: Final = "close_notes"
_LONGEST: Final = 4000
_TABLES: Final = frozenset({TABLE, "task"})
_MOST: Final = 500


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
    names = {_STATE: wanted.status, **wanted.fields}
    choices = _choices(door, frozenset(names))
    values = {name: _value(name, said, choices.get(name, {})) for name, said in names.items()}
    ended = STATES.get(values[_STATE], (None, ""))[0] in {RemoteState.RESOLVED, RemoteState.CLOSED}
    if ended and _NOTES not in values and wanted.said:
        values[_NOTES] = cut(block(wanted.said), _LONGEST)
    kept = table.change(door, TABLE, remote_id, values=values, fields=("sys_id", "number", *values))
    # A closed incident, or a right that is missing, is passed over without a word.
    ignored = tuple(name for name, value in values.items() if kept.get(name, "") != value)
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
    search = table.Search(
        table="sys_choice",
        query=f"nameIN{','.join(sorted(_TABLES))}^elementIN{','.join(sorted(map(table.escaped, elements)))}",
        fields=("name", "element", "value", "label", "inactive"),
        holds=lambda row: row["name"] in _TABLES and row["element"] in elements,
        limit=_MOST,
    )
    found: dict[str, dict[str, str]] = {}
    for row in table.rows(door, search):
        if row.get("inactive") != "true":
            found.setdefault(row["element"], {})[row["label"]] = row["value"]
    return found


def _value(name: str, said: str, choices: Mapping[str, str]) -> str:
    """The value behind a label; a field without choices takes what the rules say."""
    for label, value in choices.items():
        if same_name(label, said) or value == said:
            return value
    if choices:
        offered = ", ".join(sorted(choices))
        raise Refused(f"{name} has no “{said}” on this instance; it offers {offered}.")
    return said
