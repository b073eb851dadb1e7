"""A list hears which handoffs have news, a second's worth at a time."""

import asyncio
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from django.db import connections, transaction

from escalation.models import Entry, Handoff
from escalation.timeline.basket import MOST_GATHERED, Basket
from escalation.timeline.record import Line, record
from escalation.timeline.stream import follow_any
from tests.builders import NOW


@sync_to_async
def add(handoff: Handoff) -> None:
    with transaction.atomic():
        locked = Handoff.objects.select_for_update().get(pk=handoff.pk)
        record(handoff=locked, line=Line(kind=Entry.Kind.NOTE, happened_at=NOW), now=NOW)


@sync_to_async
def close_connections() -> None:
    connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_a_list_hears_of_a_handoff_that_it_never_named(draft: Handoff):
    async def listen() -> frozenset | None:
        following = follow_any()
        first = await asyncio.wait_for(anext(following), 10)  # when listening has begun
        await add(draft)
        news = await asyncio.wait_for(anext(following), 10)
        await following.aclose()
        await close_connections()
        return first, news

    assert asyncio.run(listen()) == (frozenset(), frozenset({draft.pk}))


def test_a_slow_list_remembers_no_more_than_that_anything_changed():
    basket = Basket()
    for _ in range(MOST_GATHERED + 1):
        basket.put(uuid4())

    assert basket.take() == frozenset()
    basket.put(only := uuid4())
    assert basket.take() == {only}
    assert not basket.event.is_set()
