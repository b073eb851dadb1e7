"""What does our user lack in a tool, and since when?

Administrators change roles and scopes, and the first to notice would be a technician whose handoff is
refused. So the test that an owner presses also runs by itself, with the drift check. It writes nothing.
"""

import logging
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Final

from django.conf import settings
from django.urls import reverse

from escalation.models import Connection
from escalation.models.connection import NotConfigured
from escalation.models.sealed import Unreadable
from escalation.tools.contract import Tool
from escalation.tools.health import Lack
from escalation.tools.registry import TOOLS
from escalation.transport.door import Door
from escalation.transport.errors import TransportError, Unauthorised

logger = logging.getLogger(__name__)
_LOG_IN: Final = "Correct how Baton logs in, or have the tool's administrators look."


def lacks_of(known: Tool, door: Door, *, defaults: Mapping[str, str] | None = None) -> tuple[Lack, ...]:
    """This will name what is missing: of all the connection needs, or where these defaults place a record.

    Raises ``TransportError``.
    """
    if defaults is not None:
        return known.rights.missing(door, defaults=defaults) if known.rights else ()
    return known.upkeep.check(door) if known.upkeep else ()


def looked_at(row: Connection, known: Tool, *, now: datetime, trial: bool = False) -> tuple[Lack, ...]:
    """This will test a connection, keep what it lacks and what its tool does not call for, and return both.

    ``trial`` goes through although calls pause. Raises ``TransportError``, ``NotConfigured``, ``Unreadable``.
    """
    door = row.door(trial=trial)
    lacks = lacks_of(known, door)
    if known.hearing is not None:
        # Whoever may not log in sees no webhook either, which the test has named by now.
        with suppress(TransportError):
            lacks = (*lacks, *known.hearing.unheard(door, url=hook_address(row)))
    row.note_test([(each.what, each.fix) for each in lacks], at=now)
    return lacks


def hook_address(row: Connection) -> str:
    """This will return where the tool calls us."""
    return f"{settings.PUBLIC_URL}{reverse('hook', args=[row.tool, row.pk])}"


def check_rights(*, now: datetime) -> None:
    """This will test every connected tenant and keep what each lacks; one that is away is left as it was."""
    for row in Connection.objects.order_by("name"):
        known = TOOLS.get(row.tool)
        # What nobody connects step by step, a language model, is asked at a price.
        if known is None or known.upkeep is None or known.setup is None:
            continue
        try:
            looked_at(row, known, now=now)
        except Unauthorised as error:
            row.note_test([(str(error), _LOG_IN)], at=now)
        except (TransportError, NotConfigured, Unreadable):
            logger.warning("upkeep: rights could not be looked at", extra={"connection": str(row.pk)})
