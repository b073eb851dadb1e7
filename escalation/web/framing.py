"""By what does a frame inside a tool prove who looks, and which site may hold it?

A frame gets no session: a browser sends our cookies into another site's page only where they are loosened for
every site (``SameSite=None``), and then each page of Baton could be asked from anywhere. It holds a pass
instead, signed, for one person at one connection, in its own form and never in an address. A pass lasts as
long as a session without work, is renewed while the frame is open, and ends with the app's key
(docs/decisions).
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import User
from django.core.signing import BadSignature, Signer
from django.http import HttpResponse

from escalation.models import Connection


class NoPass(Exception):
    """The pass was not made for this, or is too old; a frame that is opened again gets a new one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Pass:
    """Who looks (None: somebody of the tool without an account here), and since when."""

    person: User | None
    opened_at: datetime


def sign_pass(row: Connection, held: Pass, *, now: datetime) -> str:
    """This will sign a pass, good until nobody has asked for a session's idle time or a session would end."""
    until = min(now + settings.SESSION_IDLE, held.opened_at + settings.SESSION_LONGEST)
    said = {
        "person": held.person.pk if held.person else 0,
        "opened": int(held.opened_at.timestamp()),
        "until": int(until.timestamp()),
    }
    return _signer(row).sign_object(said)


def read_pass(row: Connection, signed: str, *, now: datetime) -> Pass:
    """This will return whose pass it is; raises ``NoPass``, also for a person who has been shut out."""
    if not row.app_key:
        raise NoPass
    try:
        said: dict[str, Any] = _signer(row).unsign_object(signed)
    except (BadSignature, ValueError) as error:
        raise NoPass from error
    if now.timestamp() > said["until"]:
        raise NoPass
    person = User.objects.filter(pk=said["person"], is_active=True).first() if said["person"] else None
    if said["person"] and person is None:
        raise NoPass
    return Pass(person=person, opened_at=datetime.fromtimestamp(said["opened"], tz=now.tzinfo))


def held_by(row: Connection, response: HttpResponse) -> HttpResponse:
    """This will let the connection's own site, and no other, show the page in a frame."""
    response.xframe_options_exempt = True  # it cannot name a site; the policy does
    response._csp_replace = {"frame-ancestors": [site_of(row)]}  # type: ignore[attr-defined]  # noqa: SLF001
    response["Cache-Control"] = "no-store"
    return response


def site_of(row: Connection) -> str:
    """This will return the origin at which people open the tool."""
    parts = urlsplit(row.base_url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def _signer(row: Connection) -> Signer:
    key = hashlib.sha256(row.app_key.encode()).hexdigest()
    return Signer(salt=f"baton.frame.{row.pk.hex}.{key}")
