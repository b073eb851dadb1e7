"""Which programs make up one Baton on one machine, and with what environment?

The order is the order of starting; the practice tools stop last, because a worker finishes its call first.
"""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from launch import health
from launch.processes import Program

ROOT = Path(__file__).resolve().parent.parent
# Behind the web server's port, in this order (config/settings.py, PRACTICE_TOOLS).
PRACTICE_TOOLS = ("zendesk", "servicenow", "slack", "jira")


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where this run lives: its folder, its ports and whether it is a practice run."""

    data: Path
    port: int
    practice: bool

    @classmethod
    def from_environment(cls) -> "Place":
        """Read PORT, DATA_DIR and PRACTICE as settings will."""
        return cls(
            data=Path(os.environ.get("DATA_DIR") or ROOT / "var").expanduser().resolve(),
            port=int(os.environ.get("PORT") or 8000),
            practice=os.environ.get("PRACTICE", "1") not in {"0", "no", "false", "off"},
        )

    @property
    def tool_ports(self) -> dict[str, int]:
        """The practice tools and their ports; none outside practice mode."""
        return {tool: self.port + 1 + n for n, tool in enumerate(PRACTICE_TOOLS)} if self.practice else {}

    @property
    def address(self) -> str:
        """Where the pages are."""
        return f"http://127.0.0.1:{self.port}"


def environment(place: Place, **more: str) -> dict[str, str]:
    """Return the environment of every process of this run."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATA_DIR": str(place.data),
        "PORT": str(place.port),
        "PRACTICE": "1" if place.practice else "0",
        "PYTHONUNBUFFERED": "1",
        # Two cores are shared by six processes; none of them gains from threads inside a matrix product.
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        **more,
    }


def practice_tools(place: Place) -> list[Program]:
    """Return the stand-ins for the tools of other companies."""
    return [
        Program(
            name=f"practice {tool}",
            command=[sys.executable, "manage.py", "practice", "--tool", tool, "--port", str(port)],
            environment=environment(place),
            ready=health.answers(f"http://127.0.0.1:{port}/practice/health"),
            needed_by_others=True,
        )
        for tool, port in place.tool_ports.items()
    ]


def product(place: Place, more: Mapping[str, str]) -> list[Program]:
    """Return worker, scheduler and web server; `more` is what they need besides (DATABASE_URL)."""
    return [celery(place, "worker", more), celery(place, "beat", more), web(place, more)]


def celery(place: Place, role: str, more: Mapping[str, str], *, name: str = "") -> Program:
    """Return a worker or a scheduler; the name tells it from others of its kind in the same place."""
    name = name or role
    ready = ready_file(place, name)
    ready.parent.mkdir(parents=True, exist_ok=True)
    ready.unlink(missing_ok=True)
    options = {
        # Nobody to gossip with: one worker on one machine.
        "worker": [
            *("--hostname", f"{name.replace(' ', '-')}@%h", "--concurrency", "2"),
            *("--without-gossip", "--without-mingle", "--without-heartbeat"),
        ],
        "beat": ["--pidfile", "", "--schedule", str(place.data / f"{name}-schedule")],
    }[role]
    return Program(
        name=name,
        command=[sys.executable, "-m", "celery", "--app", "config.celery", role, *options],
        environment=environment(
            place,
            **more,
            BATON_PROCESS=role,
            BATON_READY_FILE=str(ready),
            # Celery would run Django's checks, which load every page: two seconds for either process.
            CELERY_SKIP_CHECKS="1",
        ),
        ready=health.appeared(ready),
    )


def ready_file(place: Place, name: str) -> Path:
    """Return the file that a worker or a scheduler of this name touches while it lives."""
    return place.data / "run" / f"{name}.ready"


def web(place: Place, more: Mapping[str, str]) -> Program:
    """Return the web server."""
    options = {
        "--host": "127.0.0.1",
        "--port": str(place.port),
        "--lifespan": "off",
        # An open live page would otherwise hold the server back when it is asked to stop.
        "--timeout-graceful-shutdown": "1",
        "--log-level": "warning",
    }
    words = [word for option in options.items() for word in option]
    return Program(
        name="web",
        command=[sys.executable, "-m", "uvicorn", "config.asgi:application", *words],
        environment=environment(place, **more, BATON_PROCESS="web"),
        ready=health.answers(f"{place.address}/health/ready"),
    )
