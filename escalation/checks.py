"""Which settings would be dangerous in production? Django system checks, each with its id."""

from typing import Any

from cryptography.fernet import Fernet
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.security, deploy=True)
def practice_is_off(**_kwargs: Any) -> list[CheckMessage]:
    """Practice mode logs people in with one click; it must never be on where real tickets are."""
    if settings.PRACTICE:
        return [checks.Warning("PRACTICE is on: anyone who reaches Baton can log in.", id="escalation.W001")]
    return []


@register(Tags.security)
def credentials_can_be_sealed(**_kwargs: Any) -> list[CheckMessage]:
    """Without a usable key no connection's credentials could be stored or read."""
    try:
        keys = [Fernet(key) for key in settings.CREDENTIAL_KEYS]
    except ValueError:
        return [Error("CREDENTIAL_KEYS holds something that is not a Fernet key.", id="escalation.E002")]
    if not keys:
        return [Error("CREDENTIAL_KEYS is empty: credentials cannot be stored.", id="escalation.E001")]
    return []
