"""Does the same code hold on real servers? Runs the database and broker tests on PostgreSQL, Redis, RabbitMQ.

A server that does not answer fails the run, with the variable that would name another: tests that leave
themselves out prove nothing.
"""

import os
import subprocess
import sys
from urllib.parse import urlsplit

import psycopg
from kombu import Connection

SERVERS = {
    "TEST_DATABASE_URL": "postgres://postgres@127.0.0.1:5432/test",
    "TEST_REDIS_URL": "redis://127.0.0.1:6379/0",
    "TEST_RABBITMQ_URL": "amqp://guest:guest@127.0.0.1:5672//",
}
NAMES = {
    "TEST_DATABASE_URL": "PostgreSQL server",
    "TEST_REDIS_URL": "Redis server",
    "TEST_RABBITMQ_URL": "RabbitMQ server",
}


def main() -> int:
    """Ask every server, then run the tests; return pytest's code, or 1 when a server is missing."""
    urls = {name: os.environ.get(name) or default for name, default in SERVERS.items()}
    missing = [sentence for name, url in urls.items() if (sentence := _does_not_answer(name, url))]
    if missing:
        print("\n".join(missing), file=sys.stderr)
        return 1
    hosts = sorted({urlsplit(url).hostname or "127.0.0.1" for url in urls.values()} | {"127.0.0.1", "::1"})
    command = [sys.executable, "-m", "pytest", "-n", "2", f"--allow-hosts={','.join(hosts)}"]
    return subprocess.run(
        [*command, "tests/database", "tests/services"], env={**os.environ, **urls}, check=False
    ).returncode


def _does_not_answer(name: str, url: str) -> str | None:
    """Return the sentence for a person when nothing answers at this address, without its password."""
    place = urlsplit(url)
    try:
        if name == "TEST_DATABASE_URL":
            psycopg.connect(url, connect_timeout=5).close()
        else:
            with Connection(url, connect_timeout=5) as connection:
                connection.ensure_connection(max_retries=1, timeout=5)
    except Exception as error:  # noqa: BLE001  # each driver has its own; all mean the same to the reader
        where = f"{place.hostname}:{place.port}"
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        return f"No {NAMES[name]} answers at {where}: start one or set {name}. ({reason})"
    return None


if __name__ == "__main__":
    sys.exit(main())
