"""When the next hop's record stands, the record before leads to it, once."""

import pytest

from escalation.dispatch.deliver import deliver
from escalation.models import Delivery, Handoff
from tests import builders
from tests.database import owing
from tests.database.fakes import Clock, FakeTenant

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(record: Delivery, handoff: Handoff, clock: Clock) -> Handoff:
    """A hop further on, confirmed, whose record is still owed."""
    deliver(delivery=record.pk, clock=clock)
    onward = builders.route(
        name="Ops to Dev",
        source=handoff.route.target,
        target=builders.connection("fake", name="Dev", base_url="https://dev.fake.example"),
    )
    later = owing.confirmed(route=onward, author=handoff.author)
    later.previous = handoff
    later.save()
    return later


@pytest.mark.parametrize("plan", ["well", "lost after", "lost before"])
def test_the_record_before_leads_to_the_new_one_once(
    second: Handoff, handoff: Handoff, tenant: FakeTenant, clock: Clock, plan: str
) -> None:
    owing.until_done(owing.owed(second), clock)
    link = handoff.deliveries.get(kind=Delivery.Kind.LINK)
    tenant.plans.append(plan)

    owing.until_done(link, clock)

    (there,) = tenant.record("record-1").links.values()
    assert there.onward
    assert (there.title, there.url) == ("Fake REC0002", "https://acme.fake.example/record-2")
    assert not second.deliveries.filter(kind=Delivery.Kind.LINK).exists()


def test_a_first_hop_leads_nowhere_onward(record: Delivery, handoff: Handoff, clock: Clock) -> None:
    owing.until_done(record, clock)

    assert not Delivery.objects.filter(kind=Delivery.Kind.LINK).exists()
