"""How does what a receiver decides here travel: into its own record, and to the tiers before it?

An end, a return and a reopening are told in the transaction that makes them: as an internal note in the
receiver's own record, as a line on each earlier handoff, and as a note in the records those tiers read. A
record that a tool ended by itself needs none of it: that news comes in from the tool. Why it came back, said
after that, goes to the tiers before and leaves the record that is over alone.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from escalation.lifecycle.words import Move
from escalation.models import Connection, Entry, Handoff
from escalation.outbox.chain import earlier_hops, records_of
from escalation.outbox.owe import Note, owe_note
from escalation.outbox.status import Change, owe_status
from escalation.timeline.record import Line, record
from escalation.tools.registry import label, tool
from escalation.translation.statuses import Place, Word

TRAVELS: dict[Move, str] = {
    Move.RESOLVE: "is resolved",
    Move.BOUNCE: "was returned without a fix",
    Move.REOPEN: "is open again",
}
STATUSES: dict[Move, Word] = {
    Move.START: Word.WORKING,
    Move.RESOLVE: Word.RESOLVED,
    Move.BOUNCE: Word.RETURNED,
    Move.REOPEN: Word.WORKING,
}

WHY = "was returned for this reason"

LEARNED = frozenset({"cause", "fix"})  # what every tier is to know of an end


@dataclass(frozen=True, kw_only=True, slots=True)
class Decided:
    """What was decided on one handoff, as its own entry says it."""

    handoff: Handoff  # locked, with its route loaded
    move: Move
    entry: Entry
    line: Line
    back: bool = True  # told to the tiers before
    there: bool = True  # told in its own record, which some tools write into no more once it is over

    @property
    def words(self) -> str:
        """What has become of it."""
        return WHY if self.line.kind == Entry.Kind.REASON else TRAVELS[self.move]


def travel(decided: Decided, *, now: datetime) -> None:
    """This will tell everybody who has a part in it, each once."""
    handoff, once = decided.handoff, f"decided {decided.entry.handoff_id} {decided.entry.sequence}"
    if decided.move in TRAVELS:
        _tell(decided, once, now=now)
    if decided.move in STATUSES and decided.line.kind != Entry.Kind.REASON:
        change = Change(word=STATUSES[decided.move], said=decided.line.text, once=once)
        if decided.there:
            owe_status(handoff=handoff, place=Place.RECORD, change=change, now=now)
        if decided.back:
            owe_status(handoff=handoff, place=Place.SOURCE, change=change, now=now)
            if (before := next(earlier_hops(handoff), None)) is not None:
                owe_status(handoff=before, place=Place.LATER, change=change, now=now)


def _tell(decided: Decided, once: str, *, now: datetime) -> None:
    """In words: a note in the receiver's own record, a line and a note for each tier before."""
    handoff = decided.handoff
    words = _said(decided)
    if handoff.remote_id and decided.there:
        who = _who(decided)
        note = Note(remote_id=handoff.remote_id, text=f"{who}: {words}", once=once)
        _owe(handoff, handoff.route.target, note, now=now)
    for hop, earlier in enumerate(earlier_hops(handoff) if decided.back else (), start=1):
        _write(earlier, decided, hop=hop, now=now)
        for connection, remote_id in records_of(earlier):
            note = Note(remote_id=remote_id, text=f"From {_where(handoff)}: {words}", once=once)
            _owe(earlier, connection, note, now=now)


def _write(earlier: Handoff, decided: Decided, *, hop: int, now: datetime) -> None:
    """The earlier handoff's own record is where it was: what was decided is the later one."""
    later = decided.handoff
    about = {
        "side": "receiver",
        "hop": hop,
        "number": later.remote_number,
        "url": later.remote_url,
        "words": f"{later.remote_number} {decided.words}".strip(),
        "decided": decided.move.value,
    }
    about |= {name: value for name, value in decided.line.details.items() if name in LEARNED and value}
    line = replace(
        decided.line,
        kind=Entry.Kind.STATE,
        who=_who(decided),
        by=None,
        tool=later.route.target.tool,
        details=about,
    )
    record(handoff=earlier, line=line, now=now)


def _said(decided: Decided) -> str:
    text = decided.line.text
    said = f"{_where(decided.handoff)} {decided.words}."
    return f"{said}\n{text}" if text else said


def _where(handoff: Handoff) -> str:
    """The record, as people call it: "Jira PLAT-42"."""
    return f"{label(handoff.route.target.tool)} {handoff.remote_number}".strip()


def _who(decided: Decided) -> str:
    by = decided.line.by
    return (by.get_full_name() or by.get_username()) if by else decided.line.who


def _owe(handoff: Handoff, connection: Connection, note: Note, *, now: datetime) -> None:
    if tool(connection.tool).mirror is not None:
        once = f"{connection.pk} {note.remote_id} {note.once}"
        owe_note(handoff=handoff, connection=connection, note=replace(note, once=once), now=now)
