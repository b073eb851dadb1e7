"""How does an owner bring Baton into a ticket tool: take the app away, and enter the key it signs with?"""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from escalation.models import Connection
from escalation.tools import registry
from escalation.tools.embedded import BadKey, Embedded
from escalation.web.access import PersonRequest, Role, page

NAME = "Baton"
LONGEST_KEY = 4_000


@page(Role.OWNER)
@require_safe
def app_package(_request: PersonRequest, connection_id: UUID) -> HttpResponse:
    """This will give the app to install in this tenant: its frame opens this connection's page."""
    row = get_object_or_404(Connection, pk=connection_id)
    address = f"{settings.PUBLIC_URL}{reverse('embedded', args=[row.pk])}"
    made = _embedded(row).package(name=NAME, page=address, contact=_contact())
    response = HttpResponse(made, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="baton-for-{row.tool}.zip"'
    return response


@page(Role.OWNER)
@require_POST
def app_key(request: PersonRequest, connection_id: UUID) -> HttpResponse:
    """This will keep the public key of the installed app; an empty one takes Baton out of the tool."""
    row = get_object_or_404(Connection, pk=connection_id)
    tool, text = _embedded(row), str(request.POST.get("key", ""))[:LONGEST_KEY].strip()
    try:
        row.app_key = tool.public_key(text) if text else ""
    except BadKey as error:
        messages.error(request, f"Nothing was kept: {error}")
        return redirect("connection", row.pk)
    row.save(update_fields=["app_key"])
    label = registry.label(row.tool)
    kept = f"Baton opens beside {label}’s tickets from now on." if text else f"{label} no longer shows Baton."
    messages.success(request, kept)
    return redirect("connection", row.pk)


def _embedded(row: Connection) -> Embedded:
    known = registry.TOOLS.get(row.tool)
    if known is None or known.embedded is None:
        raise Http404
    return known.embedded


def _contact() -> str:
    """The bare address that our mails come from."""
    return settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].rstrip(">").strip()
