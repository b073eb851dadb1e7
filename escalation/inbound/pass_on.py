"""How does news from a later hop reach the tiers before it?

Each earlier handoff of the chain gets the line, and its record is owed the same as an internal note; the
first one's source ticket, where the user is talked to, too. In the transaction that takes the update in,
and only for news: what comes twice, or is our own note coming back, is none, so nothing goes round.
Rows are locked from the last hop to the first, by everybody.
"""

from dataclasses import dataclass, replace

from escalation.inbound.clean import clean
from escalation.inbound.say import drafted, line_for, sayable_for
from escalation.models import Entry, Handoff, RemoteUpdate
from escalation.outbox.chain import earlier_hops, records_of
from escalation.outbox.owe import Note, owe_note
from escalation.timeline.record import record
from escalation.timeline.voice import voice_of
from escalation.tools.registry import label
from escalation.tools.updates import RemoteState, Update, UpdateKind

TOLD = frozenset({UpdateKind.NOTE, UpdateKind.STATE})


@dataclass(frozen=True, kw_only=True, slots=True)
class News:
    """What the receiver of one handoff said; ``row`` is the update as it was stored."""

    handoff: Handoff  # locked, with ``route.receiver`` loaded
    update: Update
    row: RemoteUpdate
    late: bool


def pass_on(news: News) -> None:
    """This will tell the handoffs before this one.

    A late state is written down and not told: the tools hold a newer one. A note that only some may read
    stays where it was seen.
    """
    if news.update.kind not in TOLD or news.update.restricted:
        return
    row = news.row
    for hop, earlier in enumerate(earlier_hops(news.handoff), start=1):
        _write(earlier, news, hop=hop)
        if news.late:
            continue
        for connection, remote_id in records_of(earlier):
            once = f"{connection.pk} {remote_id} {row.connection_id} {row.key}"
            note = Note(remote_id=remote_id, text=_said(news), once=once)
            owe_note(handoff=earlier, connection=connection, note=note, now=row.applied_at)


def _write(earlier: Handoff, news: News, *, hop: int) -> None:
    """The line for this handoff's user; the times in it are meant where they were written."""
    voice = replace(voice_of(earlier), zone=news.handoff.route.receiver.zone)
    said = sayable_for(news.update, voice=voice)
    # Its own record is where it was: what ended is the later hop.
    line = line_for(news.row, said=said, state_kind=Entry.Kind.STATE, receiving=True, late=news.late)
    later = news.handoff
    about = {"hop": hop, "number": later.remote_number, "url": later.remote_url}
    about |= drafted(news.update, voice=voice)
    who = f"{line.who} in {_where(news)}" if line.who else _where(news)
    line = replace(line, who=clean(who, longest=160), details={**line.details, **about})
    record(handoff=earlier, line=line, now=news.row.applied_at)


def _said(news: News) -> str:
    """The note: on whose record, and what was said or what became of it."""
    row = news.row
    where = _where(news)
    if row.kind == UpdateKind.NOTE:
        who = f" ({row.author})" if row.author else ""
        return f"From {where}{who}:\n{row.text}"
    ended = "; it ended without a fix" if row.state == RemoteState.CANCELLED else ""
    said = f"{where} is now “{row.words}”{ended}."
    return f"{said}\n{row.text}" if row.text else said


def _where(news: News) -> str:
    """The later record, as people call it: "Jira PLAT-42"."""
    return f"{label(news.row.connection.tool)} {news.handoff.remote_number or news.row.remote_id}"
