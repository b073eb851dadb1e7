"""The stage on which updates come back."""

from tests.database.stage import author, celery, clock, handoff, record, tenant, to_fake

__all__ = ["author", "celery", "clock", "handoff", "record", "tenant", "to_fake"]
