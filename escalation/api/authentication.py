"""Who asks the API, and may what they ask with do that?

A token in the Authorization header, else the browser's session. The token stands first among the ways in:
whoever brings nothing is answered 401 with the way to do it, not 403. REST framework imports this module
while it imports its own views, so none of those stands here.
"""

from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from escalation.callers.asker import address
from escalation.callers.factors import owes_one
from escalation.callers.tokens import token_from
from escalation.models import AccessToken

REFUSED = "This token opens nothing: it is unknown, expired or revoked. Make one under Access tokens."
NEEDS_FACTOR = "Your role needs a second factor now: log in, set one up, and this token opens again."


class TokenAuthentication(BaseAuthentication):
    """``Authorization: Bearer baton_…``."""

    def authenticate(self, request: Request) -> tuple[User, AccessToken] | None:
        """Return the token's person; None where no bearer token was sent."""
        scheme, _, text = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != "bearer":
            return None
        found = token_from(text.strip(), come_from=address(request._request)[:64], now=timezone.now())  # noqa: SLF001
        if found is None:
            raise AuthenticationFailed(REFUSED)
        if owes_one(found.user):
            raise AuthenticationFailed(NEEDS_FACTOR)
        return found.user, found

    def authenticate_header(self, request: Request) -> str:  # noqa: ARG002  # REST framework's signature
        """Return what a 401 names as the way in."""
        return 'Bearer realm="baton"'


class HasScope(BasePermission):
    """The token may do it; a session may whatever its person may."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Return whether the view's scope for this method is among the token's."""
        if not isinstance(request.auth, AccessToken):
            return True
        needed = view.reads if request.method in SAFE_METHODS else view.writes
        self.message = f"This token lacks the scope “{needed}”. Make one that has it under Access tokens."
        return needed in request.auth.scopes
