"""What does Baton tell Prometheus? Nothing to whom it was not set up for: then the address does not exist."""

from collections.abc import Iterator
from datetime import datetime
from ipaddress import ip_address

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector

from escalation.callers.asker import address
from escalation.upkeep.gauges import gauges
from escalation.web.measured import OURS


class Rows(Collector):
    """What the rows say at one moment."""

    def __init__(self, *, now: datetime) -> None:
        """Measure as of ``now``."""
        self._now = now

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """This will read the rows and yield one family for each measure."""
        for each in gauges(now=self._now):
            family = GaugeMetricFamily(each.name, each.about, labels=each.labels)
            for labels, value in each.samples:
                family.add_metric(labels, value)
            yield family

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Nothing beforehand: else registering would ask the database once more."""
        return iter(())


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """This will write the figures of the rows and of this process in Prometheus' text format 0.0.4."""
    if not _may_read(request):
        raise Http404
    rows = CollectorRegistry()
    rows.register(Rows(now=timezone.now()))
    return HttpResponse(generate_latest(rows) + generate_latest(OURS), content_type=CONTENT_TYPE_PLAIN_0_0_4)


def _may_read(request: HttpRequest) -> bool:
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    token = settings.METRICS_TOKEN
    if token and scheme.lower() == "bearer" and constant_time_compare(given.strip(), token):
        return True
    try:
        asker = ip_address(address(request))
    except ValueError:
        return False
    return any(asker in network for network in settings.METRICS_FROM)
