"""Which files make up the project? Everything that git tracks or would track, by kind."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PRODUCT = ("config/", "escalation/", "launch/")


@cache
def tracked() -> tuple[str, ...]:
    """Return the paths, relative to the root, that belong to the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return tuple(sorted(path for path in listed.split("\0") if path and (ROOT / path).is_file()))


def product_modules() -> tuple[str, ...]:
    """Return the Python files of the product, migrations left out: Django writes those."""
    return tuple(
        path
        for path in tracked()
        if path.startswith(PRODUCT) and path.endswith(".py") and "/migrations/" not in path
    )


@cache
def text(path: str) -> str:
    """Return what a tracked text file holds."""
    return (ROOT / path).read_text(encoding="utf-8")


@cache
def tree(path: str) -> ast.Module:
    """Return the syntax tree of a Python file."""
    return ast.parse(text(path), filename=path)
