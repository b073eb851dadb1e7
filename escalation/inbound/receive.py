"""How is a tool's call taken in?

Checked on the raw bytes, stored as it came, and answered; what it means is worked out afterwards, so
that a tool never waits for us and nothing signed is ever lost.
"""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta

from celery import current_app
from kombu.exceptions import OperationalError

from escalation.inbound.clean import clean_key
from escalation.models import Connection, Inbox
from escalation.tools.contract import Hooks, Tool
from escalation.tools.updates import BadSignature, Malformed

logger = logging.getLogger(__name__)

A_SECOND = timedelta(seconds=1)

# A stored header must not help anybody to sign or log in.
_SECRET = ("authorization", "cookie", "signature", "secret", "token", "api-key", "apikey", "password")


def receive(
    *, connection: Connection, hooks: Hooks, headers: Mapping[str, str], body: bytes, now: datetime
) -> Inbox | None:
    """This will store one call and have it applied, or return None when it is one we already hold.

    ``headers`` has lower-case names. Raises ``BadSignature``; a signed body that is not the tool's is
    stored as broken for the owner to see.
    """
    verify(connection=connection, hooks=hooks, headers=headers, body=body, now=now)
    _heard(connection, now=now)
    row = _row(connection, hooks, headers, body, now=now)
    if not row.keep():
        return None
    if row.status == Inbox.Status.WAITING:
        _start(row.pk)
    return row


def verify(
    *, connection: Connection, hooks: Hooks, headers: Mapping[str, str], body: bytes, now: datetime
) -> None:
    """This will raise ``BadSignature`` unless the call is signed with the connection's secret."""
    secret = connection.webhook_secret
    if not secret:
        raise BadSignature("This connection has no signing secret, so nothing can be checked.")
    hooks.verify(headers=headers, body=body, secret=secret, now=now)


def greet(
    *, connection: Connection, tool: Tool, headers: Mapping[str, str], body: bytes, now: datetime
) -> str | None:
    """This will return what a tool wants to hear when it tries an address, or None for any other call.

    Raises ``BadSignature``: the answer is given to nobody who cannot sign.
    """
    words = tool.greeting.greeting(body=body) if tool.greeting else None
    if words is None or tool.hooks is None:
        return None
    verify(connection=connection, hooks=tool.hooks, headers=headers, body=body, now=now)
    _heard(connection, now=now)
    return words


def _heard(connection: Connection, *, now: datetime) -> None:
    # To the second: a burst of calls would else wait in line for this one row.
    if connection.heard_at is None or now - connection.heard_at >= A_SECOND:
        Connection.objects.filter(pk=connection.pk).update(heard_at=now)


def _row(
    connection: Connection, hooks: Hooks, headers: Mapping[str, str], body: bytes, *, now: datetime
) -> Inbox:
    kept = {name: value for name, value in headers.items() if not any(word in name for word in _SECRET)}
    row = Inbox(connection=connection, headers=kept, body=body, not_before=now, received_at=now)
    try:
        row.event_id = clean_key(hooks.event_id(headers=headers, body=body))
    except Malformed as error:
        row.status, row.words = Inbox.Status.BROKEN, str(error)
    return row


def _start(inbox: int) -> None:
    try:
        current_app.send_task("escalation.apply_one", kwargs={"inbox": inbox}, retry=False)
    except (OperationalError, OSError):
        # The row waits; the schedule finds it.
        logger.warning("inbound: the broker took no task", extra={"inbox": inbox})
