"""Would a backup bring everything back? Dumps a database, restores it elsewhere and looks.

The programs are those of the PostgreSQL in the wheel; on another server its own do the same, see
docs/operations.md.
"""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg
from psycopg import sql

from launch import postgres
from launch.programs import ROOT

TABLES = """
    SELECT table_name FROM information_schema.tables
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY table_name
"""


def dump(url: str, *, file: Path) -> None:
    """Write a backup; raises ``CalledProcessError``."""
    _program("pg_dump", url, "--format", "custom", "--no-owner", "--file", str(file))


def restore(file: Path, *, server: str, database: str) -> str:
    """Restore a backup (or a dump in plain SQL) into a new database, and return its URL."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))
    url = in_database(server, database)
    if file.suffix == ".sql":
        _program("psql", url, "--quiet", "--no-psqlrc", "--set", "ON_ERROR_STOP=1", "--file", str(file))
    else:
        _program("pg_restore", url, "--no-owner", "--exit-on-error", "--jobs", "2", str(file))
    return url


def destroy(server: str, *, database: str) -> None:
    """Drop a database under everybody's hands."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(database)))


def rows(url: str) -> dict[str, int]:
    """Count the rows of every table."""
    with psycopg.connect(url) as connection:
        tables = [str(table) for (table,) in connection.execute(TABLES).fetchall()]
        return {table: _count(connection, table) for table in tables}


def manage(url: str, *words: str, data: Path) -> subprocess.CompletedProcess[str]:
    """Run a command of `manage.py` on that database."""
    given = {"DATABASE_URL": url, "DATA_DIR": str(data), "PRACTICE": "1", "LOG_LEVEL": "ERROR"}
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=os.environ | given,
        capture_output=True,
        text=True,
        check=False,
    )


def in_database(server: str, database: str) -> str:
    """The URL of another database of the same server."""
    parts = urlsplit(server)
    return parts._replace(path=f"/{database}").geturl()


def _count(connection: psycopg.Connection, table: str) -> int:
    row = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
    return int(row[0]) if row else 0


def _program(name: str, url: str, *words: str) -> None:
    parts = urlsplit(url)
    host = parse_qs(parts.query).get("host", [parts.hostname or ""])[0]
    place = ["--host", host, "--username", parts.username or "postgres", "--dbname", parts.path[1:]]
    subprocess.run(
        [str(postgres.programs() / name), *place, *words], check=True, capture_output=True, text=True
    )
