"""Do texts whose answer nobody gave help a catalog without a history, and never outvote a person?"""

import json
from datetime import UTC, datetime

from escalation.linking.entries import CatalogEntry, EntryKind, Example
from escalation.linking.index import LinkIndex
from escalation.linking.overheard import ENOUGH, FEWEST, HALF, MOST, Overheard, fading
from escalation.linking.protocol import Conversation
from escalation.linking.question import Rarity, ask

COMPONENT = EntryKind.COMPONENT
NAMES = {"c_heron": "Heron", "c_till": "Till Drawer", "c_badge": "Badge Reader", "v_1": "4.2"}
CATALOG = tuple(
    CatalogEntry(id=key, kind=EntryKind.VERSION if key[0] == "v" else COMPONENT, name=name)
    for key, name in NAMES.items()
)
BESIDE = {
    "c_heron": ("peer", "lag", "tail", "sink", "offset"),
    "c_till": ("coins", "receipt", "float", "cashier", "drawer"),
    "c_badge": ("turnstile", "lobby", "visitor", "reader", "antenna"),
}


def heard(count: int) -> list[str]:
    """Texts that name an entry and say what is said beside it."""
    texts = []
    for number in range(count):
        key = tuple(BESIDE)[number % 3]
        said = BESIDE[key]
        words = " ".join(said[(number + step) % len(said)] for step in range(3))
        texts.append(f"{NAMES[key]} stuck\nSince shift {number} {words} was seen")
    return texts


def index_that_heard(texts: list[str]) -> LinkIndex:
    index = LinkIndex.build(CATALOG)
    for text in texts:
        index.overhear(text)
    return index


def score(index: LinkIndex, text: str, key: str) -> float:
    return next(link.score for link in index.rank(text, kind=COMPONENT) if link.entry_id == key)


def test_what_is_said_beside_a_name_points_to_it() -> None:
    text = "The peer shows a lag\nThe tail of the sink waits for an offset"
    before = LinkIndex.build(CATALOG)
    after = index_that_heard(heard(90))
    assert score(before, text, "c_heron") < 0.5
    found = after.rank(text, kind=COMPONENT)[0]
    assert found.entry_id == "c_heron"
    assert found.score > 0.5
    assert found.because == ("reads like texts that name it",)


def test_few_texts_tell_nothing() -> None:
    text = "The peer shows a lag\nThe tail waits"
    few = index_that_heard(heard(FEWEST - 1))
    assert few.rank(text, kind=COMPONENT) == LinkIndex.build(CATALOG).rank(text, kind=COMPONENT)


def test_asking_alone_teaches_nothing_and_hearing_twice_is_the_same_index() -> None:
    text = "The cashier counts coins\nNo receipt"
    index = index_that_heard(heard(60))
    first = index.rank(text, kind=COMPONENT)
    for other in heard(60):
        index.rank(other, kind=COMPONENT)
    assert index.rank(text, kind=COMPONENT) == first
    assert index_that_heard(heard(60)).rank(text, kind=COMPONENT) == first


def test_people_outvote_what_was_overheard() -> None:
    """Sixty texts say "peer" beside Heron; thirty people say that a peer is the badge reader's."""
    text = "The peer shows a lag\nThe tail of the sink waits for an offset"
    index = index_that_heard(heard(60))
    for number in range(30):
        told = f"Peer with lag {number}\nThe tail of a sink, offset {number}"
        index.learn(Example(id=f"T-{number}", text=told, entry_ids=("c_badge",)))
    assert index.rank(text, kind=COMPONENT)[0].entry_id == "c_badge"


def test_it_fades_with_every_answer_and_ends() -> None:
    assert fading(0) == 1.0
    assert fading(HALF) == 0.5
    assert fading(ENOUGH - 1) > 0.0 == fading(ENOUGH)


def test_versions_are_not_learned_from_words() -> None:
    index = index_that_heard([f"Release 4.2 breaks sync {n}\npeer lag" for n in range(60)])
    text = "peer lag"
    assert index.rank(text, kind=EntryKind.VERSION) == LinkIndex.build(CATALOG).rank(
        text, kind=EntryKind.VERSION
    )


def test_memory_is_bounded() -> None:
    index = LinkIndex.build(CATALOG)
    question = ask(heard(1)[0], at=None, history=index._history, rarity=Rarity())
    kept = Overheard()
    shelf = index._shelves[COMPONENT]
    table = shelf.table(question)
    chances = shelf.fusion.probabilities(table.signals)
    for _ in range(MOST + 100):
        kept.hear(question.plain, table.places, chances)
    assert len(kept._heard) == MOST


def test_the_protocol_overhears_a_query_once_whatever_it_asks_for() -> None:
    entries = [{"id": key, "kind": "component", "name": name} for key, name in NAMES.items() if key[0] == "c"]
    conversation = Conversation()
    conversation.hear(json.dumps({"op": "catalog", "entries": entries}))
    conversation.hear('{"op":"ready"}')
    at = datetime(2026, 3, 2, tzinfo=UTC).isoformat()
    query = {"op": "query", "id": "q", "kind": "component", "at": at}
    for text in heard(90):
        for _ in range(2):
            assert conversation.hear(json.dumps({**query, "text": text}))
    answer = conversation.hear(json.dumps({**query, "text": "The peer shows a lag\nThe tail waits"}))
    assert answer is not None
    assert json.loads(answer)["ranked"][0]["id"] == "c_heron"
    index = index_that_heard(heard(90))
    assert json.loads(answer)["ranked"][0]["score"] == round(
        index.rank("The peer shows a lag\nThe tail waits", kind=COMPONENT)[0].score, 6
    )
