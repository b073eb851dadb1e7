"""What was changed before anybody complained is a fact about the trouble, not a step against it."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.extraction.changed import told_of_before
from escalation.extraction.entities import entities
from escalation.extraction.prefill import prefill
from escalation.knowledge.words import Part, Role
from tests.core.extraction.conversations import EASTERN, NOW, said, talk

REPORT = said("The tunnel drops after ten minutes since Monday.", role=Role.REQUESTER)


def part_of(text: str, *, role: Role = Role.TECHNICIAN) -> Part | None:
    found = prefill(talk(REPORT, said(text, role=role, minutes=12, public=False))).candidates
    return next((each.part for each in found if each.message == 1), None)


def told(text: str, *, minutes: int = 12) -> float:
    at = NOW + timedelta(minutes=minutes)
    return told_of_before(text, named=entities(text), at=at, began=NOW, zone=EASTERN)


@pytest.mark.parametrize(
    "text",
    [
        "we moved FRA-GW2 to the new uplink on Saturday night.",
        "The provider switched the line to the new router last night.",
        "Our database team patched the cluster on Sunday.",
        "secops rotated the service account at 9:10",
        "Gestern Abend wurde der Treiber auf allen Kassen umgestellt.",
        "Le prestataire a remplacé le routeur vendredi soir.",
        "El proveedor cambió la centralita el sábado.",
        "That host was moved to the new zone with CHG0041877.",
    ],
)
def test_a_change_before_the_trouble_is_a_fact(text: str) -> None:
    assert part_of(text) is Part.FACTS


@pytest.mark.parametrize(
    "text",
    [
        "Moved the user to the other gateway.",
        "I switched her to the old router at 10:35.",
        "Replaced the cable, no change.",
        "I restarted the gateway yesterday as well.",
        "Rolled back the policy of Saturday night.",
        "Treiber zurückgesetzt, Warteschlange geleert.",
        "Regla añadida, ya entran los pedidos.",
    ],
)
def test_a_step_against_it_stays_a_step(text: str) -> None:
    assert part_of(text) is Part.REMEDIATION


def test_who_suspects_a_change_supposes() -> None:
    assert part_of("I suspect the gateway was moved to the wrong uplink on Saturday.") is Part.HYPOTHESIS


_ALTERED = st.sampled_from(["moved", "switched", "upgraded", "renamed", "patched", "migrated"])
_THING = st.sampled_from(["the gateway", "node 3", "our mail relay", "the badge system"])
_BEFORE = st.sampled_from(
    ["last night", "yesterday", "on Saturday", "two weeks ago", "at 9:05", "on 2026-09-14", "last week"]
)
_SINCE = st.sampled_from(["", " just now", " at 10:36", " five minutes ago"])


@given(_ALTERED, _THING, _BEFORE)
def test_whatever_was_altered_before_the_first_message_was_there_before(
    altered: str, thing: str, when: str
) -> None:
    assert told(f"we {altered} {thing} {when}") == 1.0


@given(_ALTERED, _THING, _SINCE)
def test_whatever_is_altered_after_the_first_message_is_not(altered: str, thing: str, when: str) -> None:
    assert told(f"we {altered} {thing}{when}") == 0.0


@given(_ALTERED, _THING, _BEFORE)
def test_how_it_went_makes_it_a_step(altered: str, thing: str, when: str) -> None:
    assert told(f"we {altered} {thing} {when}, no change") == 0.0


def test_a_colleague_who_asks_back_in_a_thread_says_nothing() -> None:
    assert part_of("error code in the client?", role=Role.OTHER) is None
