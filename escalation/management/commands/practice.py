"""Start one practice tool: a stand-in for another company's tool, on loopback, for demo and tests."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from escalation.practice.serve import serve
from escalation.practice.tool import Plan


class Command(BaseCommand):
    """`manage.py practice --tool zendesk`; `make run` starts one process for each tool."""

    help = "Serve one practice tool until it is stopped."
    requires_system_checks = ()  # it uses neither database nor templates of ours

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the tool, and its port when it is not the one settings give it."""
        parser.add_argument("--tool", required=True, choices=sorted(settings.PRACTICE_TOOLS))
        parser.add_argument("--port", type=int)

    def handle(self, *_: Any, tool: str, port: int | None, **__: Any) -> None:
        """Serve until SIGTERM."""
        if not settings.PRACTICE:
            raise CommandError("Practice tools exist in practice mode only: set PRACTICE=1.")
        data = Path(settings.DATA_DIR) / "practice"
        data.mkdir(parents=True, exist_ok=True)
        serve(
            tool=tool,
            host="127.0.0.1",
            port=port or int(settings.PRACTICE_TOOLS[tool].rpartition(":")[2]),
            plan=Plan(
                data=data,
                baton_url=settings.PUBLIC_URL,
                extra=Path(settings.PRACTICE_EXTRA) if settings.PRACTICE_EXTRA else None,
            ),
        )
