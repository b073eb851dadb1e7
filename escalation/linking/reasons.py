"""Why was this entry suggested, in words a technician can check?

At most four reasons, the surest first: the host in the record, the name as it was said, past items, words.
"""

import numpy as np

from escalation.linking import signals
from escalation.linking.entries import SIMILAR
from escalation.linking.question import Question
from escalation.linking.shelf import Shelf, Table

TOLD = 5  # ranks that get reasons
_MOST = 4
_WORDS = 3
_LEAST = 0.01  # what a word must add to the chance to be told
_HEARD = 0.5  # what texts without an answer must add, in units of their signal
_OF_ADDRESSES = frozenset({"http", "https", "www"})  # they may pull, and tell nobody anything


def because(shelf: Shelf, question: Question, table: Table, row: int) -> tuple[str, ...]:
    """Say what speaks for a candidate, best first; empty when only its frequency does."""
    place = int(table.places[row])
    values = {s.name: float(table.signals[row, n]) for n, s in enumerate(signals.SIGNALS)}
    found: list[str] = []
    if place in table.hosts:
        found.append(f"{table.hosts[place]} is in its record")
    if values["said"]:
        found.append("its number is in the text")
    elif values["said_family"]:
        found.append("its line of versions is in the text")
    name = shelf.entries[place].name
    if values["phrase_title"]:
        found.append(f"“{name}” is in the first line")
    elif values["phrase_body"]:
        found.append(f"“{name}” is in the text")
    found.extend(_past(shelf, table, place))
    if pulling := _words(shelf, question, place):
        found.append("words: " + ", ".join(pulling))
    if not found:
        found.extend(_from_names(values))
    return tuple(found[:_MOST])


def _past(shelf: Shelf, table: Table, place: int) -> list[str]:
    voters = [item for item, _, labels in table.voters[:10] if place in labels]
    if not voters:
        return []
    ids = ", ".join(shelf.past(item) for item in voters[:2])
    return [f"{len(voters)} of 10 {SIMILAR}: {ids}"]


def _words(shelf: Shelf, question: Question, place: int) -> list[str]:
    column = shelf.columns.get(place)
    if column is None or column >= shelf.linear[0].count:
        return []
    pulled = shelf.linear[0].pull(question.vectors[0], column)
    features = list(question.counts[0])
    found: list[str] = []
    for rank in np.argsort(-pulled)[: 4 * _WORDS]:
        if pulled[rank] < _LEAST:
            break
        feature = features[int(rank)].removeprefix("t:").removeprefix("first:")
        said = " ".join(question.text.written.get(stem, stem) for stem in feature.split("_"))
        if said not in _OF_ADDRESSES and not any(said in other or other in said for other in found):
            found.append(said)
    return found[:_WORDS]


def _from_names(values: dict[str, float]) -> list[str]:
    if values["name_title"] or values["name_body"]:
        return ["part of its name"]
    if values["description"]:
        return ["words of its description"]
    if values["concept_title"] or values["concept_body"]:
        return ["said in other words"]
    if values["overheard"] > _HEARD:
        return ["reads like texts that name it"]
    return []
