"""How does that company come into a database? By COPY, a chunk after the other, then what is kept beside it.

Words are kept by the same function that the triggers of single rows call, measures and their tallies by the
same ``catch_up`` that tasks call. A database that holds some handoffs already gets the missing ones, and one
whose measuring was broken off goes on with it.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.contrib.auth.models import User
from django.db import connection, transaction

from escalation.management.bench_world.aside import put_aside
from escalation.management.bench_world.company import Company, company
from escalation.management.bench_world.past import Book
from escalation.metrics import keep, satisfaction
from escalation.models import Entry, Handoff, MeasureDue, Measurement, RatingDue, SearchText, Tally

A_CHUNK: Final = 5_000
_KEEP_WORDS: Final = """
INSERT INTO escalation_searchtext (handoff_id, words)
SELECT handoff.id, escalation_words_of(handoff) FROM escalation_handoff AS handoff
WHERE route_id = %s AND NOT EXISTS (SELECT FROM escalation_searchtext s WHERE s.handoff_id = handoff.id)
"""
# Neighbours of one route one after the other, so that a batch touches few weeks.
_NOTE: Final = """
INSERT INTO escalation_measuredue (handoff_id)
SELECT id FROM escalation_handoff h WHERE confirmed_at IS NOT NULL
AND NOT EXISTS (SELECT FROM escalation_measurement m WHERE m.handoff_id = h.id)
ORDER BY route_id, confirmed_at
"""
_NOTE_RATINGS: Final = """
INSERT INTO escalation_ratingdue (connection_id, day)
SELECT DISTINCT connection_id, (rated_at AT TIME ZONE 'UTC')::date FROM escalation_rating
"""
Told = Callable[[str], object]


def build(*, handoffs: int, now: datetime, tell: Told = lambda _: None) -> User:
    """This will see to it that there are that many; returns whom they are all addressed to and led by."""
    there = Handoff.objects.count()
    with transaction.atomic():
        made = company(now=now)
        if handoffs > there:
            _write(range(there, handoffs), made, now=now, tell=tell)
            _note(there)
    _measure(tell)
    if handoffs > there:
        _look_again(tell)
    return made.person


def _write(numbers: range, made: Company, *, now: datetime, tell: Told) -> None:
    book = Book(made, now=now)
    words = SearchText._meta.db_table
    with put_aside([words]):
        with put_aside(book.tables):
            for number in numbers:
                book.add(number)
                if number % A_CHUNK == A_CHUNK - 1 or number == numbers[-1]:
                    book.write()
                    tell(f"{number + 1} handoffs, {book.entries.written} entries")
            tell("indexes")
        for place, way in enumerate(made.ways, start=1):
            with connection.cursor() as cursor:
                cursor.execute(_KEEP_WORDS, [way.route.pk])
            tell(f"words of {place} of {len(made.ways)} routes")


def _note(there: int) -> None:
    with connection.cursor() as cursor:
        if not there:
            cursor.execute("ANALYZE escalation_handoff, escalation_entry, escalation_snapshot")
        cursor.execute(_NOTE)
        cursor.execute(_NOTE_RATINGS)


def _measure(tell: Told) -> None:
    while keep.catch_up(most=A_CHUNK):
        tell(f"{MeasureDue.objects.count()} handoffs left to measure")
    while satisfaction.catch_up():
        tell(f"{RatingDue.objects.count()} days of ratings left to count")
    while packed := keep.pack(most=A_CHUNK):
        tell(f"{packed} tallies of an older version packed")


def _look_again(tell: Told) -> None:
    """What the planner knows of the tables, and which pages hold nothing that is dead."""
    tell("statistics")
    word = "ANALYZE" if connection.in_atomic_block else "VACUUM ANALYZE"
    with connection.cursor() as cursor:
        for model in (Handoff, Entry, SearchText, Measurement, Tally, MeasureDue):
            cursor.execute(f"{word} {model._meta.db_table}")
