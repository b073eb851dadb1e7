"""An item as one line says nothing twice, and leaves nothing out."""

from datetime import date

import pytest

from escalation.knowledge.state import Business, Diagnostic, Remediation
from escalation.knowledge.words import Outcome
from escalation.translation.lines import line, unsaid_count

TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("check", "observation", "said"),
    [
        ("Browser console", "blocked by CORS", "Browser console: blocked by CORS"),
        ("No header is present.", "GET /summary failed", "No header is present. GET /summary failed"),
        ("Does the tunnel hold?", "hold", "Does the tunnel hold? hold"),
        ("", "blocked", "blocked"),
        ("Browser console", "", "Browser console"),
    ],
)
def test_a_check_and_what_was_seen_are_joined_as_people_write(
    check: str, observation: str, said: str
) -> None:
    assert line(Diagnostic(id="d", check=check, observation=observation), today=TODAY) == said


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("Cleared the cache", "Cleared the cache → no change"),
        ("Cleared the cache: no change", "Cleared the cache: no change"),
        ("Cleared the cache. No change.", "Cleared the cache. No change."),
        ("No change of browser helped here", "No change of browser helped here → no change"),
    ],
)
def test_a_step_that_tells_its_result_tells_it_once(step: str, said: str) -> None:
    assert line(Remediation(id="r", step=step, outcome=Outcome.NO_CHANGE), today=TODAY) == said


@pytest.mark.parametrize(
    ("affected", "count", "unsaid"),
    [
        ("Finance team", 6, 6),
        ("whole finance team (6 people)", 6, None),
        ("Salaries of 2,340 people", 2340, None),
        ("floor 16", 6, 6),
        ("Finance team", None, None),
    ],
)
def test_how_many_is_said_where_the_words_do_not(
    affected: str, count: int | None, unsaid: int | None
) -> None:
    item = Business(id="b", affected=affected, affected_count=count)

    assert unsaid_count(item) == unsaid
    assert (f"{count} affected" in line(item, today=TODAY)) is (unsaid is not None)
