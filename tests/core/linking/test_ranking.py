"""Does a text find the entries it means, with honest scores and reasons a technician can check?"""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.linking.entries import CatalogEntry, EntryKind, Example
from escalation.linking.index import LinkIndex
from escalation.linking.sureness import UNSAID

COMPONENT = EntryKind.COMPONENT
ITEM = EntryKind.CONFIGURATION_ITEM
START = datetime(2026, 1, 5, tzinfo=UTC)


def component(key: str, name: str, **more: str) -> CatalogEntry:
    return CatalogEntry(id=key, kind=COMPONENT, name=name, **more)


CATALOG = (
    component("c_route", "Route Planner", description="Finds the best way between stops"),
    component("c_sync", "Sync Engine", description="Keeps phone and server the same"),
    component("c_docs", "Docs"),
    component("c_auth", "Sign-in"),
    component("c_build", "Build & Release"),
)
SERVERS = (
    CatalogEntry(id="ci_gw", kind=ITEM, name="Finance API Gateway", hosts=("finance-dash.example.com",)),
    CatalogEntry(id="ci_db", kind=ITEM, name="Ledger Database", description="Runs on srv-fin-01.example.com"),
    CatalogEntry(id="ci_dash", kind=ITEM, name="Finance Dashboard"),
)
PAST = tuple(
    Example(id=f"T-{number}", at=START + timedelta(days=number), text=text, entry_ids=(entry,))
    for number, (text, entry) in enumerate(
        [
            ("Ferry times ignored\nThe way over the strait is planned at night", "c_route"),
            ("Tolls are not avoided\nAvoid tolls is on, the way uses them", "c_route"),
            ("Deleted stop comes back\nGone on the phone, back after a minute", "c_sync"),
            ("Conflict dialog twice\nBoth copies read 12:04", "c_sync"),
            ("Wrong port in the tutorial\nIt says 8080", "c_docs"),
            ("Token refresh fails\n401 invalid_grant after sleep", "c_auth"),
            ("Nightly fails on checksum\nGradle wrapper", "c_build"),
            ("Strait crossing missing\nNo ferry on the way", "c_route"),
        ]
        * 4
    )
)


def best(index: LinkIndex, text: str, kind: EntryKind = COMPONENT) -> str:
    return index.rank(text, kind=kind)[0].entry_id


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("Route planner hangs with one stop", "c_route"),
        ("[Sync engine] stuck at 99 percent", "c_sync"),
        ("Typo in the tutorial\nThe readme names the wrong port", "c_docs"),
        ("Login loops after password change\nMFA asks again", "c_auth"),
        ("Gradle cannot verify the wrapper checksum", "c_build"),
    ],
    ids=[
        "its name",
        "its name in brackets",
        "other words for it",
        "other words for a joined name",
        "trade words",
    ],
)
def test_names_alone_find_the_entry_before_there_is_any_history(text: str, entry: str) -> None:
    assert best(LinkIndex.build(CATALOG), text) == entry


def test_history_finds_an_entry_whose_name_nobody_says() -> None:
    found = LinkIndex.build(CATALOG, PAST).rank("No ferry at night over the strait", kind=COMPONENT)

    assert found[0].entry_id == "c_route"
    assert any("similar past items" in reason for reason in found[0].because)
    told = replace(found[0], because=tuple(each for each in found[0].because if "past items" in each))
    assert re.fullmatch(r"\d+ of 10 similar past items: .+", told.because[0])
    assert re.fullmatch(r"\d+ of 10 similar past items", told.surest)  # three titles are long to choose by


def test_no_part_of_an_address_is_told_as_a_reason() -> None:
    past = [
        replace(each, text=f"{each.text}\nhttps") if "c_route" in each.entry_ids else each for each in PAST
    ]

    found = LinkIndex.build(CATALOG, past).rank("No ferry over the strait, https", kind=COMPONENT)

    said = [reason for each in found for reason in each.because if reason.startswith("words: ")]
    assert said
    assert not any("https" in reason for reason in said)


def test_a_domain_of_the_record_comes_first_and_says_so() -> None:
    text = "Finance dashboard cannot be opened\nCORS error for https://finance-dash.example.com/login"

    first, *others = LinkIndex.build(SERVERS).rank(text, kind=ITEM)

    assert first.entry_id == "ci_gw"
    assert first.because[0] == "finance-dash.example.com is in its record"
    assert first.score >= 0.9
    assert all(other.score < 0.1 for other in others)


def test_a_bare_machine_name_finds_the_record_that_holds_it_in_full() -> None:
    found = LinkIndex.build(SERVERS).rank("srv-fin-01 does not answer", kind=ITEM)

    assert found[0].entry_id == "ci_db"
    assert found[0].because[0] == "srv-fin-01 is in its record"


def test_an_alias_counts_like_the_name() -> None:
    entries = (*CATALOG, component("c_pay", "Ledger 2", aliases=("Cash Cow",)))  # type: ignore[arg-type]

    assert best(LinkIndex.build(entries), "Cash Cow is down") == "c_pay"


