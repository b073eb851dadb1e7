"""Through which door does a delivery go, when the one before went to the same tenant?

Through the same: a connection that is open already spares a handshake (two round trips over TLS) and the
opening of sealed credentials. Each thread keeps its own, for a session is not shared between threads.
"""

import json
import threading
from dataclasses import dataclass
from time import monotonic
from typing import Any, Final
from uuid import UUID

from django.conf import settings

from escalation.models import Connection
from escalation.transport.door import Door

# Servers close what is idle, some after five seconds. A write into a closing connection looks like a lost
# answer, and would make us wait and look for nothing.
IDLE_S: Final = 4.0
MOST: Final = 32  # tenants for each thread


@dataclass(kw_only=True, slots=True)
class _Kept:
    door: Door
    made_for: tuple[Any, ...]
    used_at: float


class _OfThisThread(threading.local):
    def __init__(self) -> None:
        self.kept: dict[UUID, _Kept] = {}


_HERE = _OfThisThread()


def door_for(connection: Connection) -> Door:
    """This will return a door to the tenant, as ``Connection.door`` does and raising what it raises.

    Whatever was changed on the row meanwhile, as its credentials, makes it a new one.
    """
    kept = _HERE.kept.pop(connection.pk, None)
    made_for, now = _made_for(connection), monotonic()
    if kept is not None and (kept.made_for != made_for or now - kept.used_at > IDLE_S):
        kept.door.session.close()
        kept = None
    if kept is None:
        kept = _Kept(door=connection.door(), made_for=made_for, used_at=now)
    kept.door.session.begin(well=_is_well(connection))
    kept.used_at = now
    _HERE.kept[connection.pk] = kept  # at the end: the first is the one that was used least lately
    if len(_HERE.kept) > MOST:
        _HERE.kept.pop(next(iter(_HERE.kept))).door.session.close()
    return kept.door


def _is_well(connection: Connection) -> bool:
    """Whether no call has failed since the last that was answered, as read with the row."""
    breaker = getattr(connection, "breaker", None)
    return breaker is None or (breaker.paused_until is None and not breaker.failures)


def _made_for(connection: Connection) -> tuple[Any, ...]:
    return (
        connection.base_url,
        connection.reached_at,
        connection.allow_private,
        connection.our_user,
        connection.proxy,
        connection.trusted,
        connection.sealed_credentials,
        json.dumps(connection.settings, sort_keys=True),
        settings.OUTBOUND_PROXY,
        settings.OUTBOUND_CA,
    )
