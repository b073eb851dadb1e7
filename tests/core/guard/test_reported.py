"""Does a report that a check speaks against stand out, and nothing else?"""

import pytest

from escalation.guard.advice import advise
from escalation.guard.reported import reported_otherwise, works
from escalation.knowledge.state import Diagnostic, Fact, KnowledgeState
from escalation.knowledge.words import Standing


def state(report: str, *checked: Fact | Diagnostic, standing: Standing = Standing.REPORTED) -> KnowledgeState:
    return KnowledgeState(
        facts=(
            Fact(id="f1", statement=report, standing=standing),
            *(each for each in checked if isinstance(each, Fact)),
        ),
        diagnostics=tuple(each for each in checked if isinstance(each, Diagnostic)),
    )


def check(what: str, showed: str, code: str = "") -> Diagnostic:
    return Diagnostic(id="d1", check=what, observation=showed, error_code=code)


def fact(words: str, standing: Standing = Standing.CONFIRMED) -> Fact:
    return Fact(id="f2", statement=words, standing=standing)


@pytest.mark.parametrize(
    ("report", "checked"),
    [
        ("User says it works on Wi-Fi", check("Ping over wifi", "request timed out")),
        ("VPN connects", check("VPN log", "connection refused", "809")),
        ("The dashboard does not load", check("Opened the dashboard", "loads in 2 s, no error")),
        ("She says the account is locked", fact("Account is active")),
        ("The proxy works", fact("Proxy works", Standing.RULED_OUT)),
        ("Drucker funktioniert", check("Testseite am Drucker", "Fehler", "E42")),
    ],
)
def test_a_report_that_a_check_speaks_against_is_shown_with_the_check(report, checked) -> None:
    (found,) = reported_otherwise(state(report, checked))

    assert (found.code, found.item_id) == ("reported_otherwise", "f1")
    assert (checked.statement if isinstance(checked, Fact) else checked.check) in found.message


@pytest.mark.parametrize(
    ("report", "checked"),
    [
        ("Works on Wi-Fi", check("Ping over wifi", "reply in 4 ms, works")),
        ("Works on Wi-Fi", check("Ping over cable", "timed out")),
        ("Worked on Wi-Fi until Friday", check("Ping over Wi-Fi", "timed out")),
        ("Wi-Fi", check("Ping over Wi-Fi", "timed out")),
        ("Works on Wi-Fi", fact("Wi-Fi fails", Standing.NOT_CHECKED)),
        ("Works on Wi-Fi", fact("Wi-Fi fails", Standing.RULED_OUT)),
        ("Works", check("Ping over Wi-Fi", "timed out")),
    ],
)
def test_what_agrees_or_is_about_something_else_or_the_past_is_not(report, checked) -> None:
    assert list(reported_otherwise(state(report, checked))) == []


def test_what_somebody_checked_is_no_report() -> None:
    confirmed = state("Works on Wi-Fi", check("Ping over Wi-Fi", "timed out"), standing=Standing.CONFIRMED)

    assert list(reported_otherwise(confirmed)) == []


def test_it_is_advice_and_both_lines_stay() -> None:
    differing = state("User says it works on Wi-Fi", check("Ping over Wi-Fi", "timed out"))

    assert "reported_otherwise" in {each.code for each in advise(differing)}
    assert len(differing.facts) + len(differing.diagnostics) == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("It works", True),
        ("It does not work", False),
        ("No errors in the log", True),
        ("Connection refused", False),
        ("Works in Chrome, fails in Edge", None),
        ("Chrome 131", None),
        ("", None),
    ],
)
def test_a_text_says_plainly_that_it_works_or_that_it_does_not(text, said) -> None:
    assert works(text) is said
