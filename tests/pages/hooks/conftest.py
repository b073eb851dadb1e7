"""The stage for tools that call us."""

from tests.database.stage import author, celery, clock, handoff, record, tenant, to_fake
from tests.pages.hooks.chain import company, hops, statuses

__all__ = [
    "author",
    "celery",
    "clock",
    "company",
    "handoff",
    "hops",
    "record",
    "statuses",
    "tenant",
    "to_fake",
]
