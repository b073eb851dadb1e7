"""Erase what is known of one person, and keep the figures."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from escalation.upkeep.erasure.erase import erase
from escalation.upkeep.erasure.person import Person, TooVague


class Command(BaseCommand):
    """`manage.py erase_person "Ana Ruiz" ana@example.com`: says what would go; with --really it goes."""

    help = "Erases one person's names, mail addresses and texts everywhere; figures stay as they are."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the words by which the person is known."""
        parser.add_argument(
            "known_as", nargs="+", help="full name as written, mail address, handle; each once"
        )
        parser.add_argument(
            "--really", action="store_true", help="erase, instead of only saying what would go"
        )

    def handle(self, *_: Any, **options: Any) -> None:
        """Print what went, or would go."""
        try:
            person = Person.of(options["known_as"])
        except TooVague as error:
            raise CommandError(str(error)) from error
        erased = erase(person, really=options["really"])
        for name, count in erased.counts:
            self.stdout.write(f"{count:>8} {name}")
        for each in erased.accounts:
            self.stdout.write(f"The account {each.username} is closed and has lost its name.")
        for handoff in erased.to_look_at:
            self.stdout.write(f"Handoff {handoff} has files that nobody can look into: see them yourself.")
        if not erased.counts:
            self.stdout.write("Nobody of that name is here.")
        elif options["really"]:
            self.stdout.write("Erased here. What was delivered is in the tools too: erase it there.")
        else:
            self.stdout.write("Nothing was changed. With --really this goes, and cannot be brought back.")
