"""To which trace does what we do belong?

A trace leads from the form over the queue to the receipt, also where no message goes: what is owed keeps the
trace it was confirmed in (W3C ``traceparent``), and whoever carries it later goes on with it. Without
OpenTelemetry, or with nobody who collects (``config.telemetry``), all of this does nothing. Ids, kinds and
results are said of a span, and never a word that somebody wrote.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

otel: Any
try:
    from opentelemetry import trace as otel
except ImportError:  # an installation without `requirements-telemetry.lock`
    otel = None

LONGEST: Final = 55  # of a traceparent
_TRACEPARENT = re.compile(r"00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})")


def here() -> str:
    """This will return the traceparent of what is being done; "" where nothing is traced."""
    if otel is None:
        return ""
    now = otel.get_current_span().get_span_context()
    return f"00-{now.trace_id:032x}-{now.span_id:016x}-{now.trace_flags:02x}" if now.is_valid else ""


@contextmanager
def going_on(name: str, *, traceparent: str, **about: str) -> Iterator[None]:
    """This will make one span of what is done inside, in the trace that ``traceparent`` names.

    Without one it belongs to what is being done here; with one that is linked. ``about`` are ids and kinds.
    """
    if otel is None:
        yield
        return
    parent, here_now = _parent(traceparent), otel.get_current_span().get_span_context()
    context = otel.set_span_in_context(otel.NonRecordingSpan(parent)) if parent else None
    links = [otel.Link(here_now)] if parent and here_now.is_valid else []
    with _span(name, context=context, links=links, attributes=_named(about)):
        yield


@contextmanager
def calling(method: str, host: str) -> Iterator[None]:
    """This will make one span of a call to a tool; its path and what is sent are not said."""
    if otel is None:
        yield
        return
    about = {"http.request.method": method, "server.address": host}
    with _span(f"{method} {host}", kind=otel.SpanKind.CLIENT, attributes=about):
        yield


def note(**about: str) -> None:
    """This will say more about the span that is under way: ids, kinds, results."""
    if otel is not None:
        otel.get_current_span().set_attributes(_named(about))


def _named(about: dict[str, str]) -> dict[str, str]:
    return {f"baton.{name}": str(value) for name, value in about.items()}


@contextmanager
def _span(name: str, **how: Any) -> Iterator[None]:
    """An error's text may quote what somebody wrote: of it only the kind is kept."""
    tracer = otel.get_tracer("baton")
    with tracer.start_as_current_span(
        name,
        record_exception=False,
        set_status_on_exception=False,
        **how,
    ) as span:
        try:
            yield
        except BaseException as error:
            span.set_status(otel.StatusCode.ERROR)
            span.set_attribute("error.type", type(error).__name__)
            raise


def _parent(traceparent: str) -> Any:
    read = _TRACEPARENT.fullmatch(traceparent)
    if read is None:
        return None
    trace_id, span_id, flags = (int(each, 16) for each in read.groups())
    parent = otel.SpanContext(trace_id, span_id, is_remote=True, trace_flags=otel.TraceFlags(flags))
    return parent if parent.is_valid else None
