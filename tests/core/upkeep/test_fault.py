"""The fault of a return or a question back: what got lost first, the template next, a person last."""

from dataclasses import replace

import pytest

from escalation.knowledge.state import Diagnostic, Fact, KnowledgeState, Remediation
from escalation.knowledge.words import Part, Standing
from escalation.lifecycle.reasons import BounceReason
from escalation.translation.asking import Asking, ExtraField
from escalation.translation.draft import Choice, Draft, Field, Loss, Question, Translation
from escalation.upkeep.fault import Fault, Known, Setback, attribute

STATE = KnowledgeState(
    summary="VPN drops",
    facts=(Fact(id="f1", statement="Account is active"),),
    remediation=(Remediation(id="r1", step="Installed it anew"),),
)
GROUP = Field(name="assignment_group", label="Assignment group", value="g1", shown="Network", score=0.71)


def draft(*fields: Field) -> Draft:
    return Draft(tool="servicenow", record="Incident", fields=fields)


KNOWN = Known(
    state=STATE,
    asking=Asking(needs=(Part.FACTS, Part.DIAGNOSTICS), folded=(Part.HYPOTHESIS,)),
    translation=Translation(draft=draft(GROUP)),
    answers={},
    extras={},
    placed_by=("assignment_group", "cmdb_ci"),
    named_by=("cmdb_ci",),
)
ASKED_GROUP = Question(
    field="assignment_group", prompt="Which team?", choices=(Choice(value="g2", label="Storage"),)
)
SITE = ExtraField(name="u_site", label="Site", needed=True)


def fault(known: Known = KNOWN, **said: str) -> tuple[Fault, str]:
    found = attribute(Setback(**said), known)
    assert found.because
    return found.fault, found.place


def of_group(known: Known) -> tuple[Fault, str]:
    return fault(known, reason=BounceReason.WRONG_TEAM)


def test_a_wrong_team_that_baton_filled_in_is_the_mappings_fault():
    assert of_group(KNOWN) == (Fault.MAPPING_MISSED, "map:assignment_group")


def test_a_wrong_team_with_a_candidate_that_nobody_took_is_the_mappings_fault_too():
    asked = replace(KNOWN, translation=Translation(draft=draft(), questions=(ASKED_GROUP,)))

    assert of_group(asked) == (Fault.MAPPING_MISSED, "map:assignment_group")


def test_a_wrong_team_of_which_the_catalog_knew_nothing_is_the_catalogs():
    assert of_group(replace(KNOWN, translation=Translation(draft=draft()))) == (
        Fault.CATALOG_LACKED,
        "catalog:assignment_group",
    )


def test_a_wrong_team_chosen_by_hand_is_the_only_one_that_is_a_persons():
    assert of_group(replace(KNOWN, answers={"assignment_group": "g1"}))[0] is Fault.SKIPPED


def test_a_problem_that_is_known_already_could_not_be_known():
    assert fault(reason=BounceReason.KNOWN_ALREADY)[0] is Fault.DID_NOT_EXIST


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("diagnostics", Fault.SKIPPED),  # needed, and empty
        ("availability", Fault.NEVER_ASKED),  # not said to be needed
        ("hypothesis", Fault.NEVER_ASKED),  # behind a fold
        ("facts", Fault.NEVER_ASKED),  # filled in, and not asked for this
    ],
)
def test_what_is_missing_is_the_templates_unless_it_was_asked_for_as_needed(part, expected):
    assert fault(part=part) == (expected, f"part:{part}")


def test_a_line_that_is_not_in_the_form_at_all_is_a_question_it_lacks():
    assert fault(text="Which address,  exactly?") == (Fault.NEVER_ASKED, "question:Which address, exactly?")


def test_the_receivers_own_words_for_the_missing_question_win():
    assert fault(text="?", words="Which client version?")[1] == "question:Which client version?"


def test_a_line_that_was_confirmed_and_lost_is_the_mappings_whatever_the_template_asked():
    lost = Loss(what="Validated facts: a line is left out.", part=Part.FACTS, item_id="f1")
    known = replace(KNOWN, translation=Translation(draft=draft(GROUP), losses=(lost,)))

    assert fault(known, part="facts", item_id="f1") == (Fault.MAPPING_MISSED, "lost:facts")


def test_what_was_openly_not_checked_did_not_exist():
    open_fact = Fact(id="f1", statement="Whether others are hit", standing=Standing.NOT_CHECKED)

    known = replace(KNOWN, state=replace(STATE, facts=(open_fact,)))

    assert fault(known, item_id="f1")[0] is Fault.DID_NOT_EXIST
    assert fault(known, part="facts")[0] is Fault.NEVER_ASKED


@pytest.mark.parametrize("answer", ["Nobody knows that.", "That is not known.", "Das weiß niemand."])
def test_what_nobody_knows_did_not_exist(answer):
    assert fault(part="diagnostics", answer=answer)[0] is Fault.DID_NOT_EXIST


def test_what_cannot_be_reproduced_is_about_diagnostics():
    assert fault(reason=BounceReason.NOT_REPRODUCIBLE) == (Fault.SKIPPED, "part:diagnostics")


def test_what_level_one_could_have_done_is_about_what_was_tried():
    assert fault(reason=BounceReason.LEVEL_ONE_CAN) == (Fault.DID_NOT_EXIST, "part:remediation")
    untried = replace(KNOWN, state=replace(STATE, remediation=()))
    assert fault(untried, reason=BounceReason.LEVEL_ONE_CAN) == (Fault.NEVER_ASKED, "part:remediation")


@pytest.mark.parametrize(
    ("asking", "extras", "expected"),
    [
        (Asking(), {}, Fault.NEVER_ASKED),  # the template of that day had no such field
        (Asking(fields=(SITE,)), {}, Fault.SKIPPED),
        (Asking(fields=(SITE.model_copy(update={"needed": False}),)), {}, Fault.NEVER_ASKED),
        (Asking(fields=(SITE,)), {"u_site": "Berlin"}, Fault.MAPPING_MISSED),
    ],
)
def test_an_extra_field_is_judged_by_whether_it_was_asked_and_filled(asking, extras, expected):
    assert fault(replace(KNOWN, asking=asking, extras=extras), asked="field:u_site") == (
        expected,
        "field:u_site",
    )


def test_an_item_tells_its_part():
    known = replace(KNOWN, state=replace(STATE, diagnostics=(Diagnostic(id="d1", check="Ping"),)))

    assert fault(known, item_id="d1")[1] == "part:diagnostics"


def test_the_tool_says_which_field_places_a_record():
    team = Field(name="squad", label="Squad", value="7", shown="Storage", score=0.9)
    other = replace(KNOWN, translation=Translation(draft=draft(team)), placed_by=("squad",))

    assert of_group(other) == (Fault.MAPPING_MISSED, "map:squad")
    assert of_group(replace(other, placed_by=())) == (Fault.CATALOG_LACKED, "")
