"""How does somebody who tries Baton see its figures at once? By sixty practice days, at one press."""

from io import StringIO

from django.conf import settings
from django.contrib import messages
from django.core.management import CommandError, call_command
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from escalation.web.access import PersonRequest, Role, page


@page(Role.LEAD, Role.OWNER)
@require_POST
def practice_past(request: PersonRequest) -> HttpResponse:
    """This will load the practice company's past and show its figures; a second press finds it there."""
    if not settings.PRACTICE:
        raise Http404
    try:
        call_command("load_practice_history", stdout=StringIO())
    except CommandError as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, "Sixty days of the practice company are loaded. All of them are over.")
    return redirect("figures")
