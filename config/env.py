"""What does the environment say? Typed readers that fail loudly and name the variable.

A secret called NAME may also be given as a file called by NAME_FILE (mounted secrets); a file that is
named but missing is an error, never an empty secret. Nothing else reads `os.environ`, but `alone` and
`manage.py`, which fill what is missing before the settings are read.
"""

import json
import os
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

YES = frozenset({"1", "true", "yes", "on"})
NO = frozenset({"0", "false", "no", "off", ""})
# The file that `make run` leaves in DATA_DIR, so that a command in a second shell meets the same world.
PRACTICE_FILE = "practice.env"


def text(name: str, *, default: str | None = None) -> str:
    """Return the variable as text; without a default an unset variable is an error."""
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"{name} is not set, and there is no default that would be safe.")
    return value.strip()


def flag(name: str, *, default: bool = False) -> bool:
    """Return the variable as yes or no; any other word is an error."""
    word = os.environ.get(name, "yes" if default else "no").strip().lower()
    if word in YES:
        return True
    if word in NO:
        return False
    raise ImproperlyConfigured(f"{name} is {word!r}; say 1 or 0.")


def number(name: str, *, default: int) -> int:
    """Return the variable as a whole number."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    try:
        return int(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is {value!r}; say a whole number.") from error


def words(name: str, *, default: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return a list given with commas, without its empty places."""
    value = os.environ.get(name)
    if value is None:
        return default
    return tuple(word.strip() for word in value.split(",") if word.strip())


def numbers(name: str, *, default: dict[str, int]) -> dict[str, int]:
    """Return numbers by their words, given with commas as export=60,api=3000; what is not given stays.

    A word that the default does not know, and a number below nothing, would change nothing or too much.
    """
    pairs = [word.partition("=") for word in words(name)]
    try:
        given = {key.strip(): int(value) for key, _, value in pairs}
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is a list of numbers, as export=60,api=3000: {error}.") from error
    for key, number in given.items():
        if key not in default:
            raise ImproperlyConfigured(f"{name} knows no {key!r}; it knows {', '.join(default)}.")
        if number < 0:
            raise ImproperlyConfigured(f"{name} says {key}={number}; a number here is never below 0.")
    return default | given


def networks(name: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """Return addresses and networks given with commas, as 10.0.0.7,fd00::/8; () when unset."""
    try:
        return tuple(ip_network(word) for word in words(name))
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} names addresses or networks, as 10.0.0.0/8: {error}.") from error


def secret(name: str) -> str | None:
    """Return NAME, or what the file called by NAME_FILE holds; None when neither is given."""
    path = os.environ.get(f"{name}_FILE")
    if not path:
        return os.environ.get(name) or None
    if os.environ.get(name):
        raise ImproperlyConfigured(f"{name} and {name}_FILE are both set; keep one.")
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE names {path}, which cannot be read: {error}.") from error


