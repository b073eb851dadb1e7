"""Do imports run down, and does the pure core need nothing but itself? Asked of the real import system."""

import re
import subprocess
import sys
from pathlib import Path

from tests.architecture import sources

PURE = re.compile(
    r"^escalation/(?:(?:knowledge|lifecycle|extraction|linking|guard|translation)/"
    r"|tools/(?:contract|[^/]+/(?:interpret|translate|vocabulary))\b)"
)
BLOCKED = (
    "django",
    "rest_framework",
    "celery",
    "kombu",
    "psycopg",
    "requests",
    "urllib3",
    "zenpy",
    "structlog",
)
# Run in a process of its own: in this one Django is long imported.
IMPORT_ALL = """
import importlib, sys
blocked, modules = (words.split(",") for words in sys.argv[1:])

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in blocked:
            raise ImportError(f"{name} is not for the pure core")

sys.meta_path.insert(0, Refuse())
for module in modules:
    importlib.import_module(module)
print(len(modules))
"""


def test_imports_keep_the_contracts() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-logo"],
        cwd=sources.ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr


def test_the_pure_core_imports_with_django_celery_and_requests_blocked() -> None:
    paths = [path for path in sources.product_modules() if PURE.search(path)]
    modules = [path.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for path in paths]

    done = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL, ",".join(BLOCKED), ",".join(modules)],
        cwd=sources.ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert int(done.stdout) == len(modules) >= 6