def test_a_correction_is_known_at_the_next_question() -> None:
    index = LinkIndex.build(CATALOG, PAST)
    text = "Quokka overlay freezes\nThe quokka overlay stands still"
    before = {link.entry_id: link.score for link in index.rank(text, kind=COMPONENT)}

    index.learn(Example(id="N-1", at=START, text=text, entry_ids=("c_build",)))

    after = index.rank("Quokka overlay freezes again", kind=COMPONENT)
    assert after[0].entry_id == "c_build"
    assert after[0].score > before["c_build"]


def test_a_second_correction_replaces_the_first() -> None:
    index = LinkIndex.build(CATALOG, PAST)
    wrong = Example(id="N-1", at=START, text="Quokka overlay freezes", entry_ids=("c_build",))

    index.learn(wrong)
    index.learn(replace(wrong, entry_ids=("c_docs",)))

    assert best(index, "Quokka overlay freezes") == "c_docs"


def test_an_index_that_only_ever_learned_one_by_one_answers_like_a_trained_one() -> None:
    index = LinkIndex.build(CATALOG)
    for example in PAST:
        index.learn(example)

    assert best(index, "No ferry at night over the strait") == "c_route"


def test_the_same_catalog_and_history_give_the_same_answers_to_the_last_digit() -> None:
    text = "Sync loses the phone's copy"

    assert LinkIndex.build(CATALOG, PAST).rank(text, kind=COMPONENT) == LinkIndex.build(CATALOG, PAST).rank(
        text, kind=COMPONENT
    )


def test_a_kind_without_entries_has_no_links() -> None:
    assert LinkIndex.build(CATALOG).rank("anything", kind=EntryKind.ASSIGNMENT_GROUP) == ()


def test_labels_that_left_the_catalog_are_passed_over() -> None:
    gone = Example(id="T-x", at=START, text="Old thing", entry_ids=("retired",))

    assert LinkIndex.build(CATALOG, (*PAST, gone)).rank("Old thing", kind=COMPONENT)


INDEX = LinkIndex.build((*CATALOG, *SERVERS), PAST)


@given(st.text(max_size=400))
def test_any_text_gives_falling_scores_between_nothing_and_certainty(text: str) -> None:
    for kind in (COMPONENT, ITEM):
        scores = [link.score for link in INDEX.rank(text, kind=kind)]

        assert len(scores) in (len(CATALOG), len(SERVERS))
        assert scores == sorted(scores, reverse=True)
        assert all(0.0 <= score <= 1.0 for score in scores)
        assert sum(scores) <= 1.0 + 1e-9


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "\x00\x1b[31m",
        "\u202edrow",
        "🦘" * 500,
        "x" * 1_000_000,
        "a.b" * 300_000,
        "\ud800",
        "日本語の文章",
    ],
    ids=[
        "empty",
        "line",
        "control",
        "rtl",
        "emoji",
        "one word of 1 MB",
        "dots of 1 MB",
        "half a pair",
        "japanese",
    ],
)
def test_hostile_text_is_only_text(text: str) -> None:
    assert INDEX.rank(text, kind=COMPONENT)
    assert INDEX.similar(text) is not None


def test_reasons_show_words_as_they_were_written() -> None:
    index = LinkIndex.build(CATALOG, PAST)

    reasons = " ".join(index.rank("Ferries ignored over the Strait", kind=COMPONENT)[0].because)

    assert "words: " in reasons
    assert "Strait" in reasons


def test_a_short_history_is_no_evidence_by_itself():
    groups = (
        CatalogEntry(id="api", kind=EntryKind.ASSIGNMENT_GROUP, name="API Platform"),
        CatalogEntry(id="print", kind=EntryKind.ASSIGNMENT_GROUP, name="Print & Output"),
        CatalogEntry(id="net", kind=EntryKind.ASSIGNMENT_GROUP, name="Network Operations"),
    )
    index = LinkIndex.build(groups)
    for number in range(3):
        index.learn(Example(id=f"e{number}", text="the dashboard is down again", entry_ids=("api",)))

    best = index.rank("The board room screen stays black again", kind=EntryKind.ASSIGNMENT_GROUP)[0]

    assert best.score < 0.5  # of three groups


def test_a_past_item_is_called_by_its_title():
    services = (CatalogEntry(id="crm", kind=EntryKind.BUSINESS_SERVICE, name="Customer Records"),)
    index = LinkIndex.build(services)
    index.learn(
        Example(id="0123", text="invoices vanish at night", entry_ids=("crm",), title="Invoices vanish")
    )

    link = index.rank("our invoices vanish at night", kind=EntryKind.BUSINESS_SERVICE)[0]

    assert any("“Invoices vanish”" in reason for reason in link.because)


def test_a_version_that_nobody_wrote_is_asked_and_never_filled_in():
    versions = tuple(
        CatalogEntry(id=f"v{n}", kind=EntryKind.VERSION, name=f"Tidepool 2.{n}") for n in range(4)
    )
    index = LinkIndex.build(versions)
    for number in range(60):
        index.learn(Example(id=f"e{number}", text="The map is blank again", entry_ids=("v3",)))

    habit = index.rank("The map is blank again", kind=EntryKind.VERSION)[0]
    written = index.rank("The map is blank again since 2.3", kind=EntryKind.VERSION)[0]

    assert (habit.entry_id, written.entry_id) == ("v3", "v3")
    assert habit.score <= UNSAID < written.score
