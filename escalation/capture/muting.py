"""How does a person switch a kind of advice off for good, and on again?

Advice that is wrong for somebody every time is worse than none, because it hides what is right. What is
private is no advice and cannot be switched off.
"""

from datetime import datetime
from typing import Final

from django.contrib.auth.models import User

from escalation.guard.findings import KIND_TITLES
from escalation.models import MutedAdvice
from escalation.models.prepared import Prepared

MUTED: Final = Prepared(lambda person: MutedAdvice.objects.filter(user_id=person), person=int)


def muted_by(person_id: int) -> frozenset[str]:
    """This will return the codes that the person does not want to see."""
    return frozenset(each.code for each in MUTED.rows(person=person_id))


def mute(*, code: str, by: User, now: datetime) -> bool:
    """This will switch a kind off; False where there is no such kind."""
    if code not in KIND_TITLES:
        return False
    MutedAdvice.objects.get_or_create(user=by, code=code, defaults={"muted_at": now})
    return True


def unmute(*, code: str, by: User) -> None:
    """This will switch it on again."""
    MutedAdvice.objects.filter(user=by, code=code).delete()
