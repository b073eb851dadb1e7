"""A statement that was written down once is the one that the ORM would write."""

from datetime import timedelta
from uuid import UUID

import pytest

from escalation.models import Delivery
from escalation.models.delivery import DUE, DUE_IN_LANE
from tests.builders import NOW


@pytest.mark.parametrize("hours", [0, 7])
def test_it_says_what_the_orm_says_of_these_values(hours: int):
    now, one, other = NOW + timedelta(hours=hours), UUID(int=70 + hours), UUID(int=90 + hours)
    due = Delivery.objects.due(now=now)

    assert DUE.sql(now=now, pk=one) == due.filter(pk=one).values("pk").query.sql_with_params()
    lane = due.filter(handoff_id=one, connection_id=other).values("pk")
    assert DUE_IN_LANE.sql(now=now, handoff=one, connection=other) == lane.query.sql_with_params()


def test_a_value_that_is_missing_is_said():
    with pytest.raises(KeyError):
        DUE.sql(now=NOW)
