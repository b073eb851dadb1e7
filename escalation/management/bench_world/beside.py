"""How are two worlds asked in turn by one process? The second has a database of its own on the same server.

What is alike of both runs at the same minutes, with the same code, so that only the number of rows differs.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper


@contextmanager
def instead(other: BaseDatabaseWrapper) -> Iterator[None]:
    """This will have everything in this thread ask the other database."""
    usual = connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = other
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = usual


def database_beside(ending: str) -> BaseDatabaseWrapper:
    """This will return a database whose name ends so, with all tables; makes it where there is none.

    Raises ``django.db.ProgrammingError`` where the user of the database may make none.
    """
    usual = connections[DEFAULT_DB_ALIAS]
    name = f"{usual.settings_dict['NAME']}_{ending}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM pg_database WHERE datname = %s", [name])
        if not cursor.fetchall():
            cursor.execute(f"CREATE DATABASE {connection.ops.quote_name(name)}")
    other = usual.copy()
    other.settings_dict["NAME"] = name
    with instead(other):
        call_command("migrate", verbosity=0)
    return other
