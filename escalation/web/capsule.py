"""How does a handoff leave as a file, a text or a sheet of paper, and how does one come in?"""

import json
import re
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from escalation.capture.unpack import LARGEST, read_capsule, start_from_capsule
from escalation.knowledge.codec import Malformed
from escalation.models import Handoff, Route
from escalation.timeline.pack import for_vendor, pack
from escalation.translation.capsule import Capsule, capsule_to_json, head, markdown, sections
from escalation.web.access import PersonRequest, Role, handoff_for, page
from escalation.web.picking import route_called

LONGEST_IN_A_LINK = 1_600  # Windows hands a mail program about two thousand signs
CUT = "The rest is in the capsule's file: attach it."


@page()
@require_safe
def paper(request: PersonRequest, handoff_id: UUID) -> HttpResponse:
    """This will show the capsule as a page to print or copy, as it would leave."""
    handoff = handoff_for(request, handoff_id)
    capsule, changed = _packed(request, handoff)
    context = {
        "handoff": handoff,
        "capsule": capsule,
        "changed": changed,
        "head": head(capsule),
        "sections": sections(capsule),
        "mail": _mail(capsule),
    }
    return render(request, "pages/capsule.html", context)


@page()
@require_safe
def as_json(request: PersonRequest, handoff_id: UUID) -> HttpResponse:
    """This will answer with the capsule for another Baton."""
    handoff = handoff_for(request, handoff_id)
    capsule, _ = _packed(request, handoff)
    text = json.dumps(capsule_to_json(capsule), ensure_ascii=False, indent=1)
    return _file(handoff, text, ending="json", kind="application/json")


@page()
@require_safe
def as_markdown(request: PersonRequest, handoff_id: UUID) -> HttpResponse:
    """This will answer with the capsule as Markdown."""
    handoff = handoff_for(request, handoff_id)
    capsule, _ = _packed(request, handoff)
    return _file(handoff, markdown(capsule), ending="md", kind="text/markdown")


@page(Role.LEVEL_ONE)
@require_POST
def begin(request: PersonRequest) -> HttpResponse:
    """This will begin a draft from a capsule file."""
    ways = tuple(Route.objects.open_to(request.user).select_related("receiver"))
    route = route_called(request.POST.get("route", ""), ways)
    if route is None:
        raise Http404
    file = request.FILES.get("capsule")
    try:
        capsule = read_capsule(file.read(LARGEST + 1) if file else b"")
    except Malformed as error:
        messages.error(request, f"The capsule was not taken. {error}")
        return redirect("desk")
    handoff = start_from_capsule(route=route, capsule=capsule, by=request.user, now=timezone.now())
    messages.success(request, "Everything the capsule knew is in this draft. Add what is new.")
    return redirect("edit", handoff.pk)


def _mail(capsule: Capsule) -> str:
    """A link that begins a mail with the text, or with as much of it as a mail program takes in a link."""
    subject = quote(capsule.state.summary)
    lines = markdown(capsule).splitlines()
    body = quote("\r\n".join(lines))
    while len(lines) > 1 and len(body) > LONGEST_IN_A_LINK:
        lines = lines[: len(lines) * 9 // 10]
        body = quote("\r\n".join([*lines, "", CUT]))
    return f"mailto:?subject={subject}&body={body}"


def _packed(request: PersonRequest, handoff: Handoff) -> tuple[Capsule, int]:
    whole = pack(handoff=handoff, now=timezone.localtime())
    return for_vendor(whole) if request.GET.get("for") == "vendor" else (whole, 0)


def _file(handoff: Handoff, text: str, *, ending: str, kind: str) -> HttpResponse:
    name = re.sub(r"[^A-Za-z0-9-]", "", handoff.remote_number) or handoff.pk.hex[:8]
    response = HttpResponse(text, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="baton-{name}.{ending}"'
    return response
