"""`manage.py peer_world`: handoffs to ask for beside another product, and how to ask, as one line of JSON."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from escalation.management import peer_world


class Command(BaseCommand):
    """Write them and say how they are asked for."""

    help = "Writes many handoffs into the database that it is given; `make bench-peers` asks for them."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the size."""
        parser.add_argument("--handoffs", type=int, default=1_000_000)

    def handle(self, *_: Any, **options: Any) -> None:
        """Write and print."""
        self.stdout.write(json.dumps(peer_world.build(handoffs=options["handoffs"], now=timezone.now())))
