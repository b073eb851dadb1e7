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
    if _static_files_may_have_changed():
        call_command("collectstatic", verbosity=0, interactive=False)
    if settings.PRACTICE:
        said = io.StringIO()
        call_command("load_practice_world", stdout=said)
        sys.stdout.write(said.getvalue())


def _static_files_may_have_changed() -> bool:
    """Hashing and compressing them all takes two seconds, which a second start need not wait.

    Those of packages change with the lock files, whose own times say when that was: an installer keeps the
    old times of what it unpacks.
    """
    try:
        collected_at = (settings.STATIC_ROOT / "staticfiles.json").stat().st_mtime
    except FileNotFoundError:
        return True
    ours = [file for file in (settings.BASE_DIR / "static").rglob("*") if file.is_file()]
    theirs = [settings.BASE_DIR / name for name in ("package-lock.json", "requirements-dev.lock")]
    settled = [settings.BASE_DIR / "config" / "settings.py"]
    return any(file.stat().st_mtime > collected_at for file in (*ours, *theirs, *settled))


if __name__ == "__main__":
    main()
