"""What do all addresses of the API share? Who may ask, what the audit keeps, and how it is described."""

from typing import Any, ClassVar

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from escalation.callers.audited import audit
from escalation.models import AccessToken
from escalation.models.access_token import Scope


class Resource(APIView):
    """An address of the API."""

    # The scope that a token needs, by method.
    scopes: ClassVar[dict[str, Scope]] = {"GET": Scope.READ}

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        """Keep the audit's line of what was answered."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        if isinstance(request, Request) and isinstance(request.user, User):
            token = request.auth.name if isinstance(request.auth, AccessToken) else ""
            asked: HttpRequest = request._request  # noqa: SLF001  # the audit reads Django's own
            audit(asked, request.user, answer, now=timezone.now(), token=token)
        return answer
