"""What does this web process measure of itself? Each process answers for itself alone."""

from prometheus_client import CollectorRegistry, Gauge, Histogram

from escalation.timeline.stream import followers

OURS = CollectorRegistry()
# Somebody who types waits for it: the limits stand close where it should be, and far where it hurts.
PREVIEW = Histogram(
    "baton_preview_seconds",
    "Time to translate a draft into the receiver's record",
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0),
    registry=OURS,
)
LIVE = Gauge("baton_live_pages", "Open pages that this process keeps current", registry=OURS)
LIVE.set_function(followers)
