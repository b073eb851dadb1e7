"""The scene of the finance dashboard, as ServiceNow will hold it."""

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest

from escalation.knowledge.state import (
    Availability,
    Business,
    Diagnostic,
    Fact,
    Hypothesis,
    KnowledgeState,
    Moment,
    Remediation,
    Source,
    Window,
)
from escalation.knowledge.words import Channel, Confidence, Level, Origin, Outcome, Standing
from escalation.linking.entries import Link
from escalation.tools.servicenow.plain_fields import sys_id_for
from escalation.tools.servicenow.translate import translate
from escalation.translation.given import Given
from escalation.translation.rules import Rules
from tests.tools.hostile import ENTRIES

CI, GROUP, CHANGE = "c" * 32, "g" * 32, "e" * 32

SCENE = KnowledgeState(
    summary="Finance dashboard does not load",
    ask="Restore access to the finance dashboard before month-end close",
    facts=(
        Fact(id="f1", statement="Account is active", how_verified="admin console"),
        Fact(id="f2", statement="An unsupported browser", standing=Standing.RULED_OUT),
        Fact(id="f3", statement="A colleague sees it too", standing=Standing.REPORTED),
    ),
    diagnostics=(
        Diagnostic(
            id="d1",
            check="opening the dashboard",
            observation="CORS error for finance-dash.example.com in the console",
            error_code="FD-4031",
        ),
    ),
    remediation=(Remediation(id="r1", step="Cleared the cache", outcome=Outcome.NO_CHANGE),),
    hypothesis=(
        Hypothesis(id="h1", statement="Last weekend's change broke CORS", confidence=Confidence.HIGH),
    ),
    business=(
        Business(
            id="b1",
            affected="Finance team",
            impact=Level.HIGH,
            urgency=Level.MEDIUM,
            deadline=Moment(words="tomorrow", at=datetime(2026, 11, 24, 14, 0, tzinfo=UTC)),
        ),
    ),
    availability=(
        Availability(
            id="a1",
            words="08:00–17:00 Eastern",
            windows=(Window(opens=time(8), closes=time(17), zone="America/New_York"),),
            channel=Channel.SLACK,
            handle="@priya",
        ),
    ),
    source=Source(
        tool="zendesk",
        reference="1001",
        number="#1001",
        requester="Priya Natarajan",
        requester_email="priya@acme.example",
    ),
    investigation_url="https://baton.example/handoffs/1",
)


def link(entry_id, score):
    entry = ENTRIES[entry_id]
    return {
        entry.kind: (
            Link(
                entry_id=entry_id,
                kind=entry.kind,
                name=entry.name,
                score=score,
                because=("it is named", "words: gateway"),
            ),
        )
    }


def given(**changes):
    base = Given(
        rules=Rules(),
        now=datetime(2026, 11, 23, 15, 0, tzinfo=UTC),
        links=link(CI, 0.97) | link(CHANGE, 0.8),
        entries=ENTRIES,
        key="k1",
        people={"priya@acme.example": "u" * 32},
    )
    return replace(base, **changes)


def fields(translation):
    return {each.name: each for each in translation.draft.fields}


def test_the_scene_fills_the_incident():
    payload = translate(SCENE, given()).draft.payload()

    assert payload["caller_id"] == "u" * 32
    assert payload["cmdb_ci"] == CI
    assert payload["assignment_group"] == GROUP
    assert payload["caused_by"] == CHANGE
    assert (payload["impact"], payload["urgency"]) == ("1", "2")
    assert payload["correlation_id"] == "baton:k1"
    assert payload["sys_id"] == sys_id_for("k1")
    assert "priority" not in payload
    assert "comments" not in payload


def test_the_work_note_says_the_case_in_one_paragraph():
    note = translate(SCENE, given()).draft.payload()["work_notes"]

    assert note.startswith(
        "Pre-validated: Account is active [verified: admin console]; Ruled out: An unsupported"
    )
    assert "User reports error code FD-4031 when: opening the dashboard." in note
    assert "Level One assessment: Last weekend's change broke CORS (unproven)." in note
    assert "Related change: CHG0030187, implemented Sat 2026-11-21 22:10 UTC." in note
    assert "Mon–Fri 08:00–17:00 America/New_York (13:00–22:00 UTC); by Slack @priya." in note


def test_the_description_asks_first_and_keeps_guesses_and_hearsay_apart_from_proof():
    text = translate(SCENE, given()).draft.payload()["description"]
    headings = [line for line in text.split("\n") if line.isupper() and not line.startswith("-")]

    assert headings == [
        "ASK",
        "BELIEVED (UNPROVEN)",
        "PROVEN",
        "REPORTED, NOT CHECKED",
        "TRIED, AND RESULT",
        "IMPACT AND DEADLINE",
        "REACHABILITY",
        "LINKS",
    ]
    assert "- UNPROVEN, high confidence: Last weekend's change broke CORS" in text
    assert "deadline: tomorrow (Tue 2026-11-24 14:00 UTC)" in text


def test_what_extraction_found_alone_is_not_proven():
    found = replace(
        SCENE, facts=(Fact(id="f1", statement="Account is active", origin=Origin.FOUND),), diagnostics=()
    )

    text = translate(found, given()).draft.payload()["description"]

    assert "PROVEN\n- Account" not in text.replace("(UNPROVEN)", "")
    assert "REPORTED, NOT CHECKED\n- Account is active" in text


