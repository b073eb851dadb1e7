"""The stage on which deliveries are played."""

from tests.database.stage import author, celery, clock, handoff, record, tenant, to_fake

__all__ = ["author", "celery", "clock", "handoff", "record", "tenant", "to_fake"]
