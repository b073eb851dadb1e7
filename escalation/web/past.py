"""How does an owner have a tool's past read, see how far it is, and what it says?"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from escalation.metrics.before import before
from escalation.models import Connection, PastReading
from escalation.tools import registry
from escalation.upkeep.past import DAYS, NoPast, begin
from escalation.web.access import PersonRequest, Role, page


@page(Role.OWNER)
@require_http_methods(["GET", "POST"])
def past(request: PersonRequest, connection_id: UUID) -> HttpResponse:
    """This will show the reading and what it says, or begin it."""
    row = get_object_or_404(Connection, pk=connection_id)
    if request.method == "POST":
        try:
            begin(connection=row, by=request.user, now=timezone.now())
        except NoPast as error:
            messages.error(request, str(error))
        else:
            messages.success(request, "Begun. It goes on in the background, also when this page is closed.")
        return redirect("past", row.pk)
    known = registry.TOOLS.get(row.tool)
    context = {
        "each": row,
        "can_read": known is not None and known.past is not None,
        "reading": PastReading.objects.filter(connection=row).select_related("asked_by").first(),
        "days": DAYS,
    }
    if request.htmx:
        return render(request, "pages/past.html#reading", context)
    return render(request, "pages/past.html", context | {"found": before(connection=row, now=timezone.now())})
