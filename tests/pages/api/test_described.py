"""The description is true: schemathesis asks every address all that it may be asked, with every check on."""

from collections.abc import Iterator
from uuid import UUID

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.utils import timezone
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from escalation.callers.tokens import make_token
from escalation.knowledge.codec import to_json
from escalation.models import Consult, Handoff, Membership, Question
from escalation.models.access_token import Scope
from tests import builders
from tests.pages.posting import confirmed

pytestmark = pytest.mark.django_db
DRAFT, SENT, GONE = (UUID(f"00000000-0000-4000-8000-00000000000{number}") for number in (1, 2, 3))
ROUTE, QUESTION, CONSULT = 4_001, 4_002, 4_003
# Besides what schemathesis expects of well-formed requests: a mark that is stale, and what means nothing.
CONFIG = schemathesis.Config.from_dict(
    {
        "generation": {"max-examples": 3},
        "checks": {
            "positive_data_acceptance": {
                "expected-statuses": ["2xx", "3xx", "403", "404", "409", "412", "422"]
            },
            "negative_data_rejection": {
                "expected-statuses": [
                    "400",
                    "401",
                    "403",
                    "404",
                    "405",
                    "409",
                    "412",
                    "413",
                    "415",
                    "422",
                    "428",
                ]
            },
            "missing_required_header": {"expected-statuses": ["400", "401", "404", "415", "422", "428"]},
        },
    }
)
schemathesis.openapi.format("uuid", st.sampled_from([str(each) for each in (DRAFT, SENT, GONE)]))
schema = schemathesis.openapi.from_dict(
    {**SchemaGenerator().get_schema(public=True), "servers": [{"url": "/"}]}, config=CONFIG
)
schema.app = get_wsgi_application()


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """Between requests the test's connection stays: as Django's own test client has it."""
    signals = (request_started, request_finished)
    for each in signals:
        each.disconnect(close_old_connections)
    yield
    for each in signals:
        each.connect(close_old_connections)


@pytest.fixture
def token() -> str:
    """A token that may everything, of somebody on both sides of a handoff."""
    route = builders.route()
    lena = builders.person("lena", team=route.sender)
    for team, role in ((route.receiver, "level_two"), (route.receiver, "lead"), (route.sender, "owner")):
        Membership.objects.create(user=lena, team=team, role=role)
    builders.handoff(route=route, author=lena, id=DRAFT)
    sent = confirmed(builders.handoff(route=route, author=lena, id=SENT), by=lena)
    Question.objects.create(pk=QUESTION, handoff=sent, text="Since when?", by=lena, at=builders.NOW)
    team, state = route.receiver, to_json(builders.scene())
    draft = Handoff.objects.get(pk=DRAFT)
    Consult.objects.create(
        pk=CONSULT, handoff=draft, team=team, question="Yours?", state=state, by=lena, at=builders.NOW
    )
    return make_token(name="all", scopes=list(Scope), days=1, by=lena, now=timezone.now())[1]


@schema.parametrize()
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_every_address_answers_as_it_is_described(case: schemathesis.Case, token: str) -> None:
    case.call_and_validate(headers={"Authorization": f"Bearer {token}"})
