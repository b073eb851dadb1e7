"""Deliver exactly what was confirmed, once: relay, deliver, reconcile."""
