"""When is a tool looked at besides the twice a day?

When an owner presses for it; then its catalog is read as well, for what is retired. And right after
something changed that decides what is read of it: the rules or the template of a route, or the settings of
its connection. After the commit and by a worker, for the tool may be slow or away; then the next look of the
schedule makes up for it.
"""

import logging
from functools import partial
from uuid import UUID

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

from escalation.models import Connection, Route

logger = logging.getLogger(__name__)
TASK = "escalation.look_at"


def look_soon(connection: Connection) -> None:
    """This will have the tool looked at once this transaction commits, where an active route leads there."""
    if Route.objects.filter(target=connection, active=True).exists():
        transaction.on_commit(partial(_send, connection.pk))


def look_with_names(connection: Connection) -> None:
    """This will have a worker read what changed in the tool's catalog, and look again with that."""
    transaction.on_commit(partial(_send, connection.pk, names=True))


def _send(connection: UUID, *, names: bool = False) -> None:
    kwargs = {"connection": str(connection)} | ({"names": True} if names else {})
    try:
        current_app.send_task(TASK, kwargs=kwargs, retry=False)
    except (OperationalError, OSError):
        logger.warning("upkeep: the broker took no task", extra={"connection": str(connection)})
