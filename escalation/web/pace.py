"""How fast may one person, one address or one connection ask? As fast as people work, and no faster.

So much a minute for each kind (``settings.RATES``): the numbers lie far above what a person does, and far
below what would keep others from working. Who asks for more is told when to go on; nothing that was written
is lost.
"""

from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from escalation.callers.audited import LOOKED_AT
from escalation.models import Allowance, AuditLine

TYPING = frozenset(
    {
        *("save", "save_amendment", "pick", "paste", "unpaste", "proposals", "route_wording"),
        *("live_rules", "live_template", "seen"),
    }
)
SEARCHES = frozenset(
    {"queue", "audit", "figures", "figure", "figure_sent", "figure_ratings", "people", "person", "tickets"}
)
EXPORTS = frozenset(
    {
        *(name for name, did in LOOKED_AT.items() if did == AuditLine.Did.EXPORTED),
        *("capsule", "card_text"),
    }
)
# An open frame asks by itself, by POST to keep its pass out of the address: that is no pressing.
LOOKS = frozenset({"embedded", "embedded_ticket"})
WORDS = {
    "typing": "saving and searching while typing",
    "search": "searching and filtering",
    "export": "taking away files",
    "press": "pressing buttons",
    "page": "opening pages",
    "outside": "opening links and trying to log in from one address",
}


def kind_of(request: HttpRequest) -> str:
    """Return of which kind a request is."""
    name = request.resolver_match.url_name if request.resolver_match else ""
    for kind, names in (("typing", TYPING), ("search", SEARCHES), ("export", EXPORTS), ("page", LOOKS)):
        if name in names:
            return kind
    return "page" if request.method in {"GET", "HEAD"} else "press"


def too_fast(request: HttpRequest, user: User) -> HttpResponse | None:
    """This will count a person's request; the answer to one too many, else None."""
    kind = kind_of(request)
    seconds = Allowance.wait(kind, f"person {user.pk}")
    return refused(request, kind, seconds) if seconds else None


def refused(request: HttpRequest, kind: str, seconds: int) -> HttpResponse:
    """Return the answer to somebody who is too fast, in words: a page, or for a script of ours the words."""
    status = HTTPStatus.TOO_MANY_REQUESTS
    told = {"what": WORDS[kind], "most": settings.RATES[kind], "seconds": seconds}
    if "HX-Request" in request.headers:
        response = HttpResponse(
            f"Too fast: once more in {seconds} s.\n", content_type="text/plain", status=status
        )
    else:
        response = render(request, "429.html", told, status=status)
    response["Retry-After"] = str(seconds)
    response["Cache-Control"] = "no-store"
    return response
