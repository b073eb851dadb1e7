"""A route into the practice ServiceNow, whose tool translates and whose network nobody calls."""

import pytest

from escalation.models import CatalogRow, Handoff
from tests import builders
from tests.database.fakes import Engine


@pytest.fixture(autouse=True)
def no_broker(celery: Engine) -> None:
    """Whatever is sent asks the engine of the tests."""


@pytest.fixture
def gateway(draft: Handoff) -> CatalogRow:
    return CatalogRow.objects.create(
        connection=draft.route.target,
        remote_id="c" * 32,
        kind="configuration_item",
        name="Finance API Gateway",
        hosts=["finance-dash.example.com"],
        synced_at=builders.NOW,
    )
