"""How does django-allauth fit in? Three adapters: accounts, second factors, the company's log-in."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthError
from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from escalation.callers.asker import address
from escalation.callers.factors import is_required
from escalation.models.sealed import seal, unseal
from escalation.transport.opening import prepare
from escalation.transport.way_out import WayOut
from escalation.web import company
from escalation.web.lasting import just_began


def refusal(request: HttpRequest, words: str) -> ImmediateHttpResponse:
    """Return what ends a log-in by the company with a page that says why."""
    page = render(request, "pages/company_refused.html", {"words": words}, status=403)
    page["Cache-Control"] = "no-store"
    return ImmediateHttpResponse(page)


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts are made by the administration or by the company's log-in, never by whoever comes along."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  # allauth's signature
        """Return that nobody makes an account for themselves."""
        return False

    def login(self, request: HttpRequest, user: Any) -> None:
        """Log in by the backend that says who is who; the first one only counts guesses."""
        user.backend = settings.AUTHENTICATION_BACKENDS[-1]
        super().login(request, user)

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:  # noqa: ARG002
        """Answer whoever has been shut out."""
        closed: HttpResponse = refusal(
            request, "This account is closed. Whoever runs Baton opens it."
        ).response
        return closed

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Return whether somebody has to prove again to be there: not in the first minutes of a log-in."""
        session = context.request.session
        return not just_began(session, now=timezone.now()) and super().is_reauthentication_required(app=app)

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address that allauth counts by."""
        return address(request)

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **more: Any
    ) -> None:
        """Say what became of a factor; that somebody is logged in, the page shows."""
        if not (message_template or "").startswith(("account/", "socialaccount/")):
            super().add_message(request, level, message_template, *args, **more)


class Factors(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of second factors are sealed like every other credential."""

    def encrypt(self, text: str) -> str:
        """Return it sealed with the newest key."""
        return seal({"secret": text})

    def decrypt(self, encrypted_text: str) -> str:
        """Return what was sealed."""
        return unseal(encrypted_text)["secret"]

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Return whether the person may do without."""
        return authenticator.type != Authenticator.Type.TOTP or not is_required(authenticator.user)


class Companies(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """The identity provider says who somebody is, and by its groups what they do here."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002
        """Return that the company's people get an account when they first come."""
        return True

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find the person's account, or refuse in words; then give it the roles of the groups."""
        request.came_by_company = True  # type: ignore[attr-defined]  # read when the session begins
        if not sociallogin.is_existing:
            try:
                known = company.account_of(sociallogin.email_addresses)
            except company.NotSure as error:
                raise refusal(request, str(error)) from error
            if known is not None:
                sociallogin.connect(request, known)
        if sociallogin.is_existing:
            company.give_roles(sociallogin.user, claims=sociallogin.account.extra_data)

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> User:
        """Make the account of somebody who is here for the first time, with the roles of the groups."""
        user: User = super().save_user(request, sociallogin, form)
        company.give_roles(user, claims=sociallogin.account.extra_data)
        return user

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, **_: Any
    ) -> None:
        """Say on a page of ours that it did not work; why stands in the log."""
        if error == AuthError.CANCELLED:
            return  # allauth leads back to the log-in
        company.logger.warning("company log-in failed: %s %s", error, type(exception).__name__)
        raise refusal(request, f"{provider.name} did not let you in, or its answer could not be believed.")

    def get_requests_session(self) -> Any:
        """Return a session that leaves by the way of all our calls."""
        way = WayOut(proxy=settings.OUTBOUND_PROXY, trusted=settings.OUTBOUND_CA)
        return prepare(super().get_requests_session(), way)