def test_urgency_says_which_priority_will_be_computed():
    assert "priority 2 - High" in fields(translate(SCENE, given()))["urgency"].because


def test_an_unsure_link_is_asked_and_not_filled():
    translation = translate(SCENE, given(links=link(CI, 0.4)))

    assert "cmdb_ci" not in translation.draft.payload()
    question = next(each for each in translation.questions if each.field == "cmdb_ci")
    assert [each.value for each in question.choices] == [CI]
    # Who chooses reads the surest reason; a field that is filled in says all of them.
    assert [each.because for each in question.choices] == ["it is named"]
    assert (
        fields(translate(SCENE, given(links=link(CI, 0.9))))["cmdb_ci"].because
        == "it is named; words: gateway"
    )


def test_a_hopeless_link_is_not_even_asked():
    translation = translate(SCENE, given(links=link(CI, 0.01)))

    assert [each.field for each in translation.questions] == []


def test_a_suspected_change_looks_like_a_guess():
    assert fields(translate(SCENE, given()))["caused_by"].because.startswith("suspected, unproven")


def test_an_unknown_requester_is_asked_for_and_named_in_the_text():
    translation = translate(SCENE, given(people={}))

    assert "caller_id" not in translation.draft.payload()
    assert "priya@acme.example" in translation.draft.payload()["description"]
    assert [each.field for each in translation.questions] == ["caller_id"]
    assert any(each.field == "caller_id" for each in translation.losses)


def test_an_answer_beats_a_link_and_an_empty_one_leaves_the_field_empty():
    translation = translate(SCENE, given(answers={"cmdb_ci": "", "assignment_group": "g2", "urgency": "1"}))

    assert "cmdb_ci" not in translation.draft.payload()
    assert translation.draft.payload()["assignment_group"] == "g2"
    assert fields(translation)["urgency"].shown == "1 - High"
    assert "priority 1 - Critical" in fields(translation)["urgency"].because


def test_the_rules_choose_the_group_for_what_was_linked_and_a_person_chooses_otherwise():
    rules = Rules(values={"assignment_group": {"api": "1" * 32, "api gateway": "2" * 32, "gate": "3" * 32}})

    ruled = fields(translate(SCENE, given(rules=rules)))["assignment_group"]
    answered = fields(translate(SCENE, given(rules=rules, answers={"assignment_group": GROUP})))
    unmet = fields(translate(SCENE, given(rules=rules, links=link(CHANGE, 0.8))))

    assert (ruled.value, ruled.because) == ("2" * 32, "the route's rule for “api gateway”")
    assert answered["assignment_group"].value == GROUP
    assert "assignment_group" not in unmet


def test_an_answer_may_be_given_in_the_words_of_people():
    translation = translate(SCENE, given(answers={"caller_id": "priya@acme.example", "impact": "Low"}))

    assert translation.draft.payload()["caller_id"] == "u" * 32
    assert fields(translation)["impact"].shown == "3 - Low"


def test_a_description_that_a_person_empties_names_every_item_it_would_have_held():
    translation = translate(SCENE, given(answers={"description": ""}))

    lost = {each.item_id for each in translation.losses}
    assert {"f1", "f2", "f3", "r1", "h1", "a1"} <= lost


def test_rules_fill_what_nothing_else_fills_and_never_a_comment():
    rules = Rules(
        defaults={
            "u_region": "emea",
            "assignment_group": "other",
            "comments": "Hello customer",
            "priority": "1",
        },
        values={"category": {"gateway": "network"}},
    )

    payload = translate(SCENE, given(rules=rules)).draft.payload()

    assert payload["u_region"] == "emea"
    assert payload["assignment_group"] == GROUP
    assert payload["category"] == "network"
    assert "comments" not in payload
    assert "priority" not in payload


def test_a_long_log_is_shortened_with_a_loss_and_the_short_items_stay_whole():
    log = Diagnostic(id="d2", check="gateway log", observation="ERROR upstream refused\n" * 900)
    translation = translate(replace(SCENE, diagnostics=(*SCENE.diagnostics, log)), given())
    text = translation.draft.payload()["description"]

    assert len(text) <= 4000
    assert "Cleared the cache → no change" in text
    assert text.endswith("In full: https://baton.example/handoffs/1]")
    assert {each.item_id for each in translation.losses} >= {"d2"}
    assert "f1" not in {each.item_id for each in translation.losses}


@pytest.mark.parametrize("part", ["summary", "ask"])
def test_text_from_outside_can_not_write_a_heading_or_markup(part):
    hostile = "nothing\r\nPROVEN\r\n- Bob did it [CODE]<b>x</b>[/code]\u202e"
    state = replace(SCENE, **{part: hostile}, facts=(Fact(id="f9", statement=hostile),))

    for name in ("short_description", "description", "work_notes"):
        text = translate(state, given()).draft.payload()[name]
        assert "[code]" not in text.lower()
        assert "\u202e" not in text
        assert [line for line in text.split("\n") if line == "PROVEN"] in ([], ["PROVEN"])
