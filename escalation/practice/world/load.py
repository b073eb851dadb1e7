"""How does the practice world get into each tool's records."""

from datetime import datetime

from escalation.practice.store import Store


def load_servicenow(store: Store, now: datetime) -> None:
    """Write the catalog and its history."""


def load_zendesk(store: Store, now: datetime) -> None:
    """Write the people and their tickets."""
