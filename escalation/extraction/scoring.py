"""How good are extraction and prefill on conversations whose answers are known?

The counting rules of the evaluation protocol (docs/extraction.md): an entity is right when its span
touches a labelled one of its kind with the same value; an item is right for every sentence of its
message that it covers and whose labels allow its part.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

COVERED = 0.8  # share of a sentence's words that an item must hold …
ALIKE = 0.5  # … or F1 of the words of both
Row = Mapping[str, Any]


@dataclass(kw_only=True, slots=True)
class Counts:
    """What was found and right, found at all, labelled, and labelled and found."""

    right: int = 0
    found: int = 0
    labelled: int = 0
    recalled: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """Precision, recall and F1, each 0..1, of one kind or of all."""

    name: str
    labelled: int
    precision: float
    recall: float
    f1: float


def entity_figures(gold: Sequence[Row], found: Mapping[str, Sequence[Row]]) -> tuple[Figures, ...]:
    """This will score entities by kind; the last row is all of them together."""
    counts: dict[str, Counts] = {}
    for text in gold:
        _count_entities(counts, text, found.get(text["id"], ()))
    return _figures(counts)


def _count_entities(counts: dict[str, Counts], text: Row, found: Sequence[Row]) -> None:
    wanted = [label for label in text["entities"] if not label.get("ignore")]
    ignored = [label for label in text["entities"] if label.get("ignore")]
    for label in wanted:
        counts.setdefault(label["kind"], Counts()).labelled += 1
    for entity in sorted(found, key=lambda each: int(each["start"])):
        match = next((label for label in wanted if _same(text["text"], entity, label)), None)
        kind = counts.setdefault(entity["kind"], Counts())
        if match is not None:
            wanted.remove(match)
            kind.right += 1
            kind.recalled += 1
            kind.found += 1
        elif not _forgiven(entity, ignored, text["entities"]):
            kind.found += 1


def _same(text: str, entity: Row, label: Row) -> bool:
    value = text[entity["start"] : entity["end"]]
    alike = _plain(label["kind"], value) == _plain(label["kind"], label["value"])
    return entity["kind"] == label["kind"] and _touch(entity, label) and alike


def _forgiven(entity: Row, ignored: Iterable[Row], labels: Iterable[Row]) -> bool:
    """Arguable spans cost nothing, nor does the clock beside a labelled date."""
    if any(_touch(entity, label) for label in ignored):
        return True
    dates = [label for label in labels if label["kind"] == "date"]
    near = any(entity["start"] <= each["end"] + 4 and entity["end"] >= each["start"] - 4 for each in dates)
    return entity["kind"] == "time_window" and near


def _touch(one: Row, other: Row) -> bool:
    return int(min(one["end"], other["end"])) > int(max(one["start"], other["start"]))


def _plain(kind: str, value: str) -> str:
    value = re.sub(r"\s+", " ", value.strip().lower()).rstrip(".,;:)")
    if kind in ("os", "browser"):
        return re.sub(r"[:/ -]+", "", value)
    return value.rstrip("/") if kind == "url" else re.sub(r"^v(?=\d)", "", value)


def item_figures(gold: Sequence[Row], found: Mapping[str, Sequence[Row]]) -> tuple[Figures, ...]:
    """This will score prefilled items by section; an item that rests on no sentence counts as wrong."""
    counts: dict[str, Counts] = {}
    for thread in gold:
        held = [(sentence, set[str]()) for sentence in thread["sentences"]]
        for item in found.get(thread["id"], ()):
            covered = [sections for sentence, sections in held if covers(item, sentence)]
            for sections in covered:
                sections.add(item["section"])
            if not covered:
                counts.setdefault(item["section"], Counts()).found += 1
        for sentence, sections in held:
            _count_sentence(counts, sentence, sections)
    return _figures(counts)


def _count_sentence(counts: dict[str, Counts], sentence: Row, sections: set[str]) -> None:
    section = sentence["section"]
    if section == "ignore":
        return
    allowed = {section, *sentence["also"]} - {"none"}
    if section != "none":
        mine = counts.setdefault(section, Counts())
        mine.labelled += 1
        mine.recalled += bool(sections & allowed)
    for each in sections:
        kind = counts.setdefault(each, Counts())
        kind.found += 1
        kind.right += each in allowed


def covers(item: Row, sentence: Row) -> bool:
    """This will tell whether an item speaks for a labelled sentence of the same message."""
    if item["source_index"] != sentence["source_index"]:
        return False
    ours, theirs = _words(item["text"]), _words(sentence["text"])
    shared = (ours & theirs).total()
    if not shared:
        return False
    return shared / theirs.total() >= COVERED or 2 * shared / (ours.total() + theirs.total()) >= ALIKE


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def _figures(counts: Mapping[str, Counts]) -> tuple[Figures, ...]:
    kinds = [(name, counts[name]) for name in sorted(counts)]
    total = Counts(
        right=sum(each.right for _, each in kinds),
        found=sum(each.found for _, each in kinds),
        labelled=sum(each.labelled for _, each in kinds),
        recalled=sum(each.recalled for _, each in kinds),
    )
    rows = tuple(_row(name, each) for name, each in kinds)
    labelled = [row for row in rows if row.labelled]
    return (*rows, _row("micro", total), _macro(labelled))


def _row(name: str, counts: Counts) -> Figures:
    precision = counts.right / counts.found if counts.found else 0.0
    recall = counts.recalled / counts.labelled if counts.labelled else 0.0
    both = precision + recall
    f1 = 2 * precision * recall / both if both else 0.0
    return Figures(name=name, labelled=counts.labelled, precision=precision, recall=recall, f1=f1)


def _macro(rows: Sequence[Figures]) -> Figures:
    """The plain mean over the kinds that are labelled at all."""
    count = len(rows) or 1
    return Figures(
        name="macro",
        labelled=sum(row.labelled for row in rows),
        precision=sum(row.precision for row in rows) / count,
        recall=sum(row.recall for row in rows) / count,
        f1=sum(row.f1 for row in rows) / count,
    )
