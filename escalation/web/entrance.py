"""How does a person come in and go out?

The one-click accounts exist in practice mode only; outside it their address does not exist either.
"""

from typing import Any

from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

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
    ("second-owner", "Second owner", "Look after the route to Jira, approve what the first asks for"),
)
A_YEAR_S = 365 * 24 * 60 * 60


class LogIn(LoginView):
    """The ordinary log-in, with the practice accounts beside it in practice mode."""

    template_name = "pages/login.html"
    redirect_authenticated_user = True
    authentication_form = AuthenticationForm

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """Name the ways in that this installation has."""
        ways = {
            "accounts": PRACTICE_ACCOUNTS if settings.PRACTICE else (),
            "idle": span(settings.SESSION_IDLE),
            "company": settings.COMPANY.name if settings.COMPANY.issuer else "",
            "by_password": settings.PASSWORD_LOGIN,
        }
        return super().get_context_data(**more) | ways

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let the button of the company's log-in lead there: a browser follows forms to listed hosts."""
        response = super().dispatch(request, *args, **kwargs)
        if settings.COMPANY.issuer:
            response._csp_update = {"form-action": [settings.COMPANY.origin()]}  # type: ignore[attr-defined]  # noqa: SLF001  # as csp_update sets it
        return response

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take so many tries from one address, whatever the names; django-axes counts those of one name."""
        if seconds := Allowance.wait("outside", address(request)):
            return refused(request, "outside", seconds)
        if not settings.PASSWORD_LOGIN:
            raise Http404
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Go on with the next step of the log-in: a second factor, where the person has one."""
        return _go_on(self.request, form.get_user(), then=self.get_success_url())


@require_POST
def log_in_practice(request: HttpRequest, username: str) -> HttpResponse:
    """This will log in as a practice account, without a password."""
    if not settings.PRACTICE or username not in {name for name, _, _ in PRACTICE_ACCOUNTS}:
        raise Http404
    user = get_object_or_404(get_user_model(), username=username, is_active=True)
    return _go_on(request, user, then=_next(request))


def _go_on(request: HttpRequest, user: Any, *, then: str) -> HttpResponse:
    response: HttpResponse = perform_login(request, user, redirect_url=then)
    return response


@require_safe
def log_in_staff(request: HttpRequest) -> HttpResponse:
    """This will let the administration be entered by the one log-in there is, with its second factor."""
    if request.user.is_authenticated:
        if request.user.is_staff:
            return redirect("admin:index")
        raise Http404
    wanted = url_has_allowed_host_and_scheme(request.GET.get("next", ""), allowed_hosts={request.get_host()})
    return redirect_to_login(request.GET["next"] if wanted else reverse("admin:index"))


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
    # A bare word would be taken for the name of one of our pages.
    return wanted if safe and wanted.startswith("/") else settings.LOGIN_REDIRECT_URL
