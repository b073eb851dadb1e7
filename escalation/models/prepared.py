"""What do pages ask of the database again and again? The same statements, each composed once per process.

Django composes a statement anew at every call: for a handoff with all that stands around it, seven joins and
a hundred and fifty columns, that took longer than PostgreSQL's answer. Here the queryset is written down as
ever, and its SQL, its columns and how they become rows are kept. Only values may differ from call to call:
where a value changes the statement itself (None, a list), it is asked the ordinary way. Where the statement
alone is wanted and no rows are made of it, ``models.fixed`` is enough.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any, Final, Generic, NamedTuple, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models.query import get_related_populators  # type: ignore[attr-defined]  # the stubs leave it out
from django.db.transaction import TransactionManagementError

from escalation.models.fixed import Fixed

Row = TypeVar("Row", bound=models.Model)

# Values of each kind that nobody asks for.
_SAMPLES: Final[dict[type, Callable[[int], Any]]] = {
    int: lambda number: -2_000_000_011 - number,
    UUID: lambda number: UUID(int=0xBA70_0000_0000_0000_0000_0000_0000_0000 + number),
}


class _Reading(NamedTuple):
    """How the rows of a statement are read."""

    columns: slice
    names: tuple[str, ...]
    converters: tuple[tuple[int, tuple[Any, ...]], ...]
    around: tuple[Any, ...]  # of select_related: what puts the joined rows in their place
    model: Any
    locks: bool


class Prepared(Generic[Row]):
    """A queryset of whole rows whose statement stays the same; ``select_related`` and locks included."""

    def __init__(self, build: Callable[..., "models.QuerySet[Row]"], **kinds: type) -> None:
        """Take how the queryset is made of its values, and each value's kind: ``int`` or ``UUID``."""
        self.build = build
        self._samples = {name: _SAMPLES[kind](number) for number, (name, kind) in enumerate(kinds.items())}
        self._fixed = Fixed(build, **self._samples)

    def rows(self, **values: Any) -> list[Row]:
        """This will ask with these values; raises where rows are locked outside a transaction."""
        reading = self._reading
        if reading.locks and not connection.in_atomic_block:
            raise TransactionManagementError("Rows are locked in a transaction, or not at all.")
        statement, parameters = self._fixed.sql(**values)
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            found = cursor.fetchall()
        return [self._read(reading, list(each)) for each in found]

    def first(self, **values: Any) -> Row | None:
        """This will return the first row, or None."""
        return next(iter(self.rows(**values)), None)

    @cached_property
    def _reading(self) -> _Reading:
        query = self.build(**self._samples).query
        compiler = query.get_compiler(using=DEFAULT_DB_ALIAS)
        compiler.as_sql()  # it knows its columns when they are written down
        select, info = compiler.select, compiler.klass_info
        columns = slice(info["select_fields"][0], info["select_fields"][-1] + 1)
        converters = compiler.get_converters([each[0] for each in select])
        return _Reading(
            columns=columns,
            names=tuple(each[0].target.attname for each in select[columns]),
            converters=tuple((at, (tuple(calls), field)) for at, (calls, field) in converters.items()),
            around=tuple(get_related_populators(info, select, DEFAULT_DB_ALIAS)),
            model=info["model"],
            locks=bool(query.select_for_update),
        )

    @staticmethod
    def _read(known: _Reading, row: list[Any]) -> Row:
        for at, (calls, field) in known.converters:
            for call in calls:
                row[at] = call(row[at], field, connection)
        made: Row = known.model.from_db(DEFAULT_DB_ALIAS, known.names, row[known.columns])
        for each in known.around:
            each.populate(row, made)
        return made
