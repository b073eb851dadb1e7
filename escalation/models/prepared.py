"""What do pages ask of the database again and again? The same statements, each composed once per process.

Django composes a statement anew at every call: for a handoff with all that stands around it, seven joins and
a hundred and fifty columns, that took longer than PostgreSQL's answer. Here the queryset is written down as
ever, and its SQL, its columns and how they become rows are kept. Only values may differ from call to call:
where a value changes the statement itself (None, a list), it is asked the ordinary way. Where the statement
alone is wanted and no rows are made of it, ``models.fixed`` is enough.
"""

from collections.abc import Callable
from typing import Any, Final, Generic, NamedTuple, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models.query import get_related_populators  # type: ignore[attr-defined]  # the stubs leave it out
from django.db.transaction import TransactionManagementError

Row = TypeVar("Row", bound=models.Model)

# What stands in the statement in a value's place while it is composed: nothing that anybody asks for.
_STAND_INS: Final[dict[type, Callable[[int], Any]]] = {
    int: lambda number: -2_000_000_011 - number,
    UUID: lambda number: UUID(int=0xBA70_0000_0000_0000_0000_0000_0000_0000 + number),
}


class _Composed(NamedTuple):
    """A statement, and how its rows are read."""

    sql: str
    params: tuple[Any, ...]
    places: tuple[tuple[int, str], ...]  # of the params, which value stands where
    columns: slice
    names: tuple[str, ...]
    converters: tuple[tuple[int, tuple[Any, ...]], ...]
    around: tuple[Any, ...]  # of select_related: what puts the joined rows in their place
    model: Any
    locks: bool


def _stands_in(value: Any, names: dict[Any, str]) -> bool:
    return type(value) in _STAND_INS and value in names


class Prepared(Generic[Row]):
    """A queryset of whole rows whose statement stays the same; ``select_related`` and locks included."""

    def __init__(self, build: Callable[..., "models.QuerySet[Row]"], **kinds: type) -> None:
        """Take how the queryset is made of its values, and each value's kind: ``int`` or ``UUID``."""
        self.build = build
        self._kinds = kinds
        self._composed: _Composed | None = None

    def rows(self, **values: Any) -> list[Row]:
        """This will ask with these values; raises where rows are locked outside a transaction."""
        known = self._composed or self._compose()
        if known.locks and not connection.in_atomic_block:
            raise TransactionManagementError("Rows are locked in a transaction, or not at all.")
        params = list(known.params)
        for place, name in known.places:
            params[place] = values[name]
        with connection.cursor() as cursor:
            cursor.execute(known.sql, params)
            found = cursor.fetchall()
        return [self._read(known, list(each)) for each in found]

    def first(self, **values: Any) -> Row | None:
        """This will return the first row, or None."""
        return next(iter(self.rows(**values)), None)

    def _compose(self) -> _Composed:
        stand_ins = {name: _STAND_INS[kind](place) for place, (name, kind) in enumerate(self._kinds.items())}
        query = self.build(**stand_ins).query
        compiler = query.get_compiler(using=DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        names = {value: name for name, value in stand_ins.items()}
        places = tuple((at, names[each]) for at, each in enumerate(params) if _stands_in(each, names))
        if {name for _, name in places} != set(stand_ins):
            raise TypeError("A value is not found in the statement as it was given: ask the ordinary way.")
        select, info = compiler.select, compiler.klass_info
        columns = slice(info["select_fields"][0], info["select_fields"][-1] + 1)
        converters = compiler.get_converters([each[0] for each in select])
        self._composed = _Composed(
            sql=sql,
            params=tuple(params),
            places=places,
            columns=columns,
            names=tuple(each[0].target.attname for each in select[columns]),
            converters=tuple((at, (tuple(calls), field)) for at, (calls, field) in converters.items()),
            around=tuple(get_related_populators(info, select, DEFAULT_DB_ALIAS)),
            model=info["model"],
            locks=bool(query.select_for_update),
        )
        return self._composed

    @staticmethod
    def _read(known: _Composed, row: list[Any]) -> Row:
        for at, (calls, field) in known.converters:
            for call in calls:
                row[at] = call(row[at], field, connection)
        made: Row = known.model.from_db(DEFAULT_DB_ALIAS, known.names, row[known.columns])
        for each in known.around:
            each.populate(row, made)
        return made
