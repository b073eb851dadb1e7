"""Where do the two secrets come from? The environment; on a practice machine, a file made once.

Outside practice mode nothing is ever generated: a key that nobody wrote down cannot decrypt the
credentials after the next restart.
"""

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

from config import env


def secret_key(*, folder: Path, practice: bool) -> str:
    """Return Django's SECRET_KEY."""
    given = env.secret("SECRET_KEY")
    if given:
        return given
    if not practice:
        raise ImproperlyConfigured(
            "SECRET_KEY (or SECRET_KEY_FILE) is not set. To try Baton on one machine, use `make run`."
        )
    return _made_once(folder / "secret_key", lambda: secrets.token_urlsafe(50))


def credential_keys(*, folder: Path, practice: bool) -> tuple[str, ...]:
    """Return the Fernet keys for credentials at rest: the first encrypts, all of them decrypt."""
    given = env.secret("CREDENTIAL_KEYS")
    if given is None and practice:
        given = _made_once(folder / "credential_keys", lambda: Fernet.generate_key().decode())
    keys = tuple((given or "").replace(",", " ").split())
    if not keys:
        raise ImproperlyConfigured(
            "CREDENTIAL_KEYS (or CREDENTIAL_KEYS_FILE) is not set: one or more Fernet keys, newest first."
        )
    for position, key in enumerate(keys, start=1):
        try:
            Fernet(key)
        except ValueError as error:
            raise ImproperlyConfigured(f"Key {position} of CREDENTIAL_KEYS is not a Fernet key.") from error
    return keys


def _made_once(file: Path, make: Callable[[], str]) -> str:
    """Return what the file holds; the first process to come makes it, readable by its owner only."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    if not file.exists():
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as handle:
            handle.write(make())
        try:
            os.link(draft, file)  # atomic, and refuses to replace another process's key
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return file.read_text(encoding="utf-8").strip()
