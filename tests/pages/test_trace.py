"""One trace from the press on the form over the queue to the receipt; and no word of it in a span."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection as database
from django.test import Client
from django.utils import timezone
from opentelemetry import trace as otel
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from config import telemetry
from escalation.dispatch.deliver import deliver
from escalation.models import Delivery
from escalation.transport import trace
from tests import builders
from tests.database import real
from tests.database.stage import celery

__all__ = ["celery"]
pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "The treasurer of Zanzibar waits"
TICKET = "ticket-of-pemba"  # no number: one may stand in a time or an id of a span by chance


class Collector:
    """What left the process."""

    def __init__(self, sent: InMemorySpanExporter) -> None:
        self._sent = sent

    @property
    def spans(self) -> list[ReadableSpan]:
        return list(self._sent.get_finished_spans())

    def named(self, pattern: str) -> list[ReadableSpan]:
        return [each for each in self.spans if re.search(pattern, each.name)]

    def whole(self) -> str:
        return "\n".join(each.to_json() for each in self.spans)


@pytest.fixture
def collector(monkeypatch: pytest.MonkeyPatch) -> Iterator[Collector]:
    """Trace this process as a web server's and a worker's is, into memory."""
    made, sent = telemetry.provider("web"), InMemorySpanExporter()
    made.add_span_processor(SimpleSpanProcessor(telemetry.clean(sent)))
    monkeypatch.setattr(otel, "_TRACER_PROVIDER", made)
    telemetry.instrument(made)
    database.close()  # the next one is traced
    yield Collector(sent)
    telemetry.uninstrument()
    database.close()


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch, celery: Any) -> Iterator[real.Site]:
    site = real.open_site(monkeypatch)
    yield site
    site.practice.close()


def press_send(summary: str) -> Delivery:
    """Confirm a handoff in a browser."""
    route = real.route()
    author = builders.person("lena", team=route.sender)
    state = replace(builders.scene(), source=builders.source(reference=TICKET))
    draft = builders.handoff(route=route, author=author, state=state, summary=summary)
    browser = Client()
    browser.force_login(author)
    page = browser.get(f"/handoffs/{draft.pk}/review").content.decode()
    match = re.search(r'name="fingerprint" value="([0-9a-f]{64})"', page)
    assert match
    browser.post(f"/handoffs/{draft.pk}/review", {"fingerprint": match[1], "reason": WORDS})
    return Delivery.objects.get(handoff=draft, kind=Delivery.Kind.CREATE)


def test_one_trace_leads_from_the_press_to_the_receipt(site: real.Site, collector: Collector) -> None:
    owed = press_send(WORDS)
    site.clock.now = timezone.now()

    deliver(delivery=owed.pk, clock=site.clock)

    owed.refresh_from_db()
    assert owed.receipt.number
    (pressed,) = collector.named("^POST .*review")
    (carried,) = collector.named("^deliver$")
    assert carried.context.trace_id == pressed.context.trace_id
    assert carried.parent
    assert owed.traceparent.split("-")[1] == f"{pressed.context.trace_id:032x}"
    assert carried.attributes["baton.result"] == "done"
    assert carried.attributes["baton.handoff"] == str(owed.handoff_id)
    within = [
        each for each in collector.spans if each.parent and each.parent.span_id == carried.context.span_id
    ]
    names = {each.name for each in within}
    assert {"GET acme.service-now.com", "POST acme.service-now.com"} <= names
    assert {"SELECT", "INSERT"} <= names  # the receipt is one of them


def test_nothing_that_somebody_wrote_and_no_secret_leaves(site: real.Site, collector: Collector) -> None:
    owed = press_send(WORDS)
    site.clock.now = timezone.now()
    site.practice.faults.add({"method": "POST", "status": 400})

    deliver(delivery=owed.pk, clock=site.clock)
    Client().get(f"/r/accept/a-signed-token?q={WORDS}")

    said = collector.whole()
    assert len(collector.spans) > 20
    for word in (
        "Zanzibar",
        TICKET,
        "treasurer",
        "a-signed-token",
        "sessionid",
        "Authorization",
        "Basic ",
        "WHERE",
    ):
        assert word not in said


def test_an_error_says_its_kind_and_not_its_words(site: real.Site, collector: Collector) -> None:
    with pytest.raises(ValueError, match=WORDS), trace.going_on("deliver", traceparent=""):
        raise ValueError(WORDS)

    (failed,) = collector.named("^deliver$")
    assert failed.status.status_code is otel.StatusCode.ERROR
    assert failed.attributes["error.type"] == "ValueError"
    assert WORDS not in failed.to_json()


def test_a_task_that_takes_the_row_up_later_is_linked(collector: Collector) -> None:
    with trace.going_on("press", traceparent=""):
        owed_in = trace.here()
    with trace.going_on("task", traceparent=""), trace.going_on("deliver", traceparent=owed_in):
        pass

    press, deliver_span, task = (collector.named(f"^{name}$")[0] for name in ("press", "deliver", "task"))
    assert deliver_span.context.trace_id == press.context.trace_id != task.context.trace_id
    assert [each.context.span_id for each in deliver_span.links] == [task.context.span_id]


def test_where_nobody_collects_nothing_is_traced_or_kept(site: real.Site) -> None:
    assert press_send(WORDS).traceparent == ""
    assert telemetry.wanted() == ""
    telemetry.begin("web")
    assert not isinstance(otel.get_tracer_provider(), type(telemetry.provider("web")))


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4318"}, "OTEL_EXPORTER_OTLP_ENDPOINT"),
        ({"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://c:1"}, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://c:1", "OTEL_SDK_DISABLED": "true"}, ""),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://c:1", "OTEL_TRACES_EXPORTER": "none"}, ""),
    ],
)
def test_the_standard_environment_switches_it(
    told: dict[str, str], wanted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in told.items():
        monkeypatch.setenv(name, value)

    assert telemetry.wanted() == wanted


def test_a_missing_package_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318")
    monkeypatch.setitem(__import__("sys").modules, "opentelemetry.sdk.trace", None)

    with pytest.raises(ImproperlyConfigured, match=r"requirements-telemetry\.lock"):
        telemetry.begin("worker")


def test_without_the_packages_the_product_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trace, "otel", None)

    with trace.going_on("deliver", traceparent="x", kind="create"), trace.calling("GET", "acme.example"):
        trace.note(result="done")

    assert trace.here() == ""
