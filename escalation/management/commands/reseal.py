"""Seal every stored credential with the newest key, so that the old one can be taken out."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from escalation.upkeep.reseal import reseal


class Command(BaseCommand):
    """`manage.py reseal`: safe beside a running Baton, any number of times; fails when a value stays shut."""

    help = "Seal every stored credential with the first of CREDENTIAL_KEYS."

    def handle(self, *_: Any, **__: Any) -> None:
        """Print how many were sealed anew, and name the connections that no key opens."""
        done = reseal()
        self.stdout.write(f"{done.anew} sealed anew with the newest key.")
        if done.unreadable:
            raise CommandError(
                f"No key in CREDENTIAL_KEYS opens the credentials of {', '.join(done.unreadable)}. "
                "Keep the old keys, or enter these credentials again on the connection's page."
            )
        self.stdout.write("The older keys can be taken out of CREDENTIAL_KEYS.")
