"""Which brokers can be killed? Redis and RabbitMQ, each a node of its own in the trial's folder.

The machine's own servers belong to somebody else and are never touched: other ports, other data, other names.
"""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from kombu import Connection

from launch.processes import Program

NAME = "broker"
# Debian's package puts a script on the path that becomes another user; the server itself lies beside it.
RABBITMQ = "/usr/lib/rabbitmq/bin/rabbitmq-server"
PACKAGES = {"redis": "redis-server", "rabbitmq": "rabbitmq-server"}


class Missing(Exception):
    """The broker's server is not on this machine; the text says what to install."""


def program(kind: str, *, folder: Path, port: int) -> Program:
    """Return the broker of this kind; it needs ``port`` and the two ports after it. Raises ``Missing``."""
    folder.mkdir(parents=True, exist_ok=True)
    command, environment = {"redis": _redis, "rabbitmq": _rabbitmq}[kind](folder, port)
    return Program(
        name=NAME,
        command=command,
        environment=environment,
        ready=_answers(url(kind, port=port)),
        needed_by_others=True,
    )


def url(kind: str, *, port: int) -> str:
    """Return the address under which Celery finds it."""
    return {"redis": f"redis://127.0.0.1:{port}/0", "rabbitmq": f"amqp://guest:guest@127.0.0.1:{port}//"}[
        kind
    ]


def clear_up(kind: str, *, port: int) -> None:
    """End what a broker leaves behind: Erlang's daemon of names outlives the node that started it."""
    if kind == "rabbitmq" and (daemon := shutil.which("epmd")):
        environment = {**os.environ, "ERL_EPMD_PORT": str(port + 2)}
        subprocess.run([daemon, "-kill"], env=environment, stdout=subprocess.DEVNULL, check=False)


def _redis(folder: Path, port: int) -> tuple[list[str], dict[str, str]]:
    server = _found("redis", shutil.which("redis-server"))
    # Nothing is written down: what a broker forgets is still owed in the database.
    options = ["--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder), "--save", ""]
    return [server, *options], dict(os.environ)


def _rabbitmq(folder: Path, port: int) -> tuple[list[str], dict[str, str]]:
    server = _found("rabbitmq", shutil.which(RABBITMQ) or shutil.which("rabbitmq-server"))
    plugins = folder / "plugins"
    plugins.write_text("[].\n", encoding="utf-8")
    # Its own settings and nothing of the machine's, whose port and names would be taken.
    settings, nothing = folder / "rabbitmq.conf", folder / "environment.conf"
    settings.write_text(f"listeners.tcp.1 = 127.0.0.1:{port}\n", encoding="utf-8")
    nothing.touch()
    names = {
        "RABBITMQ_NODENAME": f"baton-{port}@localhost",
        "RABBITMQ_CONF_ENV_FILE": str(nothing),
        "RABBITMQ_CONFIG_FILE": str(settings),
        "RABBITMQ_DIST_PORT": str(port + 1),
        "ERL_EPMD_PORT": str(port + 2),
        "ERL_EPMD_ADDRESS": "127.0.0.1",
        "RABBITMQ_MNESIA_BASE": str(folder / "data"),
        "RABBITMQ_LOG_BASE": str(folder / "logs"),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(plugins),
        "RABBITMQ_PID_FILE": str(folder / "pid"),
        "HOME": str(folder),
    }
    return [server], {**os.environ, **names}


def _found(kind: str, path: str | None) -> str:
    if path is None:
        raise Missing(f"The trial kills a broker of its own: install the package `{PACKAGES[kind]}`.")
    return path


def _answers(address: str) -> Callable[[], bool]:
    def ask() -> bool:
        try:
            with Connection(address, connect_timeout=2) as connection:
                connection.ensure_connection(max_retries=1, timeout=2)
        except Exception:  # noqa: BLE001  # each driver has its own; all mean: not yet
            return False
        return True

    return ask
