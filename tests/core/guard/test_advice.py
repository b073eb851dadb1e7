"""Does the advice name what the receiver would ask back, and nothing else?"""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings

from escalation.guard.advice import Severity, advise
from escalation.guard.findings import KIND_TITLES
from escalation.knowledge.state import (
    Availability,
    Business,
    Diagnostic,
    Fact,
    Hypothesis,
    KnowledgeState,
    Moment,
    Remediation,
)
from escalation.knowledge.words import Channel, Confidence, Level, Origin, Outcome, Part, Standing
from tests.strategies import states

GOOD = KnowledgeState(
    summary="Finance dashboard does not load: CORS error for finance-dash.example.com",
    ask="Let finance-dash.example.com load again before the month-end close",
    facts=(Fact(id="f1", statement="Account is active", how_verified="looked up in the directory"),),
    diagnostics=(Diagnostic(id="d1", check="Browser console", observation="CORS error"),),
    remediation=(Remediation(id="r1", step="Cleared the cache", outcome=Outcome.NO_CHANGE),),
    hypothesis=(Hypothesis(id="h1", statement="Saturday's change did it", because="it began on Saturday"),),
    business=(Business(id="b1", affected="Finance team", affected_count=12, impact=Level.HIGH),),
    availability=(Availability(id="a1", words="08:00 to 17:00 Eastern", channel=Channel.SLACK),),
)


def codes(state: KnowledgeState, *needs: Part) -> list[str]:
    return [finding.code for finding in advise(state, needs=needs)]


def test_a_complete_state_gets_no_advice() -> None:
    assert codes(GOOD, *Part) == []


def test_an_empty_state_is_asked_only_for_what_the_receiver_needs() -> None:
    assert codes(KnowledgeState()) == ["no_summary", "no_ask"]
    assert codes(KnowledgeState(), Part.FACTS, Part.BUSINESS) == [
        "no_summary",
        "no_ask",
        "no_facts",
        "no_business",
    ]


@pytest.mark.parametrize(
    ("part", "item", "code"),
    [
        (Part.FACTS, Fact(id="x", statement="Account is active"), "not_verified"),
        (Part.FACTS, Fact(id="x", statement="  ", standing=Standing.REPORTED), "blank_item"),
        (Part.DIAGNOSTICS, Diagnostic(id="x", check="Browser console"), "no_observation"),
        (Part.REMEDIATION, Remediation(id="x", step="Cleared the cache"), "no_outcome"),
        (
            Part.HYPOTHESIS,
            Hypothesis(id="x", statement="The gateway", confidence=Confidence.HIGH),
            "no_reason",
        ),
        (Part.BUSINESS, Business(id="x", affected="Finance team"), "no_weight"),
        (
            Part.BUSINESS,
            Business(id="x", affected="Finance team", deadline=Moment(words="soon")),
            "deadline_unclear",
        ),
        (
            Part.BUSINESS,
            Business(id="x", affected="One clerk", affected_count=1, impact=Level.HIGH),
            "impact_unexplained",
        ),
        (Part.AVAILABILITY, Availability(id="x", words="mostly"), "not_reachable"),
        (Part.FACTS, Fact(id="x", statement="VPN not working", standing=Standing.REPORTED), "empty_phrase"),
    ],
)
def test_each_gap_is_named_at_its_item(part: Part, item: object, code: str) -> None:
    found = advise(replace(GOOD, **{part.value: (item,)}))  # type: ignore[arg-type]

    assert [(finding.code, finding.part, finding.item_id) for finding in found] == [(code, part, "x")]


def test_what_a_machine_found_and_nobody_stated_gets_no_advice() -> None:
    found = Remediation(id="r2", step="Restarted the browser", origin=Origin.FOUND)

    assert codes(replace(GOOD, remediation=(*GOOD.remediation, found))) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        (
            {
                "facts": (
                    Fact(id="f1", statement="The account is active", how_verified="directory"),
                    Fact(id="f2", statement="The account is not active"),
                )
            },
            "facts_disagree",
        ),
        (
            {
                "facts": (
                    Fact(id="f1", statement="DNS is the cause", how_verified="dig"),
                    Fact(id="f2", statement="DNS is the cause", standing=Standing.RULED_OUT),
                )
            },
            "facts_disagree",
        ),
        (
            {
                "facts": (
                    Fact(
                        id="f1", statement="Proxy is down", standing=Standing.RULED_OUT, how_verified="curl"
                    ),
                ),
                "hypothesis": (Hypothesis(id="h1", statement="The proxy is down", because="timeouts"),),
            },
            "belief_ruled_out",
        ),
        (
            {
                "remediation": (
                    Remediation(id="r1", step="Cleared the cache", outcome=Outcome.NO_CHANGE),
                    Remediation(id="r2", step="Cleared the cache", outcome=Outcome.WORSE),
                )
            },
            "outcomes_disagree",
        ),
    ],
)
def test_items_that_cannot_both_hold_are_shown(changes: dict[str, object], code: str) -> None:
    assert code in codes(replace(GOOD, **changes))  # type: ignore[arg-type]


def test_a_denied_fact_that_is_ruled_out_agrees_with_the_fact() -> None:
    facts = (
        Fact(id="f1", statement="The account is active", how_verified="directory"),
        Fact(id="f2", statement="The account is not active", standing=Standing.RULED_OUT),
    )

    assert "facts_disagree" not in codes(replace(GOOD, facts=facts))


def test_a_secret_comes_first_and_cannot_be_mistaken_for_advice() -> None:
    leaked = "Summ" + "er2024!"
    check = Diagnostic(id="d1", check="Signed in", observation=f"password: {leaked} works")

    first = advise(replace(GOOD, diagnostics=(check,), ask=""))[0]

    assert (first.code, first.item_id, first.severity) == ("secret", "d1", Severity.SECRET)
    assert leaked not in first.message


@settings(max_examples=40, deadline=None)
@given(states())
def test_advice_is_the_same_every_time_names_real_items_and_never_scolds(state: KnowledgeState) -> None:
    found = advise(state, needs=tuple(Part))

    assert found == advise(state, needs=tuple(Part))
    for finding in found:
        # Each can be switched off by its name, but for what is private.
        assert (finding.code in KIND_TITLES) is (finding.severity is Severity.ADVICE)
        assert finding.item_id is None or state.find(finding.item_id) is not None
        ours = re.sub(r"“.*?”", "", finding.message, flags=re.DOTALL)
        assert not re.search(r"\b(?:must|wrong|error:|fail|invalid|bad|forgot|should have)\b", ours)
