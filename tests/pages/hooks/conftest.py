"""The stage for tools that call us."""

from tests.database.stage import author, celery, clock, handoff, record, tenant, to_fake

__all__ = ["author", "celery", "clock", "handoff", "record", "tenant", "to_fake"]
