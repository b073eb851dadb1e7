"""The mail of the week as a page: what it says, who gets it, and whether I do."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from escalation.metrics import weekly as mailing
from escalation.metrics.keep import catch_up
from escalation.timeline.mailed import FAILURES
from escalation.web.access import PersonRequest, Role, page


@page(Role.LEAD, Role.OWNER)
@require_http_methods(["GET", "POST"])
def weekly(request: PersonRequest) -> HttpResponse:
    """This will show the mail, send it now, or keep whether it is wanted."""
    if request.method == "POST":
        _do(request, request.POST.get("do", ""))
        return redirect("weekly")
    catch_up()
    digest = mailing.digest_for(request.user, now=timezone.now())
    context = mailing.context_of(request.user, digest) | {
        "wanted": mailing.wanted_by(request.user),
        "leads": Role.LEAD in request.reader.roles,
        "as_files": settings.MAIL_PROVIDER == "files",
    }
    return render(request, "pages/weekly.html", context)


def _do(request: PersonRequest, what: str) -> None:
    match what:
        case "on" | "off":
            mailing.choose(request.user, wanted=what == "on")
            said = "comes every Monday." if what == "on" else "does not come any more."
            messages.success(request, f"Kept: the mail {said}")
        case "send" if request.user.email:
            try:
                mailing.mail_to(request.user, now=timezone.now())
            except FAILURES:
                messages.error(request, "The mail server did not take it. Nothing was sent; try again later.")
            else:
                messages.success(request, f"Sent to {request.user.email}.")
        case "send":
            messages.warning(request, "No mail address is known for you, so nothing was sent.")
