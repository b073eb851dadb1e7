"""What do all addresses of the API share? Who may ask, what the audit keeps, and how it is described."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from escalation.callers.audited import audit
from escalation.models import AccessToken, Handoff
from escalation.models.access_token import Scope
from escalation.models.handoff import HandoffQuerySet

MOST_NUMBER = 2**63 - 1  # what a key of a table can be; a greater one is nobody's
# What every page of a handoff reads of its surroundings.
WITH = ("route__sender", "route__receiver", "route__source", "route__target", "author", "template")


class Meaningless(APIException):
    """Well formed, and still nothing that could be done; ``errors`` says what is wrong with which field."""

    status_code = 422
    default_detail = "It is well formed, and cannot be done like that."

    def __init__(self, detail: str = "", *, errors: Mapping[str, list[str]] | None = None) -> None:
        super().__init__(detail or " ".join(text for texts in (errors or {}).values() for text in texts))
        self.errors = dict(errors or {})


class Resource(APIView):
    """An address of the API."""

    # What a token needs to read here, and to change something.
    reads: ClassVar[Scope] = Scope.READ
    writes: ClassVar[Scope] = Scope.WRITE

    @property
    def person(self) -> User:
        """Who asks; the permissions have seen to it that there is somebody."""
        assert isinstance(self.request.user, User)  # noqa: S101  # for the type checker
        return self.request.user

    @property
    def now(self) -> datetime:
        """The clock, read here and passed on."""
        return timezone.now()

    def visible(self) -> HandoffQuerySet:
        """Return the handoffs that the person may see."""
        return Handoff.objects.visible_to(self.person).select_related(*WITH)

    def handoff(self, pk: UUID) -> Handoff:
        """Return a handoff that the person may see; raises 404."""
        return get_object_or_404(self.visible(), pk=pk)

    def draft(self, pk: UUID) -> Handoff:
        """Return the person's own draft; raises 404."""
        return get_object_or_404(Handoff.objects.drafts_of(self.person).select_related(*WITH), pk=pk)

    def received(self, pk: UUID) -> Handoff:
        """Return what is addressed to a team of the person; raises 404."""
        return get_object_or_404(self._among(Handoff.objects.received_by(self.person)), pk=pk)

    def sent(self, pk: UUID) -> Handoff:
        """Return what a team of the person sent; raises 404."""
        return get_object_or_404(self._among(Handoff.objects.sent_by(self.person)), pk=pk)

    def _among(self, some: HandoffQuerySet) -> HandoffQuerySet:
        return self.visible().filter(pk__in=some.values("pk"))

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        """Keep the audit's line of what was answered."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        if isinstance(request, Request) and isinstance(request.user, User):
            token = request.auth.name if isinstance(request.auth, AccessToken) else ""
            asked: HttpRequest = request._request  # noqa: SLF001  # the audit reads Django's own
            audit(asked, request.user, answer, now=timezone.now(), token=token)
        return answer
