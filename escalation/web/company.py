"""Who comes from the company's identity provider, and what do they do here?

An account that is here already is joined by its mail address, when the provider has checked that and only
one account has it. Roles come with the groups in ``settings.OIDC_ROLES``: group to ("Team", role) pairs. Only
what is named there is given and taken away, at every log-in; everything else the administration looks after.
"""

import logging
from collections.abc import Iterable, Mapping
from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from escalation.models import Membership, Team

logger = logging.getLogger(__name__)
ADMINISTRATOR = "administrator"


class NotSure(Exception):
    """Somebody could be one of several accounts, or only says so."""


class CodeFlow(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth has no types
    """The authorization code flow, with a signature that is always checked.

    OpenID Connect Core, 3.1.3.7, lets a client skip that where TLS brought the token; a proxy on the way may
    end TLS, so we do not.
    """

    @property
    def did_fetch_access_token(self) -> bool:
        """Return that the token has to prove itself, however it came."""
        return False

    @did_fetch_access_token.setter
    def did_fetch_access_token(self, _: bool) -> None:
        """Allauth notes here that TLS brought the token."""


@require_POST
@never_cache
def begin(request: HttpRequest, provider_id: str) -> HttpResponse:
    """This will lead to the identity provider."""
    return _stepped(OAuth2LoginView, request, provider_id)


@require_safe
@never_cache
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """This will take the identity provider's word for who somebody is, once it is proven."""
    return _stepped(OAuth2CallbackView, request, provider_id)


@require_safe
def cancelled(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  # a view
    """This will lead back to the log-in whoever turned round at the identity provider."""
    return redirect("login")


def _stepped(step: Any, request: HttpRequest, provider_id: str) -> HttpResponse:
    try:
        response: HttpResponse = step.adapter_view(CodeFlow(request, provider_id))(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    except OSError:  # as every error of requests
        logger.warning("company log-in: the identity provider cannot be reached", exc_info=True)
        words = (
            f"{settings.COMPANY.name} cannot be reached at the moment. Try again, or tell whoever runs Baton."
        )
        response = render(request, "pages/company_refused.html", {"words": words}, status=503)
    return response


def account_of(addresses: Iterable[EmailAddress]) -> User | None:
    """Return the account with one of these addresses, None when there is none; raises ``NotSure``."""
    found: dict[int, User] = {}
    for each in addresses:
        for user in User.objects.filter(email__iexact=each.email):
            if not each.verified:
                raise NotSure(
                    "An account here has your mail address, and your company’s log-in does not say that the "
                    "address is checked. Whoever runs Baton can join the two."
                )
            found[user.pk] = user
    if len(found) > 1:
        raise NotSure(
            "Several accounts here have your mail address. Whoever runs Baton can say which is yours."
        )
    return next(iter(found.values()), None)


@transaction.atomic
def give_roles(user: User, *, claims: Mapping[str, Any]) -> None:
    """This will make the person's roles those of their groups, as far as ``OIDC_ROLES`` names them."""
    groups = _groups(claims)
    managed = {pair for pairs in settings.OIDC_ROLES.values() for pair in pairs}
    wanted = {pair for group, pairs in settings.OIDC_ROLES.items() if group in groups for pair in pairs}
    if (ADMINISTRATOR, "") in managed:
        user.is_staff = user.is_superuser = (ADMINISTRATOR, "") in wanted
        user.save(update_fields=["is_staff", "is_superuser"])
    teams = {
        each.name: each for each in Team.objects.filter(name__in=[name for name, role in managed if role])
    }
    for name, role in sorted(managed):
        if not role:
            continue
        if name not in teams:
            logger.warning("company log-in: OIDC_ROLES names a team that is not here: %s", name)
        elif (name, role) in wanted:
            Membership.objects.get_or_create(user=user, team=teams[name], role=role)
        else:
            Membership.objects.filter(user=user, team=teams[name], role=role).delete()


def _groups(claims: Mapping[str, Any]) -> set[str]:
    """The groups as the user info or the token names them: one word or a list."""
    groups: set[str] = set()
    for source in (claims.get("userinfo"), claims.get("id_token")):
        named = source.get(settings.OIDC_GROUPS_CLAIM) if isinstance(source, dict) else None
        groups |= {named} if isinstance(named, str) else {str(each) for each in named or ()}
    return groups
