"""How are credentials kept? Encrypted at rest, readable only by who opens a connection.

Fernet with a list of keys (``settings.CREDENTIAL_KEYS``): the first encrypts, all decrypt, so keys
rotate without a stop. The plain values never reach a queue row, a log or a page.
"""

import json
from collections.abc import Mapping

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class Unreadable(Exception):
    """No configured key opens these credentials; an owner must enter them again."""


def seal(values: Mapping[str, str]) -> str:
    """This will encrypt the values with the newest key."""
    return _keys().encrypt(json.dumps(dict(values)).encode()).decode()


def unseal(sealed: str) -> dict[str, str]:
    """This will decrypt what ``seal`` made; raises ``Unreadable``."""
    if not sealed:
        return {}
    try:
        values: dict[str, str] = json.loads(_keys().decrypt(sealed.encode()))
    except InvalidToken:
        raise Unreadable(
            "The stored credentials cannot be read with the keys in use; enter them again."
        ) from None
    return values


def resealed(sealed: str) -> str:
    """This will seal the values with the newest key; what it sealed already, and "", come back as they are.

    Raises ``Unreadable`` where none of the keys opens them.
    """
    if not sealed or _opened_by_the_newest(sealed):
        return sealed
    return seal(unseal(sealed))


def _opened_by_the_newest(sealed: str) -> bool:
    try:
        Fernet(settings.CREDENTIAL_KEYS[0]).decrypt(sealed.encode())
    except InvalidToken:
        return False
    return True


def _keys() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.CREDENTIAL_KEYS])
