"""Say how often incidents of a past log changed hands: the before of every figure Baton shows."""

import csv
import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from escalation.metrics.event_log import MOST_APART, Figures, NotALog, figures, incidents


class Command(BaseCommand):
    """`manage.py metrics --event-log FILE`."""

    help = "Figures of a ServiceNow incident event log (CSV): reassignments, ping-pong, hours to resolve."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file and the form of the answer."""
        parser.add_argument("--event-log", required=True, type=Path, metavar="FILE")
        parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")

    def handle(self, *_: Any, **options: Any) -> None:
        """Read the log and print its figures."""
        try:
            with options["event_log"].open(encoding="utf-8-sig", newline="") as file:
                found = figures(incidents(csv.DictReader(file)))
        except (OSError, UnicodeDecodeError, NotALog) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(json.dumps(asdict(found)) if options["json"] else _table(found))


def _table(found: Figures) -> str:
    lines = [
        f"closed and resolved incidents  {found.incidents}",
        f"reassigned at least once       {found.reassigned:.1%}",
        f"ping-pong (A-B-A)              {found.ping_pong:.1%}",
        "",
        "reassignments  incidents  median hours  within SLA",
    ]
    for each in found.classes:
        count = f"{each.reassignments}+" if each.reassignments == MOST_APART else str(each.reassignments)
        lines.append(f"{count:<13}  {each.incidents:>9}  {each.median_hours:>12.1f}  {each.made_sla:>10.1%}")
    return "\n".join(lines)
