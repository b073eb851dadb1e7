"""What does the past of a ServiceNow look like: how often did incidents change hands, and at what cost?

Reads rows of an incident event log, one row for each audited change, as ServiceNow's audit exports give
them (the public example: "Incident management process enriched event log", UCI repository, 2018). Only an
incident that has been closed and resolved after it was opened counts; the rest is still moving.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from statistics import median

BLANK = frozenset({"", "?"})
CLOSED = "closed"
TIME = "%d-%m-%Y %H:%M"  # the log's own form; its zone is not given, so spans are wall-clock
NEEDED = (
    "number",
    "incident_state",
    "reassignment_count",
    "assignment_group",
    "made_sla",
    "opened_at",
    "resolved_at",
)
MOST_APART = 6  # incidents with six reassignments or more are one class


class NotALog(Exception):
    """The file is not an incident event log; the text says what is missing."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Incident:
    """One closed incident."""

    number: str
    reassignments: int
    groups: tuple[str, ...]  # who had it, in order, repeats next to each other collapsed
    hours: float  # opened to resolved, wall-clock
    made_sla: bool

    @property
    def ping_pong(self) -> bool:
        """Whether it went back to a group that had just given it away: A, B, A."""
        return ping_pong(self.groups)


@dataclass(frozen=True, kw_only=True, slots=True)
class Class:
    """The incidents with one number of reassignments (the last class: that many or more)."""

    reassignments: int
    incidents: int
    median_hours: float
    made_sla: float  # share, 0..1


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """The figures of a log."""

    incidents: int
    reassigned: float  # share that changed hands at least once, 0..1
    ping_pong: float  # share with A-B-A, 0..1
    classes: tuple[Class, ...]


def ping_pong(groups: Iterable[str]) -> bool:
    """This will say whether the groups, in order, contain A, B, A."""
    met = [group for group, _ in groupby(groups)]
    return any(first == third for first, third in zip(met, met[2:], strict=False))


def incidents(rows: Iterable[Mapping[str, str | None]]) -> tuple[Incident, ...]:
    """This will gather the rows by incident, in the order of the log; raises ``NotALog``."""
    by_number: dict[str, list[Mapping[str, str | None]]] = {}
    for row in rows:
        missing = [name for name in NEEDED if row.get(name) is None]
        if missing:
            raise NotALog(f"This is no incident event log: the column {missing[0]} is missing.")
        by_number.setdefault(row["number"] or "", []).append(row)
    found = (_incident(number, lines) for number, lines in by_number.items())
    return tuple(each for each in found if each is not None)


def figures(found: Iterable[Incident]) -> Figures:
    """This will count what changing hands went along with; correlation, not cause: hard ones move more."""
    known = tuple(found)
    if not known:
        raise NotALog("The log holds no incident that was closed and resolved.")
    classes: dict[int, list[Incident]] = {}
    for incident in known:
        classes.setdefault(min(incident.reassignments, MOST_APART), []).append(incident)
    return Figures(
        incidents=len(known),
        reassigned=sum(each.reassignments > 0 for each in known) / len(known),
        ping_pong=sum(each.ping_pong for each in known) / len(known),
        classes=tuple(_class(count, classes[count]) for count in sorted(classes)),
    )


def _incident(number: str, lines: list[Mapping[str, str | None]]) -> Incident | None:
    closed = [line for line in lines if (line["incident_state"] or "").casefold() == CLOSED]
    if not closed:
        return None
    last = closed[-1]
    opened, resolved = _moment(last["opened_at"]), _moment(last["resolved_at"])
    if opened is None or resolved is None or resolved < opened:
        return None
    groups = (line["assignment_group"] or "" for line in lines)
    return Incident(
        number=number,
        reassignments=_count(last["reassignment_count"]),
        groups=tuple(group for group, _ in groupby(each for each in groups if each not in BLANK)),
        hours=(resolved - opened).total_seconds() / 3600,
        made_sla=(last["made_sla"] or "").casefold() == "true",
    )


def _class(count: int, members: list[Incident]) -> Class:
    return Class(
        reassignments=count,
        incidents=len(members),
        median_hours=median(each.hours for each in members),
        made_sla=sum(each.made_sla for each in members) / len(members),
    )


def _moment(written: str | None) -> datetime | None:
    if written is None or written in BLANK:
        return None
    try:
        return datetime.strptime(written, TIME).replace(tzinfo=UTC)
    except ValueError:
        raise NotALog(f"“{written[:40]}” is no time like 29-02-2016 01:16.") from None


def _count(written: str | None) -> int:
    try:
        return int(written or 0)
    except ValueError:
        raise NotALog(f"“{(written or '')[:40]}” is no number of reassignments.") from None
