"""How does a person get an access token, how is one known again, and how does it end?

A token is 256 random bits, so its SHA-256 can be looked up without a salt and guessed by nobody. Its text is
returned once, when it is made, and kept nowhere.
"""

import hashlib
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db.models import Q

from escalation.models.access_token import AccessToken, Scope

PREFIX = "baton_"  # by which scanners for leaked secrets know one
MOST_TOKENS = 20  # in force, for one person
LONGEST_DAYS = 365
NOTED_EVERY = timedelta(minutes=1)


class TooMany(Exception):
    """The person has as many tokens as one can keep an eye on; the text says what to do."""


def make_token(
    *, name: str, scopes: Collection[Scope], days: int, by: User, now: datetime
) -> tuple[AccessToken, str]:
    """This will make a token of the person and return it with its text; raises ``TooMany``."""
    if AccessToken.objects.in_force(now=now).filter(user=by).count() >= MOST_TOKENS:
        raise TooMany(f"You have {MOST_TOKENS} tokens in force. Revoke one that is not used any more.")
    text = f"{PREFIX}{secrets.token_urlsafe(32)}"
    row = AccessToken.objects.create(
        user=by,
        name=name,
        digest=_digest(text),
        scopes=[each.value for each in Scope if each in scopes],
        created_at=now,
        expires_at=now + timedelta(days=min(days, LONGEST_DAYS)),
    )
    return row, text


def revoke_token(*, token: AccessToken, now: datetime) -> None:
    """This will end a token at once; one that has ended stays as it is."""
    AccessToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now)


def token_from(text: str, *, come_from: str, now: datetime) -> AccessToken | None:
    """This will return the token in force with that text, and note its use; None for anything else."""
    found = AccessToken.objects.in_force(now=now).filter(digest=_digest(text)).select_related("user").first()
    if found is None:
        return None
    # Once a minute: a program that asks all the time need not write all the time.
    unnoted = Q(used_at=None) | Q(used_at__lt=now - NOTED_EVERY) | ~Q(used_from=come_from)
    rows = AccessToken.objects.filter(unnoted, pk=found.pk)
    rows.update(used_at=now, used_from=come_from)
    return found


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()
