"""How fast may a person's programs ask the API? ``settings.RATES["api"]`` times a minute, all together."""

from typing import Any

from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from escalation.models import Allowance


class PersonThrottle(BaseThrottle):
    """REST framework's answer to one request too many is a 429 with Retry-After, written as a problem."""

    _seconds = 0

    def allow_request(self, request: Request, view: Any) -> bool:  # noqa: ARG002  # the framework's signature
        """Count one request; whoever is nobody reads only the description, and shares one allowance."""
        self._seconds = Allowance.wait("api", f"person {request.user.pk}")
        return not self._seconds

    def wait(self) -> float:
        """Return when the next one may come, in seconds."""
        return self._seconds
