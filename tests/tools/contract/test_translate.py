"""Whatever the state, a receiver's translation is total, deterministic and accounted for.

One hostile state is made and held against every promise of every tool: making it costs more than all of
them together.
"""

import json

import pytest
from hypothesis import given, settings

from escalation.tools.registry import TOOLS
from tests.builders import scene
from tests.tools.contract.proofs import PROOFS
from tests.tools.hostile import GIVENS, STATES
from tests.tools.servicenow.test_translate import given as context_of_the_scene

RECEIVERS = [each for each in TOOLS.values() if each.receiver is not None]
REFERENCES = frozenset({"cmdb_ci", "assignment_group", "caller_id", "group_id"})

tools = pytest.mark.parametrize("tool", RECEIVERS, ids=lambda each: each.kind)


def texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from texts(each)


@settings(max_examples=200)
@given(state=STATES, context=GIVENS)
def test_whatever_the_state_every_promise_of_a_translation_holds_for_every_tool(state, context):
    for tool in RECEIVERS:
        translation = tool.receiver.translate(state, context)

        assert_the_same_bytes_every_time(tool, state, context, translation)
        assert_every_item_is_placed_or_named(state, translation)
        assert_limits_hold_and_cutting_is_said(tool, translation)
        assert_empty_answers_are_obeyed(context, translation)
        assert_nothing_to_obey_comes_out(translation)
        assert_what_is_believed_is_unproven(translation)
        assert PROOFS[tool.kind].own_key(translation.draft.payload(), context.key) == bool(context.key)


def assert_the_same_bytes_every_time(tool, state, context, translation):
    again = tool.receiver.translate(state, context)
    assert again == translation
    assert again.draft.body() == translation.draft.body()
    assert json.loads(again.draft.body()) == translation.draft.payload()


def assert_every_item_is_placed_or_named(state, translation):
    placed = {item for each in translation.draft.fields for item in each.items}
    lost = {each.item_id for each in translation.losses}
    assert {item.id for _, item in state.items()} <= placed | lost


def assert_limits_hold_and_cutting_is_said(tool, translation):
    lost = {each.field for each in translation.losses}
    for each in translation.draft.fields:
        limit = PROOFS[tool.kind].limits.get(each.name)
        assert limit is None or all(len(text) <= limit for text in texts(each.value))
        assert not each.cut or each.name in lost


def assert_empty_answers_are_obeyed(context, translation):
    emptied = {name for name, answer in context.answers.items() if not answer}
    assert not emptied & REFERENCES & translation.draft.payload().keys()


def assert_nothing_to_obey_comes_out(translation):
    for text in texts(translation.draft.payload()):
        assert "[code]" not in text.lower()
        assert not set(text) & set("\u202e\x00\x1b\x07")


def assert_what_is_believed_is_unproven(translation):
    written = "\n".join(texts(translation.draft.payload()))
    if "BELIEVED (UNPROVEN)" in written.split("\n"):
        assert written.split("BELIEVED (UNPROVEN)\n", 1)[1].startswith("- UNPROVEN, ")


@tools
def test_the_scene_loses_nothing_that_has_no_field(tool):
    state = scene()
    context = context_of_the_scene()

    translation = tool.receiver.translate(state, context)

    assert not any(each.item_id for each in translation.losses)
