"""What do all our mails share? How they are stopped from a mail program, marked, and how they fail."""

import smtplib
from collections.abc import Mapping
from typing import Final

from anymail.exceptions import AnymailError
from django.conf import settings
from django.urls import reverse

from escalation.timeline.unsubscribe import token_for

# The words of a mail server may hold addresses: of these the kind is told, never the text.
FAILURES: Final = (OSError, smtplib.SMTPException, AnymailError)


def stop_address(*, user_id: int, kind: str) -> str:
    """This will return the address under which mails of that kind stop, without logging in."""
    return f"{settings.PUBLIC_URL}{reverse('stop_mail', args=[token_for(user_id=user_id, kind=kind)])}"


def headers(stop: str) -> Mapping[str, str]:
    """This will return what a mail program reads: one press stops them (RFC 8058), and a machine wrote it."""
    return {
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }
