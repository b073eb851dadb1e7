"""Is a known issue found, and is a new one left alone?"""

from datetime import UTC, datetime, timedelta

from escalation.linking.entries import CatalogEntry, EntryKind, Example
from escalation.linking.index import LinkIndex

START = datetime(2026, 1, 5, tzinfo=UTC)
TEXTS = (
    "Printer prints blank pages\nToner was changed yesterday",
    "Invoice run stuck at approval\nRun 4471 waits since Friday",
    "Wi-Fi drops in the east wing\nNear meeting room 4",
    "Shared mailbox not visible\nGone from Outlook since the migration",
    "VPN connects but no internal sites\nPing to the gateway fails",
    "Badge release does not find jobs\nThe device says no jobs",
)
PAST = tuple(
    Example(id=f"INC-{n}", at=START + timedelta(days=n), text=text, entry_ids=())
    for n, text in enumerate(TEXTS)
)


def test_the_same_trouble_in_other_words_comes_first_with_the_words_shared() -> None:
    first = LinkIndex.build((), PAST).similar("Blank pages from the printer\nAfter new toner", at=START)[0]

    assert first.example_id == "INC-0"
    assert "shares: " in first.because[0]
    assert "Blank" in first.because[0]


def test_an_id_named_in_the_text_comes_first_whatever_the_words() -> None:
    found = LinkIndex.build((), PAST).similar("Printer prints blank pages\nSame as INC-2, I think")

    assert found[0].example_id == "INC-2"
    assert found[0].because[0] == "INC-2 is named in the text"


def test_of_two_alike_the_newer_comes_first() -> None:
    old = Example(id="OLD", at=START - timedelta(days=900), text=TEXTS[4], entry_ids=())
    index = LinkIndex.build((), (old, *PAST))

    assert index.similar(TEXTS[4], at=START + timedelta(days=9))[0].example_id == "INC-4"


def test_a_text_that_shares_nothing_finds_nothing() -> None:
    assert LinkIndex.build((), PAST).similar("zzyzx qwfpg") == ()


def test_scores_fall_and_leave_room_for_a_new_issue() -> None:
    found = LinkIndex.build((), PAST).similar("Coffee machine in the east wing is broken")
    scores = [similar.score for similar in found]

    assert scores == sorted(scores, reverse=True)
    assert sum(scores) < 1.0
    assert scores[0] < 0.5


def test_learned_items_are_found_at_once() -> None:
    index = LinkIndex.build((), PAST)

    index.learn(Example(id="NEW", at=START, text="Quokka overlay freezes", entry_ids=()))

    assert index.similar("The quokka overlay freezes")[0].example_id == "NEW"


def test_of_two_alike_the_one_that_belongs_to_the_same_entry_comes_first() -> None:
    """Both past items share the same words with the text; what else it says is said of mail alone."""
    kind = EntryKind.COMPONENT
    catalog = [
        CatalogEntry(id=key, kind=kind, name=name) for key, name in (("c_a", "Heron"), ("c_b", "Egret"))
    ]
    said = {"c_a": "mailbox outlook recipient", "c_b": "badge turnstile lobby"}
    past = [
        Example(id=f"P-{n}", text=f"Report {n}\n{said[key]} {n}", entry_ids=(key,))
        for n in range(40)
        for key in [("c_a", "c_b")[n % 2]]
    ]
    alike = [
        Example(id=f"ALIKE-{key}", text="Screen stays grey\nAfter a restart", entry_ids=(key,))
        for key in ("c_b", "c_a")
    ]
    text = "Grey screen after the restart\nOutlook shows no mailbox, no recipient"

    assert LinkIndex.build(catalog, [*alike, *past]).similar(text)[0].example_id == "ALIKE-c_a"
    apart = [Example(id=each.id, text=each.text, entry_ids=()) for each in alike]
    assert LinkIndex.build(catalog, [*apart, *past]).similar(text)[0].example_id == "ALIKE-c_b"
