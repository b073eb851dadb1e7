"""A route into the practice ServiceNow, whose tool translates and whose network nobody calls."""

import pytest

from escalation.models import CatalogRow, Handoff
from escalation.outbox import engine
from tests import builders
from tests.database.fakes import Engine


@pytest.fixture(autouse=True)
def celery(monkeypatch: pytest.MonkeyPatch) -> Engine:
    asked = Engine()
    monkeypatch.setattr(engine, "current_app", asked)
    return asked


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
