"""Who saw, changed, sent or took away what? For owners, about their teams and their teams' handoffs."""

import csv
from dataclasses import dataclass
from datetime import timedelta
from io import StringIO
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from escalation.models import AuditLine, Handoff
from escalation.models.audit import AuditQuerySet
from escalation.web.access import PersonRequest, Role, page
from escalation.web.export import safe

A_PAGE = 50
DAYS = (1, 7, 30, 90)
USUAL = 7
# A spreadsheet opens so many without complaint.
MOST_EXPORTED = 50_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What the person asks for: what was done, over how long, by whom or to which handoff."""

    did: str
    days: int
    words: str

    @classmethod
    def of(cls, request: HttpRequest) -> "Asked":
        """This will read the choice of an address; what is none of the choices counts as not chosen."""
        did, days = request.GET.get("did", ""), request.GET.get("days", "")
        return cls(
            did=did if did in AuditLine.Did.values else "",
            days=int(days) if days in map(str, DAYS) else USUAL,
            words=request.GET.get("words", "").strip()[:100],
        )

    @property
    def query(self) -> dict[str, str]:
        """The choice as it stands in an address."""
        return {"did": self.did, "days": str(self.days), "words": self.words}


@page(Role.OWNER)
@require_safe
def audit(request: PersonRequest) -> HttpResponse:
    """This will show the lines, newest first."""
    asked = Asked.of(request)
    shown = Paginator(_lines(request, asked), A_PAGE).get_page(request.GET.get("page"))
    handoffs = Handoff.objects.in_bulk({each.handoff_id for each in shown if each.handoff_id})
    lines = [(each, handoffs.get(each.handoff_id)) for each in shown]
    context: dict[str, Any] = {"asked": asked, "lines": lines, "shown": shown, "days": DAYS}
    return render(request, "pages/audit.html", context | {"kinds": AuditLine.Did.choices})


@page(Role.OWNER)
@require_safe
def audit_csv(request: PersonRequest) -> HttpResponse:
    """This will send the lines as a file."""
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow(("at", "person", "did", "page", "path", "handoff", "from", "token"))
    for each in _lines(request, Asked.of(request))[:MOST_EXPORTED].iterator(chunk_size=2000):
        said = (each.user.get_username(), each.did, each.page, each.path, str(each.handoff_id or ""))
        writer.writerow((each.at.isoformat(), *map(safe, said), each.come_from, safe(each.token)))
    response = HttpResponse(file.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="audit.csv"'
    return response


def _lines(request: PersonRequest, asked: Asked) -> AuditQuerySet:
    lines = AuditLine.objects.about_teams_of(request.user).select_related("user")
    lines = lines.filter(at__gte=timezone.now() - timedelta(days=asked.days)).order_by("-at", "-pk")
    if asked.did:
        lines = lines.filter(did=asked.did)
    if asked.words:
        named = Q(user__username__icontains=asked.words) | Q(user__last_name__icontains=asked.words)
        numbered = Handoff.objects.filter(
            Q(remote_number__iexact=asked.words) | Q(source_number__iexact=asked.words)
        )
        lines = lines.filter(named | Q(handoff_id__in=numbered.values("pk")))
    return lines
