"""How can a receiver answer from inside its own tool, without an account here?

By links in an internal note on its record: one handoff and one purpose each, signed, for seven days, good
for one answer. Only where the route's rules say so: whoever can read the note can press.
"""

import hashlib
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from escalation.models import Handoff
from escalation.outbox.confirmed import confirmed_rules
from escalation.outbox.owe import Note, owe_note
from escalation.tools.registry import tool

GOOD_FOR = timedelta(days=7)


class Purpose(StrEnum):
    """The one thing a link is good for."""

    ACCEPT = "accept"
    READ_BACK = "read-back"
    ASK = "ask"
    RETURN = "return"


PURPOSE_TITLES: dict[Purpose, str] = {
    Purpose.ACCEPT: "Accept it, with the ask read back in one line",
    Purpose.READ_BACK: "Say the ask back",
    Purpose.ASK: "Ask back for one thing; it stays with you",
    Purpose.RETURN: "Return it with a reason",
}


class Forged(Exception):
    """The link was not made by this Baton for this purpose."""


class Expired(Exception):
    """The link was good once and is too old now."""


def token_for(*, handoff_id: UUID, purpose: Purpose, until: datetime) -> str:
    """This will sign a link's token; the salt is the purpose's, so that it opens nothing else."""
    return _signer(purpose).sign_object({"handoff": handoff_id.hex, "until": int(until.timestamp())})


def handoff_of(token: str, *, purpose: Purpose, now: datetime) -> UUID:
    """This will return the handoff a token is for; raises ``Forged`` or ``Expired``."""
    try:
        said: dict[str, Any] = _signer(purpose).unsign_object(token)
    except (BadSignature, ValueError) as error:
        raise Forged from error
    if now.timestamp() > said["until"]:
        raise Expired
    return UUID(said["handoff"])


def digest(token: str) -> str:
    """This will return what is kept of a used token: 64 hex digits that open nothing."""
    return hashlib.sha256(token.encode()).hexdigest()


def owe_answer_links(*, handoff: Handoff, now: datetime) -> None:
    """This will owe the note with the links, if the rules the handoff was confirmed under want it."""
    connection = handoff.route.target
    if not handoff.remote_id or tool(connection.tool).mirror is None:
        return
    if not confirmed_rules(handoff).answer_links:
        return
    until = now + GOOD_FOR
    lines = [f"Answer {handoff.route.sender.name} without an account, until {until:%Y-%m-%d %H:%M} UTC:"]
    for purpose, title in PURPOSE_TITLES.items():
        token = token_for(handoff_id=handoff.pk, purpose=purpose, until=until)
        lines.append(f"{title}: {settings.PUBLIC_URL}{reverse('outside', args=[purpose.value, token])}")
    note = Note(remote_id=handoff.remote_id, text="\n".join(lines))
    owe_note(handoff=handoff, connection=connection, note=note, now=now)


def _signer(purpose: Purpose) -> Signer:
    return Signer(salt=f"baton.answer.{purpose}")
