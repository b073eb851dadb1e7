"""How does a person tell the user, through the source ticket, exactly what was on the page?

One press, one public reply: whoever sends says how many replies the page knew of, so that a double press
sends once and two people at once do not tell the user twice.
"""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from escalation.knowledge.fingerprint import fingerprint
from escalation.models import Delivery, Handoff
from escalation.outbox.owe import Note, owe_note
from escalation.tools.registry import tool

LONGEST_REPLY = 4000


class TellMeFirst(Exception):
    """Something else was sent to the user since the page was opened; the text says what."""


def can_reply(handoff: Handoff) -> bool:
    """This will say whether there is a ticket through which the user can be told."""
    return bool(handoff.source_reference) and tool(handoff.route.source.tool).mirror is not None


def replies(handoff: Handoff) -> int:
    """This will count what was sent to the user so far, delivered or owed."""
    return handoff.deliveries.filter(kind=Delivery.Kind.REPLY).count()


@transaction.atomic
def reply_to_user(*, handoff: Handoff, text: str, after: int, by: User, now: datetime) -> Delivery:
    """This will owe the public reply; the same press again returns the same row. Raises ``TellMeFirst``."""
    locked = (
        Handoff.objects.select_for_update(of=("self",)).select_related("route__source").get(pk=handoff.pk)
    )
    said = text.replace("\r\n", "\n").strip()
    newest = locked.deliveries.filter(kind=Delivery.Kind.REPLY).order_by("-position").first()
    if newest is not None and replies(locked) != after:
        if newest.by_id == by.pk and newest.fingerprint == fingerprint({"text": said, "public": True}):
            return newest
        who = (newest.by.get_full_name() or newest.by.get_username()) if newest.by else "Somebody"
        raise TellMeFirst(
            f"{who} has told the user something since you opened this page. Look before you send."
        )
    note = Note(remote_id=locked.source_reference, text=said, public=True, by=by)
    return owe_note(handoff=locked, connection=locked.route.source, note=note, now=now)
