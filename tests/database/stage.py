"""Fixtures: a confirmed handoff that owes its record to a tool in memory."""

import pytest
from django.contrib.auth.models import User
from django.db import transaction

from escalation.inbound import receive
from escalation.models import Delivery, Handoff, Route
from escalation.outbox import engine
from escalation.tools import registry
from tests import builders
from tests.database import fakes, owing
from tests.database.fakes import Clock, Engine, FakeTenant


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def tenant(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> FakeTenant:
    tenant = FakeTenant(clock=clock)
    monkeypatch.setattr(registry, "TOOLS", {**registry.TOOLS, fakes.KIND: tenant.tool()})
    return tenant


@pytest.fixture
def celery(monkeypatch: pytest.MonkeyPatch) -> Engine:
    asked = Engine()
    monkeypatch.setattr(engine, "current_app", asked)
    monkeypatch.setattr(receive, "current_app", asked)
    return asked


@pytest.fixture
def to_fake(db: None, tenant: FakeTenant, celery: Engine) -> Route:
    return builders.route(target=builders.connection(fakes.KIND))


@pytest.fixture
def author(to_fake: Route) -> User:
    return builders.person("lena", team=to_fake.sender)


@pytest.fixture
def handoff(to_fake: Route, author: User) -> Handoff:
    return owing.confirmed(route=to_fake, author=author)


@pytest.fixture
def record(handoff: Handoff) -> Delivery:
    with transaction.atomic():
        return owing.owed(handoff)
