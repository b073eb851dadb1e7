"""Which kinds of technical entity does Baton recognise, and what is one of them?

Offsets count code points: ``text[start:end]`` is always exactly what the value was read from.
"""

from dataclasses import dataclass
from enum import StrEnum


class EntityKind(StrEnum):
    """Every kind of entity; the values of the first eleven are also the words of the evaluation."""

    URL = "url"
    HOST = "host"
    IP = "ip"
    ERROR_CODE = "error_code"
    HTTP_STATUS = "http_status"
    EXCEPTION = "exception"
    VERSION = "version"
    OS = "os"
    BROWSER = "browser"
    DATE = "date"
    TIME_WINDOW = "time_window"
    PORT = "port"
    PATH = "path"
    STACK_FRAME = "stack_frame"
    TRACE_ID = "trace_id"  # correlation, request and trace ids: what Level Two searches its logs for
    APP = "app"
    TICKET_ID = "ticket_id"
    CHANGE_ID = "change_id"
    CI_ID = "ci_id"
    COMMAND = "command"
    QUOTED_ERROR = "quoted_error"
    DEADLINE = "deadline"
    AFFECTED_COUNT = "affected_count"
    HANDLE = "handle"
    EMAIL = "email"
    PHONE = "phone"


# Kinds that may hold other entities: an error code inside a quoted message is still an error code.
CONTAINERS = frozenset(
    {
        EntityKind.COMMAND,
        EntityKind.DEADLINE,
        EntityKind.QUOTED_ERROR,
        EntityKind.STACK_FRAME,
    }
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Entity:
    """One span of a text and what it is."""

    kind: str
    value: str
    start: int
    end: int
