"""Write the diagram of a handoff's statuses into the docs, drawn from the table in the code."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from escalation.lifecycle.diagram import mermaid

BEGIN, END = "<!-- drawn by manage.py draw_lifecycle -->", "<!-- end of drawing -->"


class Command(BaseCommand):
    """`manage.py draw_lifecycle`, and with `--check` fail when the docs show an older table."""

    help = "Draw the lifecycle into docs/architecture.md."
    requires_system_checks: list[str] = []  # noqa: RUF012  (Django's own declaration)

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --check."""
        parser.add_argument("--check", action="store_true", help="change nothing; fail when out of date")

    def handle(self, *_: Any, check: bool, **__: Any) -> None:
        """Replace what stands between the two marks."""
        page = Path(settings.BASE_DIR) / "docs" / "architecture.md"
        text = page.read_text(encoding="utf-8")
        before, begin, rest = text.partition(BEGIN)
        _drawn, end, rest = rest.partition(END)
        if not begin or not end:
            raise CommandError(f"{page.name} lacks the marks between which the diagram stands.")
        drawn = f"{before}{BEGIN}\n\n```mermaid\n{mermaid()}```\n\n{END}{rest}"
        if check and drawn != text:
            raise CommandError("The diagram is out of date; run manage.py draw_lifecycle.")
        if not check:
            page.write_text(drawn, encoding="utf-8")
