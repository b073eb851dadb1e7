"""Does a page read a large table from end to end? What it asked is explained, statement by statement."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.db import connection

LARGE: Final = 50_000  # rows; below, reading all of them is often the best plan
_EXPLAINED: Final = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "(SELECT")

Statement = tuple[str, Any]


@contextmanager
def noted() -> Iterator[list[Statement]]:
    """This will note what is asked of the database inside, with its values."""
    found: list[Statement] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        if not many and sql.lstrip().upper().startswith(_EXPLAINED):
            found.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found


def scanned(statements: list[Statement], *, large: int = LARGE) -> tuple[str, ...]:
    """This will name the tables of at least so many rows of which a plan reads every row."""
    sizes = _sizes()
    found = {
        node["Relation Name"]
        for sql, params in statements
        for node in _nodes(_plan(sql, params))
        if node["Node Type"].endswith("Seq Scan") and sizes.get(node["Relation Name"], 0) >= large
    }
    return tuple(sorted(found))


def _plan(sql: str, params: Any) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
        told = cursor.fetchone()[0]
    (plan,) = json.loads(told) if isinstance(told, str) else told
    found: dict[str, Any] = plan["Plan"]
    return found


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for each in plan.get("Plans", ()):
        yield from _nodes(each)


def _sizes() -> dict[str, float]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, reltuples FROM pg_class WHERE relkind = 'r'")
        return dict(cursor.fetchall())
