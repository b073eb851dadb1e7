"""How is zenpy spoken to through our door?

On the guarded session (its timeouts, its errors), with zenpy's object cache off. zenpy would sleep on 429;
the session raises ``Unavailable`` before zenpy sees the answer. What comes back is plain JSON values.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

from zenpy import Zenpy
from zenpy.lib.exception import ZenpyException

from escalation.tools.zendesk.shapes import Document
from escalation.transport.door import Door
from escalation.transport.errors import Ambiguous, Unavailable

# What zenpy raises, or stumbles over, when an answer has another shape: an unknown body comes back as bytes.
_SURPRISES = (ZenpyException, KeyError, ValueError, AttributeError, TypeError)


def client(door: Door) -> Any:
    """This will return a zenpy client for the door's tenant; zenpy has no types."""
    host = door.base_url.partition("://")[2].partition("/")[0]
    subdomain, _, domain = host.partition(".")
    return Zenpy(subdomain=subdomain, domain=domain, session=door.session, disable_cache=True)


@contextmanager
def reading() -> Iterator[None]:
    """This will turn zenpy's surprise at an answer's shape into ``Unavailable``."""
    try:
        yield
    except _SURPRISES as error:
        raise Unavailable("Zendesk's answer could not be understood.") from error


@contextmanager
def writing() -> Iterator[None]:
    """The same around a write, which has then happened for all we know: ``Ambiguous``."""
    try:
        yield
    except _SURPRISES as error:
        raise Ambiguous("Zendesk's answer to a change could not be understood.") from error


def plain(found: Iterable[Any], *, most: int) -> list[Document]:
    """This will return up to ``most`` of zenpy's objects as plain JSON values."""
    return [each.to_dict() for each in islice(found, most)]