def database(url: str, *, name: str = "DATABASE_URL") -> dict[str, Any]:
    """Return Django's settings for postgres://user:password@host:port/name?option=value.

    `?host=/folder` names a Unix socket; every other option goes to libpq as it is (sslmode, …).
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or len(parts.path) < 2:
        raise ImproperlyConfigured(f"{name} must look like postgres://user:password@host:5432/name.")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or parts.hostname or "",
        "PORT": str(parts.port or options.pop("port", "")),
        "OPTIONS": options,
    }


def embedded_database(folder: Path) -> str:
    """Return the URL of the PostgreSQL that `make run` keeps in this folder.

    The fifth line of postmaster.pid says where its socket is: a long path moves it out of the folder.
    """
    try:
        socket = (folder / "postmaster.pid").read_text(encoding="utf-8").splitlines()[4]
    except (OSError, IndexError):
        socket = str(folder)
    return f"postgres://postgres@/baton?host={quote(socket)}"


def read_practice_file(data_dir: Path) -> None:
    """Take over what `make run` wrote for this data folder, where the environment says nothing.

    Never when SECRET_KEY is given: whoever gives one runs a real installation, and a file that a practice
    run left behind must not open it.
    """
    file = data_dir / PRACTICE_FILE
    if secret("SECRET_KEY") or not file.is_file():
        return
    for line in file.read_text(encoding="utf-8").splitlines():
        name, sign, value = line.partition("=")
        if sign:
            os.environ.setdefault(name, value)


@dataclass(frozen=True, kw_only=True, slots=True)
class Smtp:
    """One mail server; ``ssl`` from the first byte, ``tls`` after a greeting."""

    host: str
    port: int
    user: str
    password: str
    ssl: bool
    tls: bool


def smtp(url: str) -> Smtp:
    """Read smtp://user:password@host:25, smtps:// (SSL) or smtp+tls:// (STARTTLS)."""
    parts = urlsplit(url)
    ports = {"smtp": 25, "smtps": 465, "smtp+tls": 587}
    if parts.scheme not in ports or not parts.hostname:
        raise ImproperlyConfigured("SMTP_URL starts with smtp://, smtps:// or smtp+tls:// and names a host.")
    return Smtp(
        host=parts.hostname,
        port=parts.port or ports[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        ssl=parts.scheme == "smtps",
        tls=parts.scheme == "smtp+tls",
    )


def mail_provider_settings() -> dict[str, Any]:
    """Read MAIL_PROVIDER_SETTINGS, a JSON object such as {"MAILGUN_API_KEY": "..."}; {} when unset."""
    given = secret("MAIL_PROVIDER_SETTINGS")
    if not given:
        return {}
    try:
        values = json.loads(given)
    except ValueError:
        values = None
    if not isinstance(values, dict):
        # The value holds a key: it is not repeated.
        raise ImproperlyConfigured("MAIL_PROVIDER_SETTINGS is not a JSON object.")
    return values


@dataclass(frozen=True, kw_only=True, slots=True)
class IdentityProvider:
    """The company's own log-in by OpenID Connect; without an issuer there is none."""

    issuer: str
    name: str
    client_id: str
    secret: str = field(repr=False)
    groups_claim: str
    roles: dict[str, tuple[tuple[str, str], ...]]

    def apps(self) -> list[dict[str, Any]]:
        """Return it as django-allauth's settings want it."""
        if not self.issuer:
            return []
        app = {
            "provider_id": "company",
            "name": self.name,
            "client_id": self.client_id,
            "secret": self.secret,
        }
        return [app | {"settings": {"server_url": self.issuer, "oauth_pkce_enabled": True}}]

    def origin(self) -> str:
        """Return scheme and host, for what a browser may be led to."""
        parts = urlsplit(self.issuer)
        return f"{parts.scheme}://{parts.netloc}" if self.issuer else ""


def identity_provider(*, practice: bool) -> IdentityProvider:
    """Read OIDC_ISSUER and what belongs to it; an issuer without a client, or by plain HTTP, is an error."""
    issuer = text("OIDC_ISSUER", default="")
    found = IdentityProvider(
        issuer=issuer.rstrip("/"),
        name=text("OIDC_NAME", default="the company log-in"),
        client_id=text("OIDC_CLIENT_ID", default=None if issuer else ""),
        secret=secret("OIDC_CLIENT_SECRET") or "",
        groups_claim=text("OIDC_GROUPS_CLAIM", default="groups"),
        roles=_roles("OIDC_ROLES"),
    )
    if issuer and not practice and not issuer.startswith("https://"):
        raise ImproperlyConfigured("OIDC_ISSUER starts with https://.")
    return found


def _roles(name: str) -> dict[str, tuple[tuple[str, str], ...]]:
    """Read {"group": ["Team: role", "administrator"]} as group to (team, role); an administrator has none."""
    try:
        given: dict[str, list[str]] = json.loads(secret(name) or "{}")
        return {group: tuple(_role(each) for each in told) for group, told in given.items()}
    except (ValueError, AttributeError, TypeError) as error:
        raise ImproperlyConfigured(f'{name} is JSON as {{"group": ["Team: level_one"]}}: {error}.') from error


def _role(words: str) -> tuple[str, str]:
    team, colon, role = words.rpartition(":")
    if not colon and words.strip() != "administrator":
        raise ValueError(f"{words!r} is neither a team with a role nor administrator")
    return (team.strip(), role.strip()) if colon else (words.strip(), "")
