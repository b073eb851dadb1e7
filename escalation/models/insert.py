"""How does a row come into a table that every send, every delivery and every webhook writes to?

By one statement that is composed once in a process: Django composes each ``INSERT`` anew, from forty
objects, in a transaction of its own. Only for models without signals and parents, and with every value said.
"""

from functools import cached_property
from typing import Any, Final, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, models

Row = TypeVar("Row", bound=models.Model)

UNLESS_HELD: Final = "ON CONFLICT DO NOTHING"


class Insert(Generic[Row]):
    """New rows of one model."""

    def __init__(self, model: type[Row], *, ending: str = "") -> None:
        """Take the model, and what the statement says of a row that is held already."""
        self._model, self._ending = model, ending

    def create(self, **values: Any) -> Row:
        """This will write a row and return it, as ``objects.create`` does."""
        row = self._model(**values)
        self.write(row)
        return row

    def write(self, row: Row) -> bool:
        """This will write the row and give it its key; False where it is held already and may be."""
        values = [each.get_db_prep_save(each.pre_save(row, add=True), connection) for each in self._fields]
        with connection.cursor() as cursor:
            cursor.execute(self._statement, values)
            found = cursor.fetchone()
        if found is not None:
            row.pk = found[0]
            row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS  # noqa: SLF001  # as Django's save
        return found is not None

    @cached_property
    def _fields(self) -> list[Any]:
        meta = self._model._meta
        return [each for each in meta.concrete_fields if each is not meta.auto_field]

    @cached_property
    def _statement(self) -> str:
        meta, quoted = self._model._meta, connection.ops.quote_name
        columns = ", ".join(quoted(each.column) for each in self._fields)
        places = ", ".join("%s" for _ in self._fields)
        return (
            f"INSERT INTO {quoted(meta.db_table)} ({columns}) VALUES ({places}) "  # noqa: S608 - our own names
            f"{self._ending} RETURNING {quoted(meta.pk.column)}"
        )
