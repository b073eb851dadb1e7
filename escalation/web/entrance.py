"""How does a person come in and go out?

The one-click accounts exist in practice mode only; outside it their address does not exist either.
"""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model, login
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from escalation.callers.asker import address
from escalation.models import Allowance
from escalation.web.lasting import span
from escalation.web.pace import refused

# Username, title, what one does with it; the accounts themselves are rows of the practice world.
PRACTICE_ACCOUNTS: tuple[tuple[str, str, str], ...] = (
    ("level-one", "Level One", "Escalate a ticket and watch what becomes of it"),
    ("level-two", "Level Two", "Take in a handoff, accept it, start diagnosing"),
    ("level-three", "Level Three", "Take on what Level Two hands further, work in Jira"),
    ("lead", "Lead", "See how handoffs go on each route"),
    ("owner", "Owner", "Look after connections, routes and rules"),
)
A_YEAR_S = 365 * 24 * 60 * 60


class LogIn(LoginView):
    """The ordinary log-in, with the practice accounts beside it in practice mode."""

    template_name = "pages/login.html"
    redirect_authenticated_user = True
    authentication_form = AuthenticationForm
    extra_context = {  # noqa: RUF012  # Django's own name
        "accounts": PRACTICE_ACCOUNTS if settings.PRACTICE else (),
        "idle": span(settings.SESSION_IDLE),
    }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take so many tries from one address, whatever the names; django-axes counts those of one name."""
        if seconds := Allowance.wait("outside", address(request)):
            return refused(request, "outside", seconds)
        return super().post(request, *args, **kwargs)


@require_POST
def log_in_practice(request: HttpRequest, username: str) -> HttpResponse:
    """This will log in as a practice account, without a password."""
    if not settings.PRACTICE or username not in {name for name, _, _ in PRACTICE_ACCOUNTS}:
        raise Http404
    user = get_object_or_404(get_user_model(), username=username, is_active=True)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return redirect(_next(request))


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """This will keep the person's choice of light or dark in a cookie."""
    response = redirect(_next(request))
    if (choice := request.POST.get("theme")) in {"light", "dark"}:
        response.set_cookie("theme", choice, max_age=A_YEAR_S, samesite="Lax", httponly=True)
    return response


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else settings.LOGIN_REDIRECT_URL
