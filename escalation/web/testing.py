"""What does a connection's test say? It is kept with its time, so that the page can show it later too.

A test reads. What only writing shows is named on the page, and tried when somebody presses for it.
"""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from escalation.models import Connection
from escalation.models.connection import NotConfigured
from escalation.models.sealed import Unreadable
from escalation.tools import registry
from escalation.transport.errors import TransportError
from escalation.upkeep.rights import looked_at
from escalation.web.access import PersonRequest, Role, page


@page(Role.OWNER)
@require_POST
def test(request: PersonRequest, connection_id: UUID) -> HttpResponse:
    """This will try what the connection needs and name each lack on its page."""
    row = get_object_or_404(Connection, pk=connection_id)
    tested(request, row)
    return redirect("connection", row.pk)


@page(Role.OWNER)
@require_POST
def try_writing(request: PersonRequest, connection_id: UUID) -> HttpResponse:
    """This will write as a delivery does, take it away again, and keep what was missing and what is left."""
    row = get_object_or_404(Connection, pk=connection_id)
    known = registry.TOOLS.get(row.tool)
    if known is None or known.writes is None:
        messages.info(request, f"{row} offers no way to try writing.")
        return redirect("connection", row.pk)
    try:
        done = known.writes.try_writing(row.door(trial=True), key=uuid4().hex)
    except (TransportError, NotConfigured, Unreadable) as error:
        messages.error(request, f"Nothing was written to {row}: {error}")
        return redirect("connection", row.pk)
    row.note_write_check(done.lacks, left=done.left, unsure=done.unsure, at=timezone.now())
    left = done.left or "Nothing is left behind."
    if done.lacks:
        messages.warning(request, f"{row} does not take all that Baton writes; it is named below. {left}")
    elif done.unsure:
        messages.warning(request, f"It is not known whether {row} takes what Baton writes: {left}")
    else:
        messages.success(request, f"{row} takes what Baton writes. {left}")
    return redirect("connection", row.pk)


def tested(request: PersonRequest, row: Connection) -> None:
    """This will try a connection, keep what it lacks, and say how it went."""
    known = registry.TOOLS.get(row.tool)
    if known is None or known.upkeep is None:
        messages.info(request, f"{row} offers nothing that could be tried.")
        return
    now = timezone.now()
    try:
        lacks = looked_at(row, known, now=now, trial=True)
    except (TransportError, NotConfigured, Unreadable) as error:
        fix = "Correct what was entered, or have the tool's administrators look; then test again."
        row.note_test([(str(error), fix)], at=now)
        messages.error(request, f"{row} cannot be used: {error}")
        return
    if lacks:
        many = "one thing" if len(lacks) == 1 else f"{len(lacks)} things"
        messages.warning(request, f"{row} answers, and lacks {many}; each is named below.")
        return
    row.note_trouble("", at=now)
    if known.writes is not None and not row.write_check:
        messages.success(request, f"{row} lacks nothing of what reading shows; writing has not been tried.")
        return
    messages.success(request, f"{row} can do all that Baton needs.")
