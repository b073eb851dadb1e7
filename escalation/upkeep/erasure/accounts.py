"""What becomes of somebody's own account? It is closed and loses its name; what was done by it stays done."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.auth.models import User
from django.db.models import Q

from escalation.models import AccessToken, Membership, Notice, NoticeChoice, NoticeHours, SavedView
from escalation.upkeep.erasure.person import ERASED, Person


@dataclass(frozen=True, kw_only=True, slots=True)
class Closed:
    """An account as it was before it was closed."""

    pk: int
    username: str
    teams: frozenset[int]
    runs_baton: bool  # an administrator's


def close(person: Person, counts: Counter[str]) -> tuple[Closed, ...]:
    """This will close the person's accounts; returns what they were."""
    mine = [each for each in User.objects.all() if _is(each, person)]
    closed = tuple(map(_closed, mine))
    for user in mine:
        theirs: tuple[Any, ...] = (EmailAddress, Authenticator, SocialAccount, Membership, SavedView, Notice)
        for model in theirs:
            counts[str(model._meta.verbose_name_plural)] += model._default_manager.filter(user=user).delete()[
                0
            ]
        for model in (NoticeChoice, NoticeHours):
            model._default_manager.filter(user=user).delete()
        # The audit's lines hang on them; a closed account's tokens open nothing.
        AccessToken.objects.filter(user=user).update(name=ERASED, used_from="")
        for log in (AccessAttempt, AccessFailureLog, AccessLog):
            counts["log-ins"] += log.objects.filter(Q(username__iexact=user.username)).delete()[0]
        name = f"erased-{user.pk}"
        user.set_unusable_password()
        User.objects.filter(pk=user.pk).update(
            username=name,
            first_name="",
            last_name="",
            email="",
            password=user.password,
            is_active=False,
            is_staff=False,
            is_superuser=False,
        )
    counts["accounts"] += len(mine)
    return closed


def _closed(user: User) -> Closed:
    teams = Membership.objects.filter(user=user).values_list("team", flat=True)
    return Closed(
        pk=user.pk,
        username=user.username,
        teams=frozenset(teams),
        runs_baton=user.is_staff or user.is_superuser,
    )


def _is(user: User, person: Person) -> bool:
    known = (user.username, user.email, user.get_full_name())
    return any(word and person.is_named_by(word) for word in known)
