"""Who needs a second factor, and what may somebody do who has none yet?

The factors themselves (an authenticator app, recovery codes), their pages and their place in the log-in are
django-allauth's; its views get our frame here. Owners say in which roles of their teams nobody works without
one, and whoever may enter the administration always needs one outside practice mode. Whoever owes one can set
it up and leave, and nothing else. Whoever comes by the company's own log-in has shown there who they are.
"""

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.views import reauthenticate
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.base import views as base
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.signals import authenticator_added, authenticator_removed
from allauth.mfa.totp import views as totp
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache

from escalation.callers.factors import has_one, is_required
from escalation.callers.refusal import problem_answer
from escalation.web.access import PersonRequest, page

OWED = "second_factor_owed"  # under this name in the session
OWED_FIRST = "A second factor has to be set up first."
# What is open to whoever owes one: setting it up, and leaving.
FREE = frozenset(
    {
        *("mfa_index", "mfa_activate_totp", "mfa_view_recovery_codes", "mfa_download_recovery_codes"),
        *("account_reauthenticate", "mfa_reauthenticate", "logout", "sessions", "theme", "unread"),
        *("login", "account_login", "health_live", "health_ready", "metrics", "api_schema"),
    }
)


@receiver(user_logged_in, dispatch_uid="note_owed_factor")
def note_owed(request: HttpRequest, user: User, **_: Any) -> None:
    """This will note in the new session whether its person still owes a second factor."""
    if not getattr(request, "came_by_company", False) and is_required(user) and not has_one(user):
        request.session[OWED] = True


@receiver(authenticator_added, dispatch_uid="factor_added")
def no_longer_owed(request: HttpRequest, **_: Any) -> None:
    """This will open Baton to whoever has set one up."""
    request.session.pop(OWED, None)


@receiver(authenticator_removed, dispatch_uid="factor_removed")
def owed_again(request: HttpRequest, user: User, **_: Any) -> None:
    """This will close it again to whoever took away what is required."""
    if is_required(user) and not has_one(user):
        request.session[OWED] = True


class Owed:
    """Middleware: lead whoever owes a second factor to where it is set up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Stand before ``get_response``."""
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; what is asked for is known only in ``process_view``."""
        return self._get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        """Answer in the view's place where a second factor is owed."""
        name = request.resolver_match.url_name if request.resolver_match else ""
        known = settings.SESSION_COOKIE_NAME in request.COOKIES
        if not known or name in FREE or not request.session.get(OWED):
            return None
        if request.path.startswith("/api/"):
            return problem_answer(403, OWED_FIRST)
        if request.path.endswith("/live") or "HX-Request" in request.headers:
            return HttpResponse(f"{OWED_FIRST}\n", status=403, content_type="text/plain")
        return redirect("mfa_activate_totp")


def framed(view: Callable[..., Any]) -> Callable[..., HttpResponse]:
    """Return a view of allauth's as a page of ours: header, clock, pace, audit."""

    @page()
    def answer(request: PersonRequest) -> HttpResponse:
        try:
            response: HttpResponse = view(request)
        except ReauthenticationRequired:
            if get_adapter().get_reauthentication_methods(request.user):
                raise  # allauth's middleware leads to where it is asked
            return render(request, "pages/log_in_anew.html", status=403)
        return response.render() if isinstance(response, TemplateResponse) else response

    return never_cache(answer)


index = framed(base.index)
activate = framed(totp.activate_totp)
deactivate = framed(totp.deactivate_totp)
view_codes = framed(codes.view_recovery_codes)
new_codes = framed(codes.generate_recovery_codes)
download_codes = framed(codes.download_recovery_codes)
again_by_password = framed(reauthenticate)
again_by_code = framed(base.reauthenticate)
# Between password and log-in: nobody is logged in yet.
authenticate = base.authenticate
