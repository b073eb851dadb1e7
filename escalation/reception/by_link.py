"""How does somebody without an account answer once? The link is used up in the answer's own transaction."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from escalation.models import Handoff, UsedLink


class LinkUsed(Exception):
    """The link has been answered with already."""


def is_used(digest: str) -> bool:
    """This will say whether that link has been answered with."""
    return UsedLink.objects.filter(digest=digest).exists()


@transaction.atomic
def answer_once(
    *, handoff: Handoff, purpose: str, digest: str, act: Callable[[Handoff], Any], now: datetime
) -> None:
    """This will act and use the link up; what is refused leaves the link as good as it was.

    Raises ``LinkUsed`` and whatever ``act`` raises.
    """
    try:
        with transaction.atomic():
            UsedLink.objects.create(handoff=handoff, purpose=purpose, digest=digest, used_at=now)
    except IntegrityError as error:
        raise LinkUsed from error
    act(handoff)
