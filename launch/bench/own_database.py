"""Where do figures come from? A command runs on a database of its own, which is thrown away afterwards.

`python -m launch.bench.own_database bench_live …` starts the PostgreSQL from the wheel with its usual care
for the disk, brings the tables up and runs that command of `manage.py` on it. BENCH_DATABASE_URL names
another server's empty database instead; BENCH_FOLDER keeps the data for the next run, so that a million
handoffs need not be written twice.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from launch import postgres
from launch.aside import free_ports
from launch.programs import ROOT

NOT_HANDED_ON = ("DATABASE_URL", "CELERY_BROKER_URL", "SECRET_KEY", "PUBLIC_URL", "BATON_PROCESS")
READY = (["migrate", "--verbosity", "0"], ["collectstatic", "--no-input", "--verbosity", "0"])
# Millions of rows are written at once, and their indexes built.
SETTINGS = ("max_wal_size = '8GB'", "maintenance_work_mem = '512MB'")


def main(arguments: list[str]) -> int:
    """Run the command; return its code."""
    with own_folder() as folder, own_server(folder) as url:
        env = environment(folder, url, port=int(os.environ.get("PORT") or free_ports()))
        for command in (*READY, arguments):
            done = subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=env, check=False)
            if done.returncode:
                return done.returncode
    return 0


def environment(folder: Path, url: str, *, port: int) -> dict[str, str]:
    """Return what a process of Baton is given there."""
    env = {key: value for key, value in os.environ.items() if key not in NOT_HANDED_ON}
    kinds = ("typing", "search", "press", "page", "api", "hook")
    return env | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PRACTICE": "1",
        "PORT": str(port),
        "DATA_DIR": str(folder / "data"),
        "DATABASE_URL": url,
        "LOG_LEVEL": "ERROR",
        # Counted as ever, and never reached: one person asks as fast as the server answers.
        "RATES": ",".join(f"{each}=1000000" for each in kinds),
    }


@contextmanager
def own_folder() -> Iterator[Path]:
    """Make the folder, or take the one that is kept."""
    kept = os.environ.get("BENCH_FOLDER")
    if kept:
        folder = Path(kept).resolve()
        (folder / "data").mkdir(parents=True, exist_ok=True)
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="baton-bench-", ignore_cleanup_errors=True) as made:
        (Path(made) / "data").mkdir()
        yield Path(made)


@contextmanager
def own_server(folder: Path) -> Iterator[str]:
    """Start the server of that folder, or take the one that is named; yield its URL."""
    given = os.environ.get("BENCH_DATABASE_URL")
    if given:
        yield given
        return
    server = postgres.start(folder=folder / "postgres", database="baton")
    with psycopg.connect(server.url, autocommit=True) as connection:
        for setting in SETTINGS:
            connection.execute(f"ALTER SYSTEM SET {setting}")
        connection.execute("SELECT pg_reload_conf()")
    try:
        yield server.url
    finally:
        server.stop()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
