"""What would users hear under the wording that an owner is typing? Said while they type; nothing is kept."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from escalation.models import Route
from escalation.translation.wording import LANGUAGE_NAMES
from escalation.upkeep.spoken import effect
from escalation.upkeep.written import written_wording
from escalation.web.access import PersonRequest, Role, page
from escalation.web.owning import LONGEST_LINES


@page(Role.OWNER)
@require_POST
def wording(request: PersonRequest, route_id: int) -> HttpResponse:
    """This will say every meaning in the words of the draft, beside what is said now."""
    mine = Route.objects.of_teams_of(request.user, roles=(Role.OWNER,)).select_related("receiver")
    owned = get_object_or_404(mine, pk=route_id)
    return render(request, "partials/wording_effect.html", spoken_under(request, owned))


def spoken_under(request: HttpRequest, owned: Route, *, typed: str | None = None) -> dict[str, Any]:
    """This will return, for the page, the effect of what was posted, else of the draft, else of the rules."""
    in_force = owned.rules_in_force()
    asked = request.POST.get("shown_in", in_force.language)
    shown_in = asked if asked in LANGUAGE_NAMES else in_force.language
    found = effect(
        text=request.POST.get("wording", written_wording(in_force.wording) if typed is None else typed)[
            :LONGEST_LINES
        ],
        in_force=in_force,
        language=shown_in,
        said_at=timezone.now(),
        zone=owned.receiver.zone,
    )
    return {"route": owned, "spoken": found, "shown_in": shown_in, "languages": LANGUAGE_NAMES.items()}
