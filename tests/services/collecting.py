"""A collector of traces, as OpenTelemetry's protocol has it: what processes send it, by the span."""

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """One span that a process sent."""

    process: str  # which of ours: web, worker
    name: str
    trace: str
    links: tuple[str, ...]  # the traces it is linked to
    about: dict[str, str]


@dataclass
class Collector:
    """Where to send spans, and what came."""

    address: str
    spans: list[Seen] = field(default_factory=list)

    def found(self, name: str, **about: str) -> list[Seen]:
        """The spans of this name that say so of themselves (``handoff`` for ``baton.handoff``)."""
        wanted = {f"baton.{key}": value for key, value in about.items()}.items()
        return [each for each in list(self.spans) if each.name == name and wanted <= each.about.items()]


@contextmanager
def collecting() -> Iterator[Collector]:
    """Collect until the block ends."""

    class Takes(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.headers.get("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
            collector.spans += _read(body)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """A test's output is no place for it."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Takes) as server:
        collector = Collector(address=f"http://127.0.0.1:{server.server_address[1]}")
        serving = threading.Thread(target=server.serve_forever, daemon=True)
        serving.start()
        try:
            yield collector
        finally:
            server.shutdown()
            serving.join()


def _read(body: bytes) -> Iterator[Seen]:
    request = ExportTraceServiceRequest.FromString(body)
    for sent in request.resource_spans:
        of = {each.key: each.value.string_value for each in sent.resource.attributes}
        for scope in sent.scope_spans:
            for span in scope.spans:
                yield Seen(
                    process=of.get("baton.process", ""),
                    name=span.name,
                    trace=span.trace_id.hex(),
                    links=tuple(each.trace_id.hex() for each in span.links),
                    about={each.key: each.value.string_value for each in span.attributes},
                )
