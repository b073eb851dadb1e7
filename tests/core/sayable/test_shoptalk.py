"""How engineers say among themselves where a problem stands, by the class of what they say."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.translation.cues.kinds import DONE
from escalation.translation.meaning import CERTAIN_AT, Meaning, read

NOW = datetime(2026, 11, 23, 14, tzinfo=UTC)


def meaning(text: str) -> Meaning:
    reading = read(text, said_at=NOW)
    return reading.meaning if reading.certainty >= CERTAIN_AT else Meaning.UNCLEAR


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Sitting in our queue for tomorrow's triage.", Meaning.RECEIVED),
        ("On my plate, can't get to it before Wednesday.", Meaning.RECEIVED),
        ("The DNS lead was a red herring.", Meaning.BEING_WORKED),
        ("Swapping the cable made no difference.", Meaning.BEING_WORKED),
        ("Combing through the firewall logs.", Meaning.BEING_WORKED),
        ("Mystery solved: two schedulers were fighting over one lock.", Meaning.CAUSE_FOUND),
        ("Request is lying with legal.", Meaning.WAITING_FOR_APPROVAL),
        ("The utility confirms a cable cut, nothing we can do but wait.", Meaning.WAITING_FOR_VENDOR),
        ("Their engineer is en route.", Meaning.WAITING_FOR_VENDOR),
        ("Rolling the new agent out, Asia done, Europe next.", Meaning.FIX_IN_PROGRESS),
        ("Verified with her. Closing as fixed.", Meaning.RESOLVED),
        ("Per spec, zero plans to raise the limit.", Meaning.NOT_FIXED),
        ("Shelving this until the audit is over.", Meaning.PAUSED),
        ("That's a desktop thing, tossing it back.", Meaning.BOUNCED),
        ("Paket ist fertig und geht morgen früh live.", Meaning.FIX_IN_PROGRESS),
        ("Falsche Adresse, gehört zum Druckerteam.", Meaning.BOUNCED),
        ("On a compris : le routeur pointait encore sur l'ancienne adresse.", Meaning.CAUSE_FOUND),
        ("Sigo comparando las trazas, nada concluyente.", Meaning.BEING_WORKED),
        ("原因を特定しました。", Meaning.CAUSE_FOUND),
    ],
)
def test_shoptalk_is_understood(text: str, meant: Meaning) -> None:
    assert meaning(text) is meant


_STEP = st.sampled_from(["Restarting", "Replacing", "Rebuilding", "Reverting", "Swapping", "Patching"])
_THING = st.sampled_from(["the service", "node 3", "the line card", "her profile"])
_NOTHING = st.sampled_from(["made no difference", "didn't help", "had no effect", "did not change a thing"])


@given(_STEP, _THING, _NOTHING)
def test_a_step_that_changed_nothing_is_no_fix_under_way(step: str, thing: str, nothing: str) -> None:
    assert meaning(f"{step} {thing} {nothing}.") is Meaning.BEING_WORKED


_WAY = st.sampled_from(["as done", "as fixed", "as by design", "without a fix", "as wontfix", "as duplicate"])


@given(_WAY)
def test_how_it_is_closed_says_whether_it_is_fixed(way: str) -> None:
    assert (meaning(f"Closing {way}.") in DONE) == (way in ("as done", "as fixed"))


@pytest.mark.parametrize(
    "text",
    [
        "Not rolled out yet, nobody can tell when.",
        "It is not healthy again.",
        "If the failover works we are back to normal.",
        "Failed over to the second node, still timing out.",
        "Closing as fixed would be wrong.",
    ],
)
def test_nothing_is_called_solved_that_is_not(text: str) -> None:
    assert meaning(text) not in DONE
