"""How are rows written by COPY without building each value in Python first? As lines of text.

What no row of a table has of its own comes from one that was never saved, so that a new column needs no word
here; where the database itself has a default it is left to it.
"""

import json
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from django.db import connection
from django.db.models import NOT_PROVIDED, Model
from psycopg.types.json import Json, Jsonb

NULL: Final = r"\N"
_SPECIAL = re.compile(r"[\\\n\r\t]")
_ESCAPED = {"\\": "\\\\", "\n": r"\n", "\r": r"\r", "\t": r"\t"}
_A_PIECE = 1 << 20


def escaped(text: str) -> str:
    """This will return text as a line of COPY takes it."""
    return _SPECIAL.sub(lambda found: _ESCAPED[found[0]], text)


def moment(at: datetime | None) -> str:
    """This will do the same for a time."""
    return NULL if at is None else at.isoformat()


def yes(said: bool) -> str:  # noqa: FBT001 - a value and no switch
    """This will do the same for yes and no."""
    return "t" if said else "f"


class Sheaf:
    """Rows of one table on their way into it."""

    def __init__(self, plain: Model, *own: str) -> None:
        """Take a row that was never saved, and the columns that every row has of its own."""
        kind = type(plain)
        self.table = kind._meta.db_table
        same = [
            each
            for each in kind._meta.concrete_fields
            if each.column not in own
            and each.db_default is NOT_PROVIDED
            and not (each.primary_key and each.get_internal_type().endswith("AutoField"))
        ]
        values = [each.get_db_prep_save(getattr(plain, each.attname), connection) for each in same]
        self._end = "".join(f"\t{_as_text(each)}" for each in values) + "\n"
        self._columns = ", ".join((*own, *(each.column for each in same)))
        self._lines: list[str] = []
        self.written = 0

    def add(self, *values: str) -> None:
        """Keep one row; its own values in their order, as text."""
        self._lines.append("\t".join(values) + self._end)

    def write(self) -> None:
        """This will write what was added since the last time."""
        with (
            connection.cursor() as cursor,
            cursor.copy(f"COPY {self.table} ({self._columns}) FROM STDIN") as copy,
        ):
            for piece in _pieces(self._lines):
                copy.write(piece)
        self.written += len(self._lines)
        self._lines.clear()


def _pieces(lines: Sequence[str]) -> Iterable[str]:
    piece: list[str] = []
    size = 0
    for line in lines:
        piece.append(line)
        size += len(line)
        if size > _A_PIECE:
            yield "".join(piece)
            piece, size = [], 0
    yield "".join(piece)


def _as_text(value: Any) -> str:
    match value:
        case None:
            return NULL
        case bool():
            return yes(value)
        case datetime():
            return moment(value)
        case Json() | Jsonb():
            return escaped(json.dumps(value.obj))
        case _:
            return escaped(str(value))
