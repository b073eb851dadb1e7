"""How is an entry said on a page? Its title, and the icon that stands before it.

Every kind has words here; a test fails when one is missing.
"""

from escalation.models import Entry

K = Entry.Kind

TITLES: dict[str, str] = {
    K.STARTED: "{who} started the handoff",
    K.JOINED: "{who} joined another ticket to it: {number}",
    K.CONFIRMED: "{who} confirmed it; queued for {tool}",
    K.RECALLED: "{who} called it back before it left",
    K.AMENDED: "{who} sent {what} {number}",
    K.DELIVERED: "Delivered to {tool} as {number}",
    K.FIELD_IGNORED: "{tool} did not take “{field}”",
    K.DELAYED: "{tool} cannot take it yet; Baton keeps trying",
    K.STUCK: "Could not be delivered to {tool}",
    K.RETRIED: "{who} had it tried again",
    K.SEEN: "{who} opened it",
    K.ACCEPTED: "{who} accepted it",
    K.READ_BACK: "{who} said the ask back",
    K.DIAGNOSING: "{who} started diagnosing",
    K.WAITING: "On hold: {words}",
    K.WENT_ON: "{who} goes on with it",
    K.NOTE: "{who} wrote",
    K.STATE: "{tool}: {words}",
    K.ASSIGNED: "{tool}: assigned to {words}",
    K.CORRECTED: "{tool}: {words}",
    K.RESOLVED: "Resolved",
    K.REOPENED: "Reopened",
    K.BOUNCED: "{who} returned it",
    K.REASON: "{who} said why it was returned",
    K.LEARNED: "{who} said what it was",
    K.PROMISED: "{who} promised the next update",
    K.SILENT: "No word since the promise ran out",
    K.ASKED: "{who} asked back",
    K.ANSWERED: "{who} answered",
    K.TOLD: "{who} copied it for the user",
    K.NOTE_SENT: "Added to {tool} as an internal note",
    K.POSTED: "Posted in {tool}, #{place}; what follows goes into the same thread",
    K.REPLIED: "{who} told the user in {tool}",
    K.CONSULTED: "{who} asked {team} first",
    K.ADVISED: "{who} answered what was asked first",
    K.FILE_SENT: "File {name} added to {tool}",
    K.FILE_SEEN: "{who} added a file in {tool}",
    K.STATUS_SENT: "Baton set {tool} to “{status}”",
    K.UNKNOWN: "{tool} sent something Baton could not read",
}

ICONS: dict[str, str] = {
    K.STARTED: "pencil",
    K.JOINED: "plus",
    K.CONFIRMED: "queue",
    K.RECALLED: "back",
    K.AMENDED: "pencil",
    K.DELIVERED: "check",
    K.FIELD_IGNORED: "warn",
    K.DELAYED: "clock",
    K.STUCK: "stop",
    K.RETRIED: "again",
    K.SEEN: "eye",
    K.ACCEPTED: "hand",
    K.READ_BACK: "hand",
    K.DIAGNOSING: "search",
    K.WAITING: "pause",
    K.WENT_ON: "again",
    K.NOTE: "note",
    K.STATE: "state",
    K.ASSIGNED: "person",
    K.CORRECTED: "state",
    K.RESOLVED: "check",
    K.REOPENED: "again",
    K.BOUNCED: "back",
    K.REASON: "back",
    K.LEARNED: "check",
    K.PROMISED: "clock",
    K.SILENT: "warn",
    K.ASKED: "back",
    K.ANSWERED: "speech",
    K.TOLD: "speech",
    K.NOTE_SENT: "note",
    K.POSTED: "speech",
    K.REPLIED: "speech",
    K.CONSULTED: "speech",
    K.ADVISED: "speech",
    K.FILE_SENT: "plus",
    K.FILE_SEEN: "plus",
    K.STATUS_SENT: "state",
    K.UNKNOWN: "warn",
}

# News can come from either end: where the user is talked to, or where the work is done.
NOTE_TITLES: dict[str, str] = {
    "source": "{who} wrote in the source ticket",
    "receiver": "{who} wrote in the receiver's record",
    "chat": "{who} wrote in {tool}",
}


RESTRICTED = "{who} wrote in {tool} for {restricted} only; what it says stays there"


class _Blank(dict[str, str]):
    """Words that an entry lacks are left out rather than failing the page."""

    def __missing__(self, key: str) -> str:
        return {"who": "Somebody", "tool": "the tool"}.get(key, "")


def title(entry: Entry, *, tool_label: str) -> str:
    """This will return the entry's line without its text."""
    who = entry.who
    if entry.by is not None:
        who = entry.by.get_full_name() or entry.by.get_username()
    words = {key: str(value) for key, value in entry.details.items() if value}
    if who:
        words["who"] = who
    if tool_label:
        words["tool"] = tool_label
    said = TITLES[entry.kind]
    if entry.kind == K.READ_BACK and entry.details.get("set_right"):
        return f"{words.get('who', 'Somebody')} set right how it was understood"
    if entry.kind == K.NOTE:
        said = NOTE_TITLES.get(str(entry.details.get("side", "")), said)
        said = RESTRICTED if entry.details.get("restricted") else said
    return said.format_map(_Blank(words)).strip().rstrip(":")
