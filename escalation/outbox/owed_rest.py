"""How does whoever reads an urgent record in its tool learn what is still to come?

By one internal note, owed in the moment the record is confirmed: it waits in the lane behind the record
and names the open parts and their time. Nothing in it was typed by anybody.
"""

from datetime import UTC, datetime

from escalation.knowledge.words import PART_TITLES, Part
from escalation.models import Handoff
from escalation.outbox.owe import Note, owe_note
from escalation.tools.registry import tool


def owe_rest_note(*, handoff: Handoff, now: datetime) -> None:
    """This will owe the note, if anything is open and the tool takes notes at all."""
    connection = handoff.route.target
    if not handoff.owed or handoff.owed_due_at is None or tool(connection.tool).mirror is None:
        return
    parts = ", ".join(PART_TITLES[Part(each)] for each in handoff.owed)
    due = handoff.owed_due_at.astimezone(UTC)
    text = (
        f"URGENT LANE: sent before it was complete. Still to come from {handoff.route.sender.name} "
        f"by {due:%Y-%m-%d %H:%M} UTC: {parts}."
    )
    owe_note(
        handoff=handoff,
        connection=connection,
        note=Note(remote_id="", text=text, by=handoff.author, once="rest"),
        now=now,
    )
