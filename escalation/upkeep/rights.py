"""Has a connection lost a right since it was last tested?

Administrators change roles and scopes, and the first to notice would be a technician whose handoff is
refused. So the test that an owner presses also runs by itself, with the drift check. It writes nothing.
"""

import logging
from contextlib import suppress
from datetime import datetime
from typing import Final

from django.conf import settings
from django.urls import reverse

from escalation.models import Connection
from escalation.models.connection import NotConfigured
from escalation.models.sealed import Unreadable
from escalation.tools.contract import Tool
from escalation.tools.registry import TOOLS
from escalation.transport.door import Door
from escalation.transport.errors import TransportError, Unauthorised

logger = logging.getLogger(__name__)
_LOG_IN: Final = "Correct how Baton logs in, or have the tool's administrators look."


def lacks_of(row: Connection, known: Tool, door: Door) -> list[tuple[str, str]]:
    """This will name what a connection lacks, and what its tool does not call for.

    Raises ``TransportError``.
    """
    lacks = known.upkeep.check(door) if known.upkeep else ()
    if known.hearing is not None:
        # Whoever may not log in sees no webhook either, which the test has named by now.
        with suppress(TransportError):
            lacks = (*lacks, *known.hearing.unheard(door, url=hook_address(row)))
    return [(each.what, each.fix) for each in lacks]


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
            lacks = lacks_of(row, known, row.door())
        except Unauthorised as error:
            lacks = [(str(error), _LOG_IN)]
        except (TransportError, NotConfigured, Unreadable):
            logger.warning("upkeep: rights could not be looked at", extra={"connection": str(row.pk)})
            continue
        row.note_test(lacks, at=now)
