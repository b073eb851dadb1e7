"""Who gets the ticket: whom a person chooses, else the rules for what was said, else what is linked."""

from dataclasses import replace
from datetime import UTC, datetime

from escalation.linking.entries import EntryKind, Link
from escalation.tools.zendesk.translate import translate
from escalation.translation.given import Given
from escalation.translation.rules import Rules
from tests.builders import scene

LINKED = Link(entry_id="9", kind=EntryKind.ASSIGNMENT_GROUP, name="Billing", score=0.9, because=("named",))


def group(*, values=None, answers=None, links=(), default=""):
    rules = Rules(values={"group_id": values or {}}, defaults={"group_id": default} if default else {})
    given = Given(rules=rules, now=datetime(2026, 11, 23, 15, tzinfo=UTC), answers=answers or {})
    given = replace(given, links={EntryKind.ASSIGNMENT_GROUP: tuple(links)} if links else {})
    found = {each.name: each for each in translate(scene(), given).draft.fields}
    return (found["group_id"].value, found["group_id"].because) if "group_id" in found else None


def test_the_rules_choose_for_a_word_that_was_said_before_any_link_or_default():
    assert group(values={"CORS": "77"}, links=[LINKED], default="5") == (77, "the route's rule for “CORS”")


def test_a_word_that_is_only_part_of_another_or_not_said_chooses_nothing():
    assert group(values={"dashb": "77", "printer": "78", "cor": "79"}, links=[LINKED]) == (9, "named")
    assert group(values={"printer": "78"}) is None


def test_a_person_beats_the_rules():
    assert group(values={"CORS": "77"}, answers={"group_id": "8"}) == (8, "chosen by the technician")
