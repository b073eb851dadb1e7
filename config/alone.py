"""Which commands need no installation? Those that only read lines and answer them.

They open no database and seal nothing, so they run in a clone that nobody has set up.
"""

import os
from secrets import token_urlsafe

from cryptography.fernet import Fernet

ALONE = frozenset({"extract", "link", "prefill", "sayable", "translate"})


def asks_for_nothing(words: list[str]) -> bool:
    """Say whether these words of a command line call a command that needs no installation."""
    return words[:1] != [] and words[0] in ALONE


def stand_in() -> None:
    """Fill what the settings insist on, where the environment says nothing; gone with the process.

    Keys are new each time and the database is named but nowhere: a command that reached for either after
    all would fail, not quietly use another installation's.
    """
    if not (os.environ.get("SECRET_KEY_FILE") or os.environ.get("PRACTICE")):
        os.environ.setdefault("SECRET_KEY", token_urlsafe(48))
    if not os.environ.get("CREDENTIAL_KEYS_FILE"):
        os.environ.setdefault("CREDENTIAL_KEYS", Fernet.generate_key().decode())
    os.environ.setdefault("PUBLIC_URL", "https://baton.invalid")
    os.environ.setdefault("DATABASE_URL", "postgres://nobody@baton.invalid/none")
