"""`manage.py eval_secrets`: how often is something taken for a secret in what people and tools write?

One JSON line per source: texts read, texts with a finding, and the kinds. Nobody's secrets stand in recorded
payloads and labelled conversations, so every finding is a false alarm; ``--show`` prints each, masked, with
its surroundings. Read are our own fixtures, the recordings of the shared folder (`BATON_SHARED`, else
`../shared`) and the folders that are named.
"""

import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from escalation.guard.redaction import redact
from escalation.guard.secrets import secrets

AROUND = 40  # characters on either side of a finding


class Command(BaseCommand):
    """Count what the guard takes for secrets."""

    help = "Counts what is taken for a secret in recorded conversations, one JSON line per source."
    requires_system_checks: list[str] = []  # noqa: RUF012  (Django's own declaration)
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Take further folders of JSON or text."""
        parser.add_argument("folders", nargs="*", type=Path)
        parser.add_argument(
            "--show", action="store_true", help="print each finding, masked, with what is around it"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Read every text of every source, and print the counts."""
        base = Path(settings.BASE_DIR)
        folders = [base / "fixtures" / "eval", base / "fixtures" / "tools"]
        shared = Path(os.environ.get("BATON_SHARED") or base.parent / "shared")
        folders += [base / "escalation" / "practice" / "world" / "data", shared / "recorded"]
        for folder in filter(Path.exists, [*folders, *options["folders"]]):
            read, alarmed = 0, 0
            kinds: Counter[str] = Counter()
            for text in _texts_in(folder):
                found = secrets(text)
                read, alarmed = read + 1, alarmed + bool(found)
                kinds.update(each.kind for each in found)
                if options["show"] and found:
                    self.stdout.write(_around(text, found[0].start, found[-1].end))
            name = str(folder.relative_to(base)) if folder.is_relative_to(base) else folder.name
            said = {
                "figure": "secrets.false_alarms",
                "source": name,
                "texts": read,
                "with_a_finding": alarmed,
            }
            self.stdout.write(json.dumps(said | {"kinds": dict(kinds)}))


def _around(text: str, start: int, end: int) -> str:
    clean = redact(text, spans=secrets(text))
    return f"  {clean[max(0, start - AROUND) : end + AROUND]!r}"


def _texts_in(folder: Path) -> Iterator[str]:
    for file in sorted(folder.rglob("*")):
        if file.suffix in {".txt", ".csv", ".tsv"}:
            yield file.read_text(encoding="utf-8", errors="replace")
        elif file.suffix == ".jsonl":
            for line in file.read_text(encoding="utf-8").split("\n"):
                yield from _strings(json.loads(line or "null"))
        elif file.suffix == ".json":
            try:
                yield from _strings(json.loads(file.read_text(encoding="utf-8")))
            except ValueError:
                continue  # a recording of a broken answer


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str) and value.strip():
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)
