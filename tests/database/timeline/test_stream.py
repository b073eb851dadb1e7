"""An open page hears of a new line at once, misses none, and repeats none."""

import asyncio

import pytest
from asgiref.sync import sync_to_async
from django.db import connections, transaction

from escalation.models import Entry, Handoff
from escalation.timeline.record import Line, record
from escalation.timeline.stream import follow
from tests.builders import NOW


@sync_to_async
def add(handoff: Handoff) -> None:
    with transaction.atomic():
        locked = Handoff.objects.select_for_update().get(pk=handoff.pk)
        record(handoff=locked, line=Line(kind=Entry.Kind.NOTE, happened_at=NOW), now=NOW)


@sync_to_async
def close_connections() -> None:
    connections.close_all()


async def heard(handoff: Handoff, *, after: int, writes: int) -> list[int]:
    numbers: list[int] = []

    async def listen() -> None:
        async for number in follow(handoff_id=handoff.pk, after=after):
            if number:
                numbers.append(number)
            if number >= after + writes:
                return

    listening = asyncio.create_task(listen())
    for _ in range(writes):
        await add(handoff)
    await asyncio.wait_for(listening, 10)
    await close_connections()
    return numbers


@pytest.mark.django_db(transaction=True)
def test_a_follower_hears_every_number_once_and_in_order(draft: Handoff):
    numbers = asyncio.run(heard(draft, after=0, writes=5))

    assert numbers == sorted(set(numbers))
    assert numbers[-1] == 5


@pytest.mark.django_db(transaction=True)
def test_a_follower_that_comes_late_hears_of_what_it_missed(draft: Handoff):
    async def late() -> int:
        await add(draft)
        await add(draft)
        following = follow(handoff_id=draft.pk, after=1)
        number = await asyncio.wait_for(anext(following), 10)
        await following.aclose()
        await close_connections()
        return number

    assert asyncio.run(late()) == 2
