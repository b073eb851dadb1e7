"""Look whether the rows keep Baton's promises; changes nothing, safe beside a running Baton."""

import json
from collections import Counter
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from escalation.upkeep.verify import Promise, verify


class Command(BaseCommand):
    """`manage.py verify [--json]`: exit code 1 when a promise is broken."""

    help = "Check one record per handoff, notes once, whole timelines, no silence, unchanged bytes."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the form of the answer."""
        parser.add_argument("--json", action="store_true", help="one JSON object for each broken row")

    def handle(self, *_: Any, **options: Any) -> None:
        """Print what is broken, and per promise how often."""
        found = verify(now=timezone.now())
        if options["json"]:
            for each in found:
                self.stdout.write(json.dumps(asdict(each)))
        else:
            for each in found:
                self.stdout.write(f"BROKEN  {each.promise}: {each.row} {each.words}.")
            counts = Counter(each.promise for each in found)
            for promise in Promise:
                said = f"{counts[promise]} broken" if counts[promise] else "kept"
                self.stdout.write(f"{said:>12}  {promise}")
        if found:
            raise SystemExit(1)
