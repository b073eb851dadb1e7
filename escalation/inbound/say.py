"""What does the timeline say about an update, and what can be said of it to the user? Pure.

The tool's own words always stay; the sayable line stands beside them, and only for what the receiver
says: the source ticket's own conversation is where the user already is.
"""

from dataclasses import replace

from escalation.models import Entry, RemoteUpdate
from escalation.timeline.record import Line
from escalation.timeline.voice import Voice
from escalation.tools.registry import TOOLS
from escalation.tools.updates import RemoteState, Update, UpdateKind
from escalation.translation.sayable import Sayable, sayable, sayable_state
from escalation.translation.wording import LANGUAGE_NAMES

_KINDS: dict[UpdateKind, Entry.Kind] = {
    UpdateKind.NOTE: Entry.Kind.NOTE,
    UpdateKind.ASSIGNED: Entry.Kind.ASSIGNED,
    UpdateKind.FIELD: Entry.Kind.STATE,
    UpdateKind.FILE: Entry.Kind.FILE_SEEN,
    UpdateKind.UNKNOWN: Entry.Kind.UNKNOWN,
}


def sayable_for(update: Update, *, voice: Voice) -> Sayable | None:
    """This will return the line for the user, or None where an update is none of the user's business."""
    if update.kind == UpdateKind.NOTE and update.text.strip():
        return sayable(
            update.text,
            said_at=update.at,
            zone=voice.zone,
            language=voice.language,
            wording=voice.wording,
        )
    if update.kind == UpdateKind.STATE:
        # "Resolved" may be said in any language and "Closed" of what was never fixed: our word decides.
        ended = update.state in {RemoteState.RESOLVED, RemoteState.CLOSED, RemoteState.CANCELLED}
        word = str(update.state) if ended or not update.words else update.words
        return sayable_state(word, language=voice.language, wording=voice.wording)
    return None


def drafted(update: Update, *, voice: Voice) -> dict[str, str]:
    """This will say it in the user's own language, for an entry's details; {} where that is the route's."""
    if not voice.users:
        return {}
    said = sayable_for(update, voice=replace(voice, language=voice.users))
    if said is None:
        return {}
    return {"user_language": LANGUAGE_NAMES[voice.users], "user_line": said.line}


def line_for(
    row: RemoteUpdate, *, said: Sayable | None, state_kind: Entry.Kind, receiving: bool, late: bool
) -> Line:
    """This will build the timeline's line from an update as it was stored."""
    details = {
        "update": row.pk,
        "words": row.words,
        "state": row.state,
        "internal": row.internal,
        "side": _side(row, receiving=receiving),
        "late": late,
        "expected": said.expected_words if said else "",
    }
    return Line(
        kind=_KINDS.get(UpdateKind(row.kind), state_kind),
        happened_at=row.happened_at,
        who=row.author,
        tool=row.connection.tool,
        # The title of an assignment says it all.
        text=row.text or ("" if row.kind == UpdateKind.ASSIGNED else row.words),
        sayable=said.line if said else "",
        certain=said.certain if said else True,
        details=details,
    )


def _side(row: RemoteUpdate, *, receiving: bool) -> str:
    """From where it was said: the receiver's record, the source ticket, or a chat beside either."""
    known = TOOLS.get(row.connection.tool)
    if known is not None and known.chat is not None:
        return "chat"
    return "receiver" if receiving else "source"
