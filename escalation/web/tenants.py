"""How does an owner add a tenant, step by step, and change what was entered?

Which tool; where it is; what is made there, in its own words, and what of it is entered here. Kept, it is
tested at once, and its page says what comes next.
"""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from escalation.models import Connection
from escalation.tools import registry
from escalation.tools.contract import Tool
from escalation.upkeep.look_soon import look_soon
from escalation.web.access import PersonRequest, Role, page
from escalation.web.tenant_form import TenantForm, address_of
from escalation.web.testing import tested

PAGE = "pages/tenant.html"


@page(Role.OWNER)
@require_safe
def which_tool(request: PersonRequest) -> HttpResponse:
    """This will show the tools that can be connected, and what Baton does in each."""
    return render(
        request, "pages/which_tool.html", {"tools": [each for each in registry.TOOLS.values() if each.setup]}
    )


@page(Role.OWNER)
@require_http_methods(["GET", "POST"])
def new_tenant(request: PersonRequest, tool: str) -> HttpResponse:
    """This will ask where the tenant is, then for all else, and keep it."""
    kind = _kind(tool)
    if request.method == "POST":
        return _kept(request, kind, None)
    said = str(request.GET.get("address", "")).strip()
    if not said:
        return render(request, PAGE, {"tool": kind, "address": "", "said": ""})
    try:
        address = address_of(said)
    except ValidationError as error:
        return render(
            request, PAGE, {"tool": kind, "address": "", "said": said, "wrong": error.messages[0]}, status=422
        )
    form = TenantForm(tool=kind, row=None)
    form.initial["base_url"] = address
    return render(request, PAGE, {"tool": kind, "address": address, "form": form})


@page(Role.OWNER)
@require_http_methods(["GET", "POST"])
def change_tenant(request: PersonRequest, connection_id: UUID) -> HttpResponse:
    """This will show what was entered, without its secrets, and keep what is changed."""
    row = get_object_or_404(Connection, pk=connection_id)
    kind = _kind(row.tool)
    if request.method == "POST":
        return _kept(request, kind, row)
    form = TenantForm(tool=kind, row=row)
    return render(request, PAGE, {"tool": kind, "address": row.base_url, "form": form, "row": row})


def _kept(request: PersonRequest, kind: Tool, row: Connection | None) -> HttpResponse:
    form = TenantForm(request.POST, tool=kind, row=row)
    if not form.is_valid():
        address = str(request.POST.get("base_url", "")) or (kind.setup.address if kind.setup else "")
        about = {"tool": kind, "address": address, "form": form, "row": row}
        return render(request, PAGE, about, status=422)
    kept = form.keep()
    look_soon(kept)
    tested(request, kept)
    return redirect("connection", kept.pk)


def _kind(tool: str) -> Tool:
    kind = registry.TOOLS.get(tool)
    if kind is None or kind.setup is None:
        raise Http404
    return kind
