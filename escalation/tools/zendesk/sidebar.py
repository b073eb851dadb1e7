"""Zendesk as the tool beside whose tickets Baton is seen (``embedded.Embedded``): a server-side app.

Zendesk opens the page of an app with ``signedUrls`` by a POST whose field ``token`` is a JWT, signed with the
app's own key (RS256): ``sub`` is the address of the user, ``aud`` that of the installation. Neither names the
ticket, which the page asks its surroundings for.
(developer.zendesk.com, "Part 5: Securing the app", read November 2026.)
"""

import json
import re
import zipfile
from datetime import datetime
from importlib import resources
from io import BytesIO
from typing import Any, Final
from urllib.parse import urlsplit

import jwt
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from escalation.tools.embedded import BadKey, Viewer
from escalation.tools.updates import BadSignature
from escalation.tools.zendesk.client import client, reading
from escalation.tools.zendesk.reading import ticket_url
from escalation.transport.door import Door

LONGEST_TOKEN: Final = 8_000
LEEWAY_S: Final = 60.0  # two clocks differ
FEWEST_BITS: Final = 2048
# PyJWT would look at its own clock; the time is ours to pass in.
_UNTIMED: Final[Any] = {
    **dict.fromkeys(("verify_exp", "verify_nbf", "verify_iat", "verify_aud", "verify_iss"), False),
    "require": ["exp", "iat", "aud", "sub"],
}
_INSTALLATION: Final = re.compile(r"/api/v2/apps/installations/\d+(\.json)?")
_USER: Final = re.compile(r"/api/v2/users/(\d+)(\.json)?")
_PICTURES: Final = ("logo.png", "logo-small.png")
_EPOCH: Final = (2026, 1, 1, 0, 0, 0)  # the same app is the same bytes, whenever it is made
_AGENT_ROLES: Final = frozenset({"agent", "admin"})


def public_key(text: str) -> str:
    """This will return the app's public key in PEM, as Zendesk serves it; raises ``BadKey``."""
    try:
        key = serialization.load_pem_public_key(text.strip().encode())
    except (ValueError, UnsupportedAlgorithm):
        raise BadKey("That is no public key. It begins with -----BEGIN PUBLIC KEY-----.") from None
    if not isinstance(key, RSAPublicKey) or key.key_size < FEWEST_BITS:
        raise BadKey(f"Zendesk signs with RSA keys of {FEWEST_BITS} bits or more; this is another kind.")
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_bytes(serialization.Encoding.PEM, form).decode()


def package(*, name: str, page: str, contact: str) -> bytes:
    """This will make the app to upload as a private one: its sidebar is our page."""
    manifest = {
        "name": name,
        "author": {"name": "Baton", "email": contact, "url": page},
        "defaultLocale": "en",
        "private": True,
        "location": {"support": {"ticket_sidebar": {"url": page, "flexible": True}}},
        "signedUrls": True,
        "version": "1.0",
        "frameworkVersion": "2.0",
    }
    words = {
        "app": {
            "name": name,
            "short_description": "Hands tickets off to another team, and shows what became of it.",
            "long_description": "Begins a handoff from the ticket and shows its timeline beside it.",
            "installation_instructions": "Copy the app's public key to the connection's page in Baton.",
        }
    }
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        _put(packed, "manifest.json", json.dumps(manifest, indent=2).encode())
        _put(packed, "translations/en.json", json.dumps(words, indent=2).encode())
        for picture in _PICTURES:
            file = resources.files("escalation.tools.zendesk") / "app" / picture
            _put(packed, f"assets/{picture}", file.read_bytes())
    return made.getvalue()


def viewer_id(token: str, *, key: str, site: str, now: datetime) -> str:
    """This will return the id of the user that Zendesk says is looking; raises ``BadSignature``."""
    if not key or len(token) > LONGEST_TOKEN:
        raise BadSignature("The request cannot be one of the app's.")
    try:
        said = jwt.decode(token, key, algorithms=["RS256"], options=_UNTIMED)
    except (jwt.InvalidTokenError, ValueError):
        raise BadSignature("The request was not signed by the app.") from None
    _in_time(said, now.timestamp())
    if _at(said["aud"], site, _INSTALLATION) is None:
        raise BadSignature("The request is not from an installation at this address.")
    user = _at(said["sub"], site, _USER)
    if user is None:
        raise BadSignature("The request names nobody at this address.")
    return user.group(1)


def viewer(door: Door, viewer_id: str) -> Viewer:
    """This will read the user; an address that Zendesk has not verified is as good as none."""
    with reading():
        user = client(door).users(id=int(viewer_id)).to_dict()
    works = user.get("role") in _AGENT_ROLES and user.get("active") is True and not user.get("suspended")
    email = str(user.get("email") or "") if user.get("verified") is True else ""
    return Viewer(name=str(user.get("name") or ""), email=email, works_there=works)


def ticket_address(site: str, reference: str) -> str:
    """This will return the address at which agents open the ticket, or "" for what is no number."""
    if not reference.isascii() or not reference.isdigit() or len(reference) > 20:
        return ""
    return ticket_url(site, reference)


def _in_time(said: dict[str, Any], now: float) -> None:
    bounds = [said["iat"], said.get("nbf", said["iat"]), said["exp"]]
    if not all(isinstance(each, (int, float)) for each in bounds):
        raise BadSignature("The request does not say when it was signed.")
    if max(bounds[:2]) > now + LEEWAY_S or bounds[2] < now - LEEWAY_S:
        raise BadSignature("The request is too old, or a clock is wrong.")


def _at(address: Any, site: str, path: re.Pattern[str]) -> re.Match[str] | None:
    """Match the path of an address at the tenant's own host; None for any other address."""
    try:
        parts = urlsplit(address if isinstance(address, str) else "")
    except ValueError:
        return None
    same = parts.netloc.lower() == urlsplit(site).netloc.lower() != ""
    return path.fullmatch(parts.path) if same else None


def _put(packed: zipfile.ZipFile, name: str, content: bytes) -> None:
    packed.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
