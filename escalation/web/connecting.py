"""How does an owner have a tool call Baton, and see what holds a connection up?

A webhook secret is shown once, on the answer to the press that made it, and never again.
"""

import base64
import secrets
from collections.abc import Mapping
from datetime import datetime
from importlib import resources
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from escalation.dispatch.retry import retry
from escalation.models import Connection, Delivery
from escalation.models.connection import NotConfigured
from escalation.models.sealed import Unreadable
from escalation.tools import registry
from escalation.transport.errors import TransportError
from escalation.upkeep.rights import hook_address
from escalation.upkeep.trial import owe_trial
from escalation.web.access import PersonRequest, Role, page
from escalation.web.condition import MOST_SHOWN, standing
from escalation.web.tenant_form import shown

PAGE = "pages/connection.html"
SCRIPT = "business_rule.js"  # what a tool's folder may hold for its administrators
LONGEST_SECRET = 400


@page(Role.OWNER)
@require_safe
def connection(request: PersonRequest, connection_id: UUID) -> HttpResponse:
    """This will show how the tool calls Baton, what it last said, and what is stuck."""
    row = get_object_or_404(Connection, pk=connection_id)
    return render(request, PAGE, _about(row, now=timezone.now()))


@page(Role.OWNER)
@never_cache
@require_POST
def new_secret(request: PersonRequest, connection_id: UUID) -> HttpResponse:
    """This will draw a new webhook secret and show it this once; the old one counts no more."""
    row = get_object_or_404(Connection, pk=connection_id)
    secret = secrets.token_urlsafe(32)
    _keep(row, secret)
    shown = {"secret": secret, "secret_base64": base64.b64encode(secret.encode()).decode()}
    return render(request, PAGE, _about(row, now=timezone.now()) | shown)


@page(Role.OWNER)
@require_POST
def listen(request: PersonRequest, connection_id: UUID) -> HttpResponse:
    """This will have the tool itself call Baton on changes, where it can be told to from outside."""
    row = get_object_or_404(Connection, pk=connection_id)
    upkeep = registry.tool(row.tool).upkeep if row.tool in registry.TOOLS else None
    if upkeep is None:
        messages.error(request, f"{row} cannot be told to call Baton.")
        return redirect("connection", row.pk)
    try:
        secret = upkeep.listen(row.door(trial=True), url=hook_address(row), secret=secrets.token_urlsafe(32))
    except (TransportError, NotConfigured, Unreadable) as error:
        messages.error(request, str(error))
    else:
        _keep(row, secret)
        messages.success(request, f"{row} calls Baton from now on; its secret is kept.")
    return redirect("connection", row.pk)


@page(Role.OWNER)
@require_POST
def enter_secret(request: PersonRequest, connection_id: UUID) -> HttpResponse:
    """This will keep the secret that the tool drew itself and a person copied."""
    row = get_object_or_404(Connection, pk=connection_id)
    secret = str(request.POST.get("secret", "")).strip()
    if not secret or len(secret) > LONGEST_SECRET:
        messages.error(request, "Nothing was kept: enter the secret as the tool shows it.")
    else:
        _keep(row, secret)
        messages.success(request, "The secret is kept. Calls that are signed with it are let in from now on.")
    return redirect("connection", row.pk)


@page(Role.OWNER)
@require_POST
def prove(request: PersonRequest, connection_id: UUID) -> HttpResponse:
    """This will write one internal note there, to see whether the tool calls because of it."""
    row = get_object_or_404(Connection, pk=connection_id)
    if owe_trial(connection=row, by=request.user, now=timezone.now()) is None:
        messages.info(request, f"No handoff has anything in {row} yet. Send one first, then check.")
    return redirect("connection", row.pk)


@page(Role.OWNER)
@require_POST
def try_again(request: PersonRequest, connection_id: UUID) -> HttpResponse:
    """This will set everything that is stuck on the connection going again; what arrived is found first."""
    stuck = Delivery.objects.filter(connection=connection_id, status=Delivery.Status.STUCK)
    rows = list(stuck.select_related("connection").order_by("created_at")[:MOST_SHOWN])
    for row in rows:
        retry(delivery=row, by=request.user, now=timezone.now())
    messages.success(request, f"Trying again: {len(rows)}.")
    return redirect("connection", connection_id)


def _about(row: Connection, *, now: datetime) -> dict[str, Any]:
    known = registry.TOOLS.get(row.tool)
    setup = known.setup if known else None
    return {
        "each": row,
        "tool": registry.label(row.tool),
        "setup": setup,
        "steps": shown(setup.calls, address=row.base_url) if setup else (),
        "address": hook_address(row) if known and known.hooks else "",
        "can_listen": bool(setup and setup.can_be_told),
        "can_test": bool(known and known.upkeep),
        "untried": known.writes.untried() if known and known.writes else (),
        "trial_writes": known.writes.announced() if known and known.writes else "",
        "written_at": _moment(row.write_check),
        "has_channels": bool(known and known.chat),
        "channels": row.team_channels.select_related("team").order_by("team__name"),
        "has_secret": bool(row.sealed_webhook_secret),
        "script": _script(row.tool),
        "inside": shown(setup.inside, address=row.base_url) if setup and known and known.embedded else (),
        **standing(row, now=now),
    }


def _moment(write_check: Mapping[str, Any] | None) -> datetime | None:
    return datetime.fromisoformat(write_check["at"]) if write_check else None


def _script(tool: str) -> str:
    if tool not in registry.TOOLS:
        return ""
    file = resources.files(f"escalation.tools.{tool}") / SCRIPT
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def _keep(row: Connection, secret: str) -> None:
    row.keep_webhook_secret(secret)
    row.save(update_fields=["sealed_webhook_secret"])
