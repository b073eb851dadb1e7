"""What of a note that only some may read in its tool is seen here?

That there is one, and for whom: the handoff is read by people whom the tool keeps out of it. An owner may
name roles and groups whose notes are read like any other.
"""

from dataclasses import replace

from escalation.models import Connection
from escalation.tools.updates import Update

SHOWN = "restricted_shown"  # among a connection's settings, names separated by commas


def as_seen_here(update: Update, connection: Connection) -> Update:
    """This will take the words out of a restricted note, or the restriction where an owner lifts it."""
    if not update.restricted:
        return update
    shown = {each.strip().casefold() for each in str(connection.settings.get(SHOWN, "")).split(",")}
    if update.restricted.casefold() in shown:
        return replace(update, restricted="")
    return replace(update, text="")
