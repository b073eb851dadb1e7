"""How does one process of a real installation start? `python -m launch.serve web`, `worker` or `beat`.

For containers and service managers: the process becomes the server, so signals reach it. `upgrade` brings
the database up to date; `healthy` says by its exit code whether the process of this place is well. What a
place runs can also be said by BATON_PROCESS. More words go to the server as they are.
"""

import os
import sys
import time
from pathlib import Path
from typing import NoReturn

from launch import health

ROLES = ("web", "worker", "beat")
# A worker and a scheduler touch their file every ten seconds (config.celery); three misses are an illness.
ILL_AFTER_S = 35.0


def main(words: list[str]) -> int:
    """Become what is asked for; return 2 when nobody knows what that is."""
    asked = words[0] if words else os.environ.get("BATON_PROCESS") or "web"
    if asked == "healthy":
        return 0 if healthy(os.environ.get("BATON_PROCESS") or "web") else 1
    if asked == "upgrade":
        _become([sys.executable, "manage.py", "upgrade", *words[1:]])
    if asked in ROLES:
        os.environ["BATON_PROCESS"] = asked
        os.environ.setdefault("BATON_READY_FILE", str(_ready_file(asked)))
        Path(os.environ["BATON_READY_FILE"]).unlink(missing_ok=True)
        _become([sys.executable, "-m", *arguments(asked), *words[1:]])
    print(f"There is no process {asked!r}: say one of {', '.join(ROLES)}, upgrade or healthy.")
    return 2


def _become(command: list[str]) -> NoReturn:
    os.execv(command[0], command)  # noqa: S606  # our own interpreter


def arguments(role: str) -> list[str]:
    """Return what Python's -m is given; HOST, PORT, STOP_WITHIN and WORKER_PROCESSES are honoured."""
    if role == "web":
        return [
            *("uvicorn", "config.asgi:application", "--lifespan", "off", "--no-server-header"),
            *("--host", os.environ.get("HOST") or "127.0.0.1", "--port", _port()),
            # Live pages leave at once (web.streaming); what is left are requests, which may end.
            *("--timeout-graceful-shutdown", os.environ.get("STOP_WITHIN") or "20"),
            *("--log-level", "warning"),
        ]
    options = {
        # A worker that is asked to stop ends what it has begun; nobody needs its gossip. Each has a name of
        # its own: RabbitMQ lets no second worker of one name on one machine in, and it would stop at once.
        "worker": [
            *("--hostname", f"worker-{os.getpid()}@%h", "--without-gossip"),
            *("--concurrency", os.environ.get("WORKER_PROCESSES") or "2"),
        ],
        "beat": ["--pidfile", ""],
    }
    return ["celery", "--app", "config.celery", role, *options[role]]


def healthy(role: str) -> bool:
    """Say whether the web server answers, or the other's file was touched lately."""
    if role == "web":
        return health.answers(f"http://127.0.0.1:{_port()}/health/live")()
    file = Path(os.environ.get("BATON_READY_FILE") or _ready_file(role))
    try:
        # Against the clock that stamps files, which is the machine's.
        return time.time() - file.stat().st_mtime < ILL_AFTER_S  # noqa: TID251
    except FileNotFoundError:
        return False


def _port() -> str:
    return os.environ.get("PORT") or "8000"


def _ready_file(role: str) -> Path:
    return Path(os.environ.get("DATA_DIR") or "var") / f"{role}.ready"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
