"""Which rows does an encoded query ask for.

The trap to know: a clause that is not understood (an unknown field or operator) is DROPPED and the wider set
comes back, as the vendor does unless `glide.invalid_query.returns_no_rows` is true.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from itertools import islice
from typing import Final

from escalation.practice.servicenow.dictionary import Field
from escalation.practice.store import Document

# What the evaluation needs to know of a path: its last column, the raw value and the shown value for a row.
Look = Callable[[str], "Column | None"]

_ESCAPED_CARET: Final = "\x00"
_DATE: Final = "%Y-%m-%d %H:%M:%S"
_GENERATED = re.compile(r"^javascript:\s*gs\.dateGenerate\('([^']+)',\s*'([^']+)'\)$")
# Longest first: NOTLIKE before LIKE, >= before >.
_OPERATORS: Final = (
    "ISNOTEMPTY", "ISEMPTY", "ANYTHING", "STARTSWITH", "ENDSWITH", "NOT LIKE", "NOTLIKE", "NOT IN", "NOTIN",
    "LIKE", "IN", "!=", ">=", "<=", ">", "<", "=",
)  # fmt: skip
_CLAUSE = re.compile(
    rf"^([a-z][a-z0-9_.]*)({'|'.join(re.escape(one) for one in _OPERATORS)})(.*)$", re.DOTALL
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A field as a query sees it: where it ends, and how to read a row's value and shown text."""

    field: Field
    raw: Callable[[Document], str]
    shown: Callable[[Document], str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Clause:
    """One understood condition."""

    column: Column
    operator: str
    wanted: str  # without case, as the database compares
    among: frozenset[str]

    @classmethod
    def of(cls, column: Column, operator: str, value: str) -> "Clause":
        """Prepare the value once, not for each row."""
        wanted = value.casefold()
        among = frozenset(one.strip() for one in wanted.split(",")) if operator in {"IN", "NOTIN"} else ()
        return cls(column=column, operator=operator, wanted=wanted, among=frozenset(among))

    def holds(self, row: Document) -> bool:
        """Say whether the row meets the condition."""
        raw, wanted = self.column.raw(row).casefold(), self.wanted
        if self.operator in {"ISEMPTY", "ISNOTEMPTY"}:
            return (raw == "") == (self.operator == "ISEMPTY")
        if self.operator in {"=", "!="}:
            return (raw == wanted) == (self.operator == "=")
        if self.operator in {"IN", "NOTIN"}:
            return (raw in self.among) == (self.operator == "IN")
        if self.operator in {"LIKE", "NOTLIKE", "STARTSWITH", "ENDSWITH"}:
            return self._holds_text(wanted, raw, row)
        return self.operator == "ANYTHING" or self._holds_order(raw, wanted)

    def _holds_text(self, wanted: str, raw: str, row: Document) -> bool:
        text = self.column.shown(row).casefold() if self.column.field.reference else raw
        if self.operator == "STARTSWITH":
            return text.startswith(wanted)
        if self.operator == "ENDSWITH":
            return text.endswith(wanted)
        return (wanted in text) == (self.operator == "LIKE")

    def _holds_order(self, raw: str, wanted: str) -> bool:
        if raw == "":
            return False
        left, right = (_sortable(self.column.field, one) for one in (raw, wanted))
        if self.operator in {">=", "<="}:
            return left >= right if self.operator == ">=" else left <= right
        return left > right if self.operator == ">" else left < right


@dataclass(frozen=True, kw_only=True, slots=True)
class Query:
    """A parsed query: sets joined by NQ, each an AND of ORs; then the order."""

    sets: tuple[tuple[tuple[Clause, ...], ...], ...]
    order: tuple[tuple[Column, bool], ...]

    @property
    def walks_after(self) -> str | None:
        """The sys_id after which it walks a table in their order; None where it does anything else."""
        orders = [(column.field.element, descending) for column, descending in self.order]
        if len(self.sets) != 1 or orders != [("sys_id", False)]:
            return None
        lone = [ors[0] for ors in self.sets[0] if len(ors) == 1]
        after = [one.wanted for one in lone if one.operator == ">" and one.column.field.element == "sys_id"]
        return max(after, default=None)

    def first(self, rows: Iterable[Document], most: int) -> list[Document]:
        """Give the first matching rows of a table that comes in the asked order."""
        return list(islice(filter(self._matches, rows), most))

    def run(self, rows: Iterable[Document]) -> list[Document]:
        """Give the matching rows in the asked order."""
        found = [row for row in rows if self._matches(row)]
        for column, descending in reversed(self.order):
            found.sort(key=lambda row: _sortable(column.field, column.raw(row)), reverse=descending)
        return found

    def _matches(self, row: Document) -> bool:
        if not self.sets:
            return True
        return any(all(any(one.holds(row) for one in ors) for ors in ands) for ands in self.sets)


def parse(text: str, *, look: Look, zone: tzinfo) -> Query:
    """Read an encoded query. `zone` is the API user's: plain date-times in it are read there and turned to
    UTC.
    """
    order: list[tuple[Column, bool]] = []
    sets: list[tuple[tuple[Clause, ...], ...]] = []
    for part in text.replace("^^", _ESCAPED_CARET).split("^NQ"):
        ands: list[list[Clause]] = []
        for piece in part.split("^"):
            if piece.startswith("ORDERBY"):
                order += _ordering(piece, look)
                continue
            continues = piece.startswith("OR")
            clause = _clause(piece.removeprefix("OR"), look, zone)
            if clause is None:
                continue
            if continues and ands:
                ands[-1].append(clause)
            else:
                ands.append([clause])
        sets.append(tuple(tuple(ors) for ors in ands))
    return Query(sets=tuple(sets), order=tuple(order))


def _ordering(piece: str, look: Look) -> list[tuple[Column, bool]]:
    descending = piece.startswith("ORDERBYDESC")
    column = look(piece.removeprefix("ORDERBYDESC").removeprefix("ORDERBY"))
    return [(column, descending)] if column else []


def _clause(piece: str, look: Look, zone: tzinfo) -> Clause | None:
    found = _CLAUSE.match(piece)
    if found is None:
        return None
    path, operator, value = found.groups()
    column = look(path)
    if column is None:
        return None
    value = value.replace(_ESCAPED_CARET, "^")
    if column.field.kind == "glide_date_time":
        value = _in_utc(value, zone)
    elif value.startswith("javascript:"):
        return None
    return Clause.of(column, operator.replace(" ", ""), value)


def _in_utc(value: str, zone: tzinfo) -> str:
    generated = _GENERATED.match(value)
    if generated:
        value = f"{generated[1]} {generated[2]}"
    try:
        local = datetime.strptime(value, _DATE).replace(tzinfo=zone)
    except ValueError:
        return value
    return local.astimezone(UTC).strftime(_DATE)


def _sortable(field: Field, value: str) -> tuple[float, str]:
    if field.kind == "integer":
        try:
            return (float(value), "")
        except ValueError:
            return (float("-inf"), value)
    return (0.0, value.casefold())
