"""What does a log line look like? One JSON object, which names the request or task it belongs to.

Bodies, form fields, headers and query strings are never logged: they hold what users wrote, and secrets.
"""

import re
from typing import Any

import structlog

SHARED = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)

# What our own lines carry beside their words. Libraries add whole requests, with whatever is in them.
BESIDE = ("connection", "delivery", "handoff", "inbox", "number", "kind", "result", "gone", "emptied")
# Django names the path of a refused request; that of an answer link is the key to it.
ANSWER_LINK = re.compile(r"(/r/[\w-]+/)[^\s'\"]+")


def without_keys(_logger: Any, _name: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Take the token out of the address of an answer link."""
    event["event"] = ANSWER_LINK.sub(r"\1[key]", str(event["event"]))
    return event


def configured(*, level: str, as_json: bool) -> dict[str, Any]:
    """Return Django's LOGGING for one stream of lines on standard error, and set structlog up alike."""
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": [*SHARED, structlog.stdlib.ExtraAdder(allow=BESIDE)],
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    without_keys,
                    structlog.processors.format_exc_info,
                    structlog.processors.JSONRenderer()
                    if as_json
                    else structlog.dev.ConsoleRenderer(colors=False),
                ],
            }
        },
        "handlers": {"stream": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stream"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.server": {"handlers": [], "level": level, "propagate": True},
            "celery.app.trace": {"level": "WARNING"},
            "celery.beat": {"level": "WARNING"},
            "celery.worker.strategy": {"level": "WARNING"},
        },
    }
