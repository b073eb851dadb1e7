"""Three people everywhere: the agent whose handoff it is, a receiver, and a stranger."""

import pytest
from django.contrib.auth.models import User

from escalation.models import Handoff, Membership, Route
from escalation.outbox import engine
from tests import builders
from tests.database.fakes import Engine


@pytest.fixture
def celery(monkeypatch: pytest.MonkeyPatch) -> Engine:
    """What workers are asked to do, instead of a broker."""
    asked = Engine()
    monkeypatch.setattr(engine, "current_app", asked)
    return asked


@pytest.fixture
def desk_to_ops(db) -> Route:
    return builders.route()


@pytest.fixture
def agent(desk_to_ops: Route) -> User:
    return builders.person("lena", team=desk_to_ops.sender)


@pytest.fixture
def receiver(desk_to_ops: Route) -> User:
    return builders.person("tomas", team=desk_to_ops.receiver, role=Membership.Role.LEVEL_TWO)


@pytest.fixture
def stranger(db) -> User:
    return builders.person("mallory")


@pytest.fixture
def draft(desk_to_ops: Route, agent: User) -> Handoff:
    return builders.handoff(route=desk_to_ops, author=agent)


@pytest.fixture
def delivered(draft: Handoff) -> Handoff:
    draft.status, draft.confirmed_at = "delivered", builders.NOW
    draft.remote_id, draft.remote_number = "a" * 32, "INC0012345"
    draft.save()
    return draft
