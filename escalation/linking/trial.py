"""How good is linking on a project whose answers are known?

A trial turns a project's catalog and resolved items into the lines of the protocol (oldest 80 % as
history, the rest as queries) and scores what comes back. It never looks inside: any program that speaks
the protocol can be tried, ours and the baselines alike.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any

from escalation.linking.entries import EntryKind

LATER_DAYS, LATER_QUERIES = 30, 50  # when the answer to an online query is known
FIRST_WEEKS = 50
Record = Mapping[str, Any]


class Setting(StrEnum):
    """What is known when the queries come."""

    WARM = "warm"  # the whole history
    ONLINE = "online"  # and each query's answer a month later
    COLD = "cold"  # the catalog alone
    SMALL = "small50"  # the newest fifty items
    VERSIONS = "versions"  # online, asking for versions


@dataclass(frozen=True, kw_only=True, slots=True)
class Project:
    """A catalog and its resolved items, oldest first, as JSON records; `part` says train or test."""

    name: str
    catalog: Sequence[Record]
    items: Sequence[Record]


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """Shares of all queries, 0 to 1, and milliseconds. `sure` is a score of 0.9 or more."""

    top1: float
    top3: float
    covered_at_90: float  # largest share, by falling score, that is right nine times in ten
    sure: float
    sure_and_right: float  # of the sure ones; 1 where none is
    ms_p95: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Trial:
    """The lines to say, in order, and the right ids of each query."""

    lines: Sequence[Record]
    gold: Mapping[str, frozenset[str]]


def prepare(project: Project, setting: Setting) -> Trial | None:
    """Make the trial of a project; None where the project has nothing to ask."""
    versions = {e["id"] for e in project.catalog if e["kind"] == EntryKind.VERSION}
    kinds = [e["kind"] for e in project.catalog if e["kind"] != EntryKind.VERSION]
    kind = EntryKind.VERSION.value if setting is Setting.VERSIONS else kinds[0]

    def wanted(item: Record) -> frozenset[str]:
        return frozenset(label for label in item["labels"] if (label in versions) == (kind == "version"))

    past = [item for item in project.items if item["part"] == "train"]
    new = [item for item in project.items if item["part"] == "test"]
    gold = {item["id"]: found for item in new if (found := wanted(item))}
    if not gold:
        return None
    history = {Setting.COLD: [], Setting.SMALL: past[-FIRST_WEEKS:]}.get(setting, past)
    told = setting in (Setting.ONLINE, Setting.VERSIONS)
    lines: list[Record] = [{"op": "catalog", "entries": project.catalog}]
    lines += [{"op": "history", "items": history}, {"op": "ready"}]
    lines += _asked(new, gold, kind=kind, told=told)
    return Trial(lines=lines, gold=gold)


def score(trial: Trial, answers: Sequence[Record]) -> Figures:
    """Score answers: records with `id`, `ranked` and `ms`."""
    by_id = {answer["id"]: answer for answer in answers}
    first, third, sureness = 0, 0, []
    for query, right in trial.gold.items():
        ranked = by_id.get(query, {}).get("ranked") or []
        ids = [found["id"] for found in ranked]
        hit = bool(ids) and ids[0] in right
        first += hit
        third += bool(right.intersection(ids[:3]))
        sureness.append((ranked[0]["score"] if ranked else -1.0, hit))
    total = len(trial.gold)
    sure = [hit for chance, hit in sureness if chance >= 0.9]
    times = sorted(answer["ms"] for answer in answers)
    return Figures(
        top1=first / total,
        top3=third / total,
        covered_at_90=_covered(sureness) / total,
        sure=len(sure) / total,
        sure_and_right=sum(sure) / len(sure) if sure else 1.0,
        ms_p95=times[int(len(times) * 0.95)] if times else 0.0,
    )


def mean(figures: Sequence[Figures]) -> Figures:
    """Give the mean over projects, each counting the same."""
    names = [field.name for field in fields(Figures)]
    return Figures(**{name: sum(getattr(f, name) for f in figures) / len(figures) for name in names})


def _asked(
    new: Sequence[Record], gold: Mapping[str, frozenset[str]], *, kind: str, told: bool
) -> Iterator[Record]:
    waiting: list[tuple[int, Record]] = []
    for number, item in enumerate(new):
        while told and waiting and _is_known(waiting[0], (number, item)):
            yield {"op": "feedback", **waiting.pop(0)[1]}
        waiting.append((number, item))
        if item["id"] in gold:
            yield {"op": "query", "id": item["id"], "kind": kind, "at": item["at"], "text": item["text"]}


def _is_known(asked: tuple[int, Record], now: tuple[int, Record]) -> bool:
    if not now[1]["at"]:
        return now[0] - asked[0] >= LATER_QUERIES
    later, earlier = (datetime.fromisoformat(item["at"]).date() for item in (now[1], asked[1]))
    return (later - earlier).days >= LATER_DAYS


def _covered(sureness: Sequence[tuple[float, bool]]) -> int:
    ordered = sorted(sureness, key=lambda pair: -pair[0])
    right, best = 0, 0
    for count, (chance, hit) in enumerate(ordered, 1):
        right += hit
        tied = count < len(ordered) and ordered[count][0] == chance
        if not tied and chance >= 0 and right / count >= 0.9:
            best = count
    return best
