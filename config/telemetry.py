"""Who collects our traces? Nobody, until OpenTelemetry's own environment names a collector.

`OTEL_EXPORTER_OTLP_ENDPOINT` switches it on; the other standard variables (`OTEL_SERVICE_NAME`,
`OTEL_RESOURCE_ATTRIBUTES`, `OTEL_TRACES_SAMPLER`, `OTEL_EXPORTER_OTLP_HEADERS`, `OTEL_SDK_DISABLED`) hold as
documented. The libraries put addresses, statements and errors into spans; of those only what is listed below
leaves the process: no word that somebody wrote, no key in an address.
"""

import atexit
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ImproperlyConfigured

from config import env

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
    from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult

ENDPOINTS: Final = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
MISSING: Final = (
    "{endpoint} is set, but the packages that send traces are not installed: "
    "`pip install --require-hashes -r requirements-telemetry.lock`, or unset it."
)
# What may leave of a span's attributes: methods, routes with places for what they name, results, kinds, ids.
KEPT: Final = frozenset(
    {"http.method", "http.request.method", "http.status_code", "http.response.status_code", "http.route"}
    | {"db.system", "db.system.name", "db.name", "db.namespace", "server.address", "error.type"}
    | {"celery.action", "celery.state", "celery.task_name", "messaging.destination"}
    | {"messaging.destination.name", "messaging.message.id", "messaging.message_id"}
)
OURS: Final = "baton."  # transport.trace names only ids and kinds


def wanted() -> str:
    """Return the variable that names a collector; "" when nobody collects."""
    if env.flag("OTEL_SDK_DISABLED") or env.text("OTEL_TRACES_EXPORTER", default="otlp") == "none":
        return ""
    return next((each for each in ENDPOINTS if env.text(each, default="")), "")


def begin(process: str) -> None:
    """Trace this process if somebody collects; ``ImproperlyConfigured`` where packages are missing."""
    endpoint = wanted()
    if not endpoint:
        return
    try:
        from opentelemetry import trace  # noqa: PLC0415  # an extra: most installations do not have it
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415
        from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415

        made = provider(process)
    except ImportError as missing:
        raise ImproperlyConfigured(MISSING.format(endpoint=endpoint)) from missing
    made.add_span_processor(BatchSpanProcessor(clean(OTLPSpanExporter())))
    trace.set_tracer_provider(made)
    instrument(made)
    atexit.register(made.shutdown)


def provider(process: str) -> "TracerProvider":
    """Return what makes spans; each says which of our processes it is from."""
    from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415

    name = env.text("OTEL_SERVICE_NAME", default="baton")
    return TracerProvider(resource=Resource.create({"service.name": name, "baton.process": process}))


def instrument(made: "TracerProvider") -> None:
    """Have requests, statements and tasks make spans; before the first of each."""
    for each in _instrumentors():
        each.instrument(tracer_provider=made)


def uninstrument() -> None:
    """Have them make none any more."""
    for each in _instrumentors():
        each.uninstrument()


def _instrumentors() -> tuple[Any, ...]:
    from opentelemetry.instrumentation.celery import CeleryInstrumentor  # noqa: PLC0415
    from opentelemetry.instrumentation.django import DjangoInstrumentor  # noqa: PLC0415
    from opentelemetry.instrumentation.psycopg import PsycopgInstrumentor  # noqa: PLC0415

    made: tuple[Any, ...] = (DjangoInstrumentor, PsycopgInstrumentor, CeleryInstrumentor)
    return tuple(each() for each in made)


def clean(inner: "SpanExporter") -> "SpanExporter":
    """Return an exporter that lets out of each span what is on the list, and nothing else."""
    from opentelemetry.sdk.trace.export import SpanExporter  # noqa: PLC0415

    class Clean(SpanExporter):
        def export(self, spans: "Sequence[ReadableSpan]") -> "SpanExportResult":
            return inner.export([cleaned(each) for each in spans])

        def shutdown(self) -> None:
            inner.shutdown()

        def force_flush(self, timeout_millis: int = 30_000) -> bool:
            return inner.force_flush(timeout_millis)

    return Clean()


def cleaned(span: "ReadableSpan") -> "ReadableSpan":
    """Return the span without what may hold somebody's words: other attributes, events, an error's text."""
    from opentelemetry.sdk.trace import ReadableSpan  # noqa: PLC0415
    from opentelemetry.trace import Link, Status  # noqa: PLC0415

    about = span.attributes or {}
    return ReadableSpan(
        name=span.name,
        context=span.get_span_context(),
        parent=span.parent,
        resource=span.resource,
        attributes={name: about[name] for name in about if name in KEPT or name.startswith(OURS)},
        links=[Link(each.context) for each in span.links],
        kind=span.kind,
        status=Status(span.status.status_code),
        start_time=span.start_time,
        end_time=span.end_time,
        instrumentation_scope=span.instrumentation_scope,
    )
