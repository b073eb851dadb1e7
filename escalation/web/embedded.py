"""What does a technician see of Baton beside a ticket, inside the ticket tool?

The tool signs who looks; here that is the person with the same e-mail address, who sees beside the ticket
what they would see in Baton of its handoffs, and no more. Nothing can be changed from inside but one thing: a
draft of one's own is begun, and opens in a tab of its own, where the session counts.
"""

import logging
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from escalation.callers.asker import address
from escalation.callers.audited import audit
from escalation.capture import prefill
from escalation.models import Allowance, Connection, Route
from escalation.models.connection import NotConfigured
from escalation.models.sealed import Unreadable
from escalation.tools import registry
from escalation.tools.embedded import Embedded
from escalation.tools.updates import BadSignature
from escalation.transport.errors import TransportError
from escalation.web.access import Role, reader_of
from escalation.web.beside_ticket import beside_ticket, note_looked
from escalation.web.framing import NoPass, Pass, held_by, read_pass, sign_pass, site_of
from escalation.web.pace import refused as too_many
from escalation.web.pace import too_fast

logger = logging.getLogger(__name__)

PAGE = "pages/embedded.html"
KNOWN_FOR = timedelta(minutes=15)  # that long nobody is asked of the tool again
NOTED_EVERY = timedelta(minutes=1)
OVER = "This view is too old. Open the ticket again."


# A frame has no session that another site could use: what it may do, its signed request or its pass says.
@csrf_exempt
@require_POST
def embedded(request: HttpRequest, connection_id: UUID) -> HttpResponse:
    """This will show the frame that the tool opens with a signed request."""
    row, tool = _place(connection_id)
    now = timezone.now()
    try:
        viewer_id = tool.viewer_id(
            str(request.POST.get("token", "")), key=row.app_key, site=row.base_url, now=now
        )
    except BadSignature as error:
        if seconds := Allowance.wait("outside", address(request)):
            return held_by(row, too_many(request, "outside", seconds))
        logger.warning("A request to show Baton inside %s was refused: %s", row.tool, error)
        return held_by(row, render(request, PAGE, {"row": row, "refused": str(error)}, status=403))
    person, words = _known_as(row, tool, viewer_id)
    if person is not None and (slow_down := too_fast(request, person)) is not None:
        return held_by(row, slow_down)
    if row.framed_at is None or row.framed_at < now - NOTED_EVERY:
        Connection.objects.filter(pk=row.pk).update(framed_at=now)
    context = {
        "row": row,
        "site": site_of(row),
        "tool": registry.label(row.tool),
        "words": words,
        "pass": sign_pass(row, Pass(person=person, opened_at=now), now=now),
    }
    return held_by(row, render(request, PAGE, context))


@csrf_exempt
@require_POST
def embedded_ticket(request: HttpRequest, connection_id: UUID) -> HttpResponse:
    """This will answer the open frame with what stands beside its ticket, and with its next pass."""
    row, tool = _place(connection_id)
    now = timezone.now()
    try:
        held = read_pass(row, str(request.POST.get("pass", "")), now=now)
    except NoPass:
        return HttpResponse(OVER, status=403, content_type="text/plain")
    if held.person is not None and (slow_down := too_fast(request, held.person)) is not None:
        return slow_down
    reference = str(request.POST.get("ticket", ""))
    context: dict[str, Any] = {
        "row": row,
        "tool": registry.label(row.tool),
        "reference": reference,
        "source": tool.ticket_address(row.base_url, reference),
        "pass": sign_pass(row, held, now=now),
        "now": now,
    }
    if held.person is None or not context["source"]:
        return _never_kept(render(request, f"{PAGE}#beside", context))
    context |= beside_ticket(row, reference, reader=held.person, now=now)
    note_looked(context["handoffs"], by=held.person, come_from=address(request), now=now)
    with timezone.override(reader_of(held.person).zone):
        return _never_kept(render(request, f"{PAGE}#beside", context))


@csrf_exempt
@require_POST
def embedded_start(request: HttpRequest, connection_id: UUID) -> HttpResponse:
    """This will begin the person's draft from the ticket and lead to its form, in a tab of its own."""
    row, tool = _place(connection_id)
    now = timezone.now()
    try:
        held = read_pass(row, str(request.POST.get("pass", "")), now=now)
    except NoPass:
        return _sorry(request, OVER, status=403)
    if held.person is None or Role.LEVEL_ONE not in reader_of(held.person).roles:
        return _sorry(request, "This account hands nothing off.", status=403)
    if (slow_down := too_fast(request, held.person)) is not None:
        return slow_down
    reference, number = str(request.POST.get("ticket", "")), str(request.POST.get("route", ""))
    routes = Route.objects.open_to(held.person).filter(source=row).select_related("source", "target")
    route = routes.filter(pk=number).first() if number.isascii() and number.isdigit() else None
    if route is None or not tool.ticket_address(row.base_url, reference):
        return _sorry(request, "That ticket cannot be handed off this way.", status=422)
    try:
        handoff = prefill.start_from_ticket(route=route, reference=reference, by=held.person, now=now)
    except (TransportError, NotConfigured, Unreadable, prefill.NoSource) as error:
        return _sorry(request, str(error), status=422)
    response = redirect("edit", handoff.pk)
    audit(request, held.person, response, now=now)
    return response


def _place(connection_id: UUID) -> tuple[Connection, Embedded]:
    row = get_object_or_404(Connection, pk=connection_id)
    known = registry.TOOLS.get(row.tool)
    if known is None or known.embedded is None:
        raise Http404
    return row, known.embedded


def _known_as(row: Connection, tool: Embedded, viewer_id: str) -> tuple[User | None, str]:
    """The person of that address, or None and why; kept by number alone, so that no address lies about."""
    key = f"framed:{row.pk.hex}:{viewer_id}"
    people = User.objects.filter(is_active=True)
    if (known := people.filter(pk=cache.get(key, 0)).first()) is not None:
        return known, ""
    name = registry.label(row.tool)
    try:
        viewer = tool.viewer(row.door(), viewer_id)
    except (TransportError, NotConfigured, Unreadable) as error:
        return None, f"{name} could not be asked who you are: {error}"
    if not viewer.works_there:
        return None, f"Your account in {name} is not one of an agent."
    if not viewer.email:
        return None, f"{name} has not verified the e-mail address of your account there."
    found = list(people.filter(email__iexact=viewer.email)[:2])
    if len(found) != 1:
        return None, f"No one account in Baton has the e-mail address of your account in {name}."
    cache.set(key, found[0].pk, KNOWN_FOR.total_seconds())
    return found[0], ""


def _never_kept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response


def _sorry(request: HttpRequest, words: str, *, status: int) -> HttpResponse:
    return render(request, "pages/embedded_sorry.html", {"words": words}, status=status)
