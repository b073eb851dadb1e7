"""Which issues does a query mean: the part of JQL that integrations use, and its refusals.

Clauses `field operator value` joined by AND, OR, NOT and brackets, then ORDER BY. Dates are read in the
caller's zone, to the minute. Fields nobody declared (an issue property, for instance) are refused by name.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

from escalation.practice.jira.queryable import HELD, sortable, text_of, values_of
from escalation.practice.jira.site import parsed
from escalation.practice.store import Document, Store

Test = Callable[[Document], bool]

_TOKEN: Final = re.compile(
    r"""\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(>=|<=|!=|!~|[=<>~(),])|([^\s=<>!~(),"']+))"""
)
_AGO: Final = re.compile(r"^([+-]?)(\d+)([mhdw])$")
_UNITS: Final = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_WORDS: Final = frozenset({"and", "or", "not", "in", "is", "order"})
_ALIASES: Final = {
    "issuekey": "key", "issue": "key", "id": "key", "type": "issuetype", "component": "components",
    "affectedversion": "versions", "fixversion": "fixversions", "label": "labels",
    "updateddate": "updated", "createddate": "created",
}  # fmt: skip
_MOMENTS: Final = frozenset({"created", "updated"})
# How the vendor calls an empty resolution, which nevertheless "is EMPTY".
_NOTHING: Final = frozenset({"Unresolved"})


class BadQuery(ValueError):
    """A query that Jira answers with 400; the text says why."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Query:
    """A query that was read. `is_bounded` is what the new search asks of it."""

    test: Test
    order: tuple[tuple[str, bool], ...]
    is_bounded: bool

    def run(self, issues: Sequence[Document]) -> list[Document]:
        """Give the issues that match, in the asked order (newest first where none was asked)."""
        found = [one for one in issues if self.test(one)]
        found.sort(key=lambda one: int(one["id"]), reverse=True)
        for name, descending in reversed(self.order):
            found.sort(key=lambda one: sortable(one, name), reverse=descending)
        return found


def parse(text: str, *, store: Store, now: datetime, zone: tzinfo) -> Query:
    """Read a query. Raises BadQuery."""
    reader = _Reader(tokens=_tokens(text), store=store, now=now, zone=zone)
    test = reader.either() if reader.peek() and not reader.is_next("order") else None
    order = reader.order()
    if reader.peek():
        raise BadQuery(f"Error in the JQL Query: Expecting 'AND' or 'OR' but got '{reader.peek()}'.")
    return Query(test=test or (lambda _issue: True), order=order, is_bounded=test is not None)


def _tokens(text: str) -> list[tuple[str, bool]]:
    found: list[tuple[str, bool]] = []
    at = 0
    while text[at:].strip():
        match = _TOKEN.match(text, at)
        if match is None:
            raise BadQuery(f"Error in the JQL Query: The character at position {at + 1} is not expected.")
        quoted = match[1] if match[1] is not None else match[2]
        word = re.sub(r"\\(.)", r"\1", quoted) if quoted is not None else match[3] or match[4]
        found.append((word, quoted is not None))
        at = match.end()
    return found


@dataclass(kw_only=True, slots=True)
class _Reader:
    tokens: list[tuple[str, bool]]
    store: Store
    now: datetime
    zone: tzinfo
    at: int = field(default=0)

    def peek(self) -> str:
        return self.tokens[self.at][0] if self.at < len(self.tokens) else ""

    def is_next(self, word: str) -> bool:
        return self.at < len(self.tokens) and self.tokens[self.at] in {(word, False), (word.upper(), False)}

    def take(self) -> str:
        if self.at >= len(self.tokens):
            raise BadQuery("Error in the JQL Query: Expecting more, but got to the end of the query.")
        self.at += 1
        return self.tokens[self.at - 1][0]

    def skip(self, word: str) -> bool:
        found = self.is_next(word)
        self.at += found
        return found

    def either(self) -> Test:
        tests = [self.both()]
        while self.skip("or"):
            tests.append(self.both())
        return tests[0] if len(tests) == 1 else lambda issue: any(test(issue) for test in tests)

    def both(self) -> Test:
        tests = [self.one()]
        while self.skip("and"):
            tests.append(self.one())
        return tests[0] if len(tests) == 1 else lambda issue: all(test(issue) for test in tests)

    def one(self) -> Test:
        if self.skip("not"):
            inner = self.one()
            return lambda issue: not inner(issue)
        if self.skip("("):
            test = self.either()
            self.expect(")")
            return test
        return self.clause()

    def expect(self, word: str) -> None:
        if not self.skip(word):
            raise BadQuery(f"Error in the JQL Query: Expecting '{word}' but got '{self.peek()}'.")

    def clause(self) -> Test:
        name = self.name()
        if self.skip("is"):
            negative = self.skip("not")
            self.take()
            return lambda issue: bool(set(values_of(issue, name, self.store)) - _NOTHING) == negative
        negative = self.skip("not")
        if negative or self.is_next("in"):
            self.expect("in")
            return self.belongs(name, self.several(), negative=negative)
        sign = self.take()
        value = self.take()
        if sign in {"=", "!="} and name not in _MOMENTS:
            return self.belongs(name, [value], negative=sign == "!=")
        if sign in {"~", "!~"} and name in {"summary", "text", "description"}:
            wanted = value.strip('*"').lower()  # inner quotes ask for the words in this order
            return lambda issue: (wanted in text_of(issue, name)) == (sign == "~")
        return self.compared(name, sign, value)

    def name(self) -> str:
        given = self.take()
        name = _ALIASES.get(given.lower(), given.lower())
        if name not in HELD and name not in _MOMENTS | {"summary", "text", "description"}:
            raise BadQuery(f"Field '{given}' does not exist or you do not have permission to view it.")
        return name

    def several(self) -> list[str]:
        self.expect("(")
        values = [self.take()]
        while self.skip(","):
            values.append(self.take())
        self.expect(")")
        return values

    def belongs(self, name: str, values: Sequence[str], *, negative: bool) -> Test:
        self.check(name, values)
        wanted = {one.lower() for one in values}
        return lambda issue: (
            bool(wanted & {one.lower() for one in values_of(issue, name, self.store)}) != negative
        )

    def check(self, name: str, values: Sequence[str]) -> None:
        issues, projects = self.store.all("issue"), self.store.all("project")
        known = {
            "key": {one[part].lower() for one in issues for part in ("id", "key")},
            "project": {one[part].lower() for one in projects for part in ("id", "key", "name")},
        }
        for value in values:
            if name == "key" and value.lower() not in known["key"]:
                raise BadQuery(f"An issue with key '{value}' does not exist for field 'key'.")
            if name == "project" and value.lower() not in known["project"]:
                raise BadQuery(f"The value '{value}' does not exist for the field 'project'.")

    def compared(self, name: str, sign: str, value: str) -> Test:
        if name not in _MOMENTS or sign not in _COMPARED:
            raise BadQuery(f"The operator '{sign}' is not supported by the '{name}' field.")
        limit, test = self.moment(value), _COMPARED[sign]
        return lambda issue: test(parsed(issue[name]), limit)

    def moment(self, value: str) -> datetime:
        if found := _AGO.match(value):
            away = timedelta(**{_UNITS[found[3]]: int(found[2])})
            return self.now - away if found[1] == "-" else self.now + away
        for pattern in ("%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M", "%Y-%m-%d", "%Y/%m/%d"):
            try:
                return datetime.strptime(value, pattern).replace(tzinfo=self.zone).astimezone(UTC)
            except ValueError:
                continue
        raise BadQuery(
            f"Date value '{value}' for field is invalid. Valid formats include 'yyyy/MM/dd HH:mm'."
        )

    def order(self) -> tuple[tuple[str, bool], ...]:
        if not self.skip("order"):
            return ()
        if self.take().lower() != "by":
            raise BadQuery("Error in the JQL Query: Expecting 'by'.")
        order = [self.direction()]
        while self.skip(","):
            order.append(self.direction())
        return tuple(order)

    def direction(self) -> tuple[str, bool]:
        name = self.name()
        descending = self.skip("desc")
        return name, descending or (not self.skip("asc") and name in _MOMENTS)


_COMPARED: Final[dict[str, Callable[[datetime, datetime], bool]]] = {
    ">=": lambda one, other: one >= other,
    "<=": lambda one, other: one <= other,
    ">": lambda one, other: one > other,
    "<": lambda one, other: one < other,
}
