"""How are millions of rows written in minutes? Without indexes, references and triggers, which come back.

A reference that is added again is checked in one pass over all rows, an index is built in one sort. All of it
belongs to the caller's transaction: whoever is killed on the way leaves everything as it was.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from django.db import connection

_INDEXES: Final = """
SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
WHERE i.indrelid = ANY(%s::regclass[])
AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)
"""
_CONSTRAINTS: Final = """
SELECT c.conrelid::regclass::text, quote_ident(c.conname), pg_get_constraintdef(c.oid) FROM pg_constraint c
WHERE c.conrelid = ANY(%s::regclass[]) AND (c.contype = 'f' OR c.contype = 'u' AND NOT EXISTS (
    SELECT FROM pg_constraint f WHERE f.contype = 'f' AND f.conindid = c.conindid))
ORDER BY c.contype DESC
"""


@contextmanager
def put_aside(tables: Sequence[str]) -> Iterator[None]:
    """This will put aside what slows writing into these tables down, and bring all of it back at the end."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # with checks to come no table could be altered
        cursor.execute(_CONSTRAINTS, [list(tables)])
        constraints = cursor.fetchall()
        cursor.execute(_INDEXES, [list(tables)])
        indexes = cursor.fetchall()
        for table, name, _ in constraints:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {name}")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    yield
    with connection.cursor() as cursor:
        for _, made in indexes:
            cursor.execute(made)
        for table, name, made in constraints:
            cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {made}")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
