"""The intake card: at most 150 words laid open, cut between lines, everything below the fold."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from escalation.knowledge.codec import to_json
from escalation.knowledge.state import Diagnostic, Fact, KnowledgeState, headline
from escalation.knowledge.words import Standing
from escalation.models import Handoff
from escalation.web.card import MOST_WORDS, Card, card_of
from tests import builders

BERLIN = "Europe/Berlin"


def card(state: KnowledgeState, *, now: datetime = builders.NOW) -> Card:
    return card_of(Handoff(state=to_json(state)), zone=BERLIN, now=now)


def words_open(shown: Card) -> int:
    lines = (*shown.belief, *shown.proven, *shown.tried, *shown.impact)
    return len(f"{shown.ask} {shown.summary}".split()) + sum(line.length for line in lines)


def test_the_scene_fits_and_nothing_is_folded():
    shown = card(builders.scene())

    assert words_open(shown) <= MOST_WORDS
    assert shown.folded == 0
    assert shown.proven[0].result == "ERR_FAILED"
    assert shown.reach == "reachable now, until 23:00 your time"
    assert shown.contact == "Slack @priya"


def test_what_was_checked_counts_before_what_was_only_said():
    facts = (
        Fact(id="1", statement="Somebody said so", standing=Standing.REPORTED),
        Fact(id="2", statement="Looked at it", standing=Standing.CONFIRMED),
    )

    shown = card(KnowledgeState(facts=facts, diagnostics=(Diagnostic(id="3", check="Saw it"),)))

    assert [line.words for line in shown.proven] == ["Looked at it", "Saw it", "Somebody said so"]


def test_a_pasted_log_does_not_push_the_short_lines_out():
    log = Diagnostic(id="1", check="Log " + "line " * 200, error_code="E1")

    shown = card(replace(builders.scene(), diagnostics=(log, *builders.scene().diagnostics)))

    assert shown.proven[0].words == "Browser console: CORS error for finance-dash.example.com"
    assert shown.folded == 1


@pytest.mark.parametrize(
    ("what", "seen", "shown"),
    [
        ("Is the portal up", "up", "Is the portal up: up"),
        ("Asked whether the dashboard loads", "the dashboard loads", None),
        ("Load", "No load balancer answers", "Load: No load balancer answers"),
        ("VPN", "VPNs of all sites are down", "VPN: VPNs of all sites are down"),
        ("Ping gateway", "Ping gateway timed out", "Ping gateway timed out"),
        ("Ping gateway: no answer", "no answer", "Ping gateway: no answer"),
        ("She reads “Invalid token” at the login", "Invalid token", "She reads “Invalid token” at the login"),
        ("502 upstream", "GET /close\n502 upstream", "GET /close\n502 upstream"),
        ("Same", "Same", "Same"),
        ("", "Only seen", "Only seen"),
        ("Only checked", "", "Only checked"),
    ],
)
def test_only_a_whole_repetition_is_left_out(what: str, seen: str, shown: str | None):
    state = KnowledgeState(diagnostics=(Diagnostic(id="1", check=what, observation=seen),))

    assert card(state).proven[0].words == (shown or f"{what}: {seen}")


SHORT = st.text('ab :\n"', max_size=12)


@given(SHORT, SHORT)
def test_no_word_of_a_result_is_lost_on_the_card(what: str, seen: str):
    assume(f"{what}{seen}".strip())

    said = card(KnowledgeState(diagnostics=(Diagnostic(id="1", check=what, observation=seen),))).proven[0]
    words = re.compile(r"\w+").findall

    assert {*words(what), *words(seen)} <= {*words(said.words)}


REFUSAL = (
    "Access to fetch at 'https://finance-dash.example.com/api/v1/close/summary' from origin "
    "'https://portal.example.com' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header "
    "is present on the requested resource. "
    "GET https://finance-dash.example.com/api/v1/close/summary net::ERR_FAILED"
)


def test_a_long_line_that_proves_something_stands_first_where_there_is_room():
    refused = Diagnostic(id="1", check=REFUSAL, error_code="ERR_FAILED")
    scene = builders.scene()

    roomy = card(replace(scene, diagnostics=(refused,)))
    full = card(replace(scene, diagnostics=(refused,), summary="word " * 80))

    assert (roomy.proven[0].words, roomy.folded) == (REFUSAL, 0)
    assert words_open(roomy) <= MOST_WORDS
    assert REFUSAL not in {line.words for line in full.proven}
    assert full.folded >= 1


def test_a_deadline_that_is_over_says_so():
    state = builders.scene()
    due = state.business[0].deadline
    assert due
    assert due.at

    assert card(state, now=due.at - timedelta(hours=1)).deadline.endswith("your time)")
    assert card(state, now=due.at + timedelta(hours=1)).deadline.endswith("your time), passed")


def test_after_hours_it_says_when_the_user_is_back():
    late = datetime(2026, 11, 23, 23, 0, tzinfo=ZoneInfo("America/New_York"))

    shown = card(builders.scene(), now=late)

    assert not shown.reachable
    assert shown.reach == "not now; from Tue 14:00 your time"


@given(st.lists(st.text("abc ", min_size=1, max_size=120).filter(str.strip), max_size=30))
def test_however_much_was_captured_all_of_it_stands_below_the_fold(statements):
    facts = tuple(Fact(id=str(place), statement=text) for place, text in enumerate(statements))

    shown = card(KnowledgeState(ask="Help", facts=facts))

    below = [whole.words for _, part in shown.parts for whole in part]
    assert below == [headline("facts", fact) for fact in facts]
    assert len(shown.proven) + shown.folded == len(facts)
    assert words_open(shown) <= MOST_WORDS
