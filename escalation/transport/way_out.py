"""By which way do calls leave the company, and whose certificates are believed?

An outbound proxy only passes bytes on: over it goes HTTPS alone, tunnelled, so that it reads host names and
no credential of a tool. Nothing of this comes from the process's environment (``trust_env`` stays off).
"""

import ssl
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import urlsplit

from requests.utils import DEFAULT_CA_BUNDLE_PATH


@dataclass(frozen=True, kw_only=True, slots=True)
class WayOut:
    """How one connection's calls travel.

    ``proxy`` is "" for straight, else "http://[user:password@]host:port"; ``trusted`` holds certificates as
    PEM, which are then believed instead of the public ones.
    """

    proxy: str = field(default="", repr=False)  # may hold a password
    trusted: str = ""

    def proxies(self, url: str) -> dict[str, str]:
        """This will return what requests is told: plain HTTP never goes through a proxy."""
        return {"https": self.proxy} if self.proxy and url.startswith("https://") else {}

    def context(self) -> ssl.SSLContext:
        """This will return what a TLS connection is checked with; raises ``ValueError`` for a broken PEM."""
        return _context(self.trusted.strip())


def check_proxy(address: str) -> None:
    """This will raise ``ValueError`` for what can be no proxy's address."""
    parts = urlsplit(address)
    try:
        sound = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        sound = False
    if not sound or parts.path not in {"", "/"}:
        raise ValueError("A proxy is given as http://proxy.example:3128.")


@lru_cache(maxsize=32)
def _context(trusted: str) -> ssl.SSLContext:
    """Reading the certificates takes some ten milliseconds, and a door is opened for every delivery."""
    if not trusted:
        return ssl.create_default_context(cafile=DEFAULT_CA_BUNDLE_PATH)
    try:
        return ssl.create_default_context(cadata=trusted)
    except (ssl.SSLError, ValueError, TypeError):  # the last of what is not ASCII
        raise ValueError("The certificates to trust are no PEM certificates.") from None
