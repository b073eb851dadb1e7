"""Play a ticket's whole way from the shell, against running practice tools, and print its timeline.

`manage.py walkthrough 1` plays one ticket, `--all` every open one. Needs a Baton that runs (`make run`):
this command only plays the people.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from escalation.capture import prefill
from escalation.management.practice_company import ROUTE
from escalation.management.walkthrough import Cast, WentWrong, play
from escalation.models import Handoff, Route
from escalation.timeline.read import lines
from escalation.transport.errors import TransportError


class Command(BaseCommand):
    """`manage.py walkthrough REFERENCE…` or `--all`."""

    help = "Hand a practice ticket off, answer it, and print the timeline."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take tickets' references, or --all."""
        parser.add_argument(
            "reference", nargs="*", help="a ticket's number, as the practice Zendesk shows it"
        )
        parser.add_argument("--all", action="store_true", help="every open ticket")

    def handle(self, *_: Any, reference: list[str], **options: Any) -> None:
        """Play each ticket; fail at the end when one went wrong."""
        if not settings.PRACTICE:
            raise CommandError("A walkthrough writes into the tools; it exists in practice mode only.")
        cast = _cast()
        references = reference or (self._open(cast) if options["all"] else [])
        if not references:
            raise CommandError("Name a ticket, or --all.")
        wrong = [each for each in references if not self._play(each, cast)]
        self.stdout.write(f"{len(references) - len(wrong)} of {len(references)} tickets went all the way")
        if wrong:
            raise CommandError(f"Went wrong: {', '.join(wrong)}")

    def _open(self, cast: Cast) -> list[str]:
        return [line.reference for line in prefill.open_tickets(connection=cast.route.source)]

    def _play(self, reference: str, cast: Cast) -> bool:
        self.stdout.write(f"\nticket {reference}")
        try:
            handoff = play(reference, cast=cast)
        except (WentWrong, TransportError) as error:
            self.stderr.write(f"  went wrong: {error}")
            return False
        self._print(handoff)
        return True

    def _print(self, handoff: Handoff) -> None:
        self.stdout.write(f"  {handoff.summary}")
        begun: datetime | None = None
        for line in lines(handoff=handoff):
            begun = begun or line.recorded_at
            self.stdout.write(f"  {(line.recorded_at - begun).total_seconds():6.2f} s  {line.title}")
            for words in filter(None, (line.text, line.sayable and f"→ {line.sayable}")):
                self.stdout.write("            " + words.replace("\n", "\n            "))


def _cast() -> Cast:
    try:
        return Cast(
            route=Route.objects.get(name=ROUTE),
            level_one=User.objects.get(username="level-one"),
            level_two=User.objects.get(username="level-two"),
        )
    except (Route.DoesNotExist, User.DoesNotExist):
        raise CommandError("The practice world is not loaded: run manage.py load_practice_world.") from None
