"""Is the installation ready to be started? Migrates, collects the static files, loads the practice world.

One process for three commands, because starting Django costs more than what they do on a second run. Each
can be repeated. The last lines on standard output, from `load_practice_world`, say which account plays
which role; the launcher shows them.
"""

import io
import sys

import django
from django.conf import settings
from django.core.management import call_command


def main() -> None:
    """Run the commands in order; an error of one of them ends the process with its message."""
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    if settings.PRACTICE:
        said = io.StringIO()
        call_command("load_practice_world", stdout=said)
        sys.stdout.write(said.getvalue())


if __name__ == "__main__":
    main()
