"""What does a connection's test say? It is kept with its time, so that the page can show it later too."""

from uuid import UUID

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
from escalation.web.access import PersonRequest, Role, page


@page(Role.OWNER)
@require_POST
def test(request: PersonRequest, connection_id: UUID) -> HttpResponse:
    """This will try what the connection needs and name each lack on its page."""
    row = get_object_or_404(Connection, pk=connection_id)
    tested(request, row)
    return redirect("connection", row.pk)


def tested(request: PersonRequest, row: Connection) -> None:
    """This will try a connection, keep what it lacks, and say how it went."""
    known = registry.TOOLS.get(row.tool)
    if known is None or known.upkeep is None:
        messages.info(request, f"{row} offers nothing that could be tried.")
        return
    now = timezone.now()
    try:
        lacks = known.upkeep.check(row.door(trial=True))
    except (TransportError, NotConfigured, Unreadable) as error:
        fix = "Correct what was entered, or have the tool's administrators look; then test again."
        row.note_test([(str(error), fix)], at=now)
        messages.error(request, f"{row} cannot be used: {error}")
        return
    row.note_test([(each.what, each.fix) for each in lacks], at=now)
    if lacks:
        many = "one thing" if len(lacks) == 1 else f"{len(lacks)} things"
        messages.warning(request, f"{row} answers, and lacks {many}; each is named below.")
        return
    row.note_trouble("", at=now)
    messages.success(request, f"{row} can do all that Baton needs.")
