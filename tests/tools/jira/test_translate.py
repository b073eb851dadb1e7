"""The scene's second hop, as Jira will hold it."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given as drawn
from hypothesis import settings

from escalation.knowledge.state import Diagnostic, Fact, Hypothesis, KnowledgeState
from escalation.knowledge.words import Origin
from escalation.linking.changes import changes_near
from escalation.linking.entries import CatalogEntry, EntryKind, Link
from escalation.tools.jira import adf, wiki
from escalation.tools.jira.translate import translate
from escalation.translation.given import Given
from escalation.translation.plain import flat
from escalation.translation.rules import Rules
from tests.builders import scene
from tests.tools.hostile import GIVENS, STATES

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
GATEWAY = CatalogEntry(
    id="PLAT/component/10010",
    kind=EntryKind.COMPONENT,
    name="API Gateway",
    description="Routes and CORS for finance-dash.example.com",
    hosts=("finance-dash.example.com",),
)
SATURDAY = CatalogEntry(
    id="PLAT/version/10021",
    kind=EntryKind.VERSION,
    name="2.4.1",
    released_at=datetime(2026, 11, 21, tzinfo=UTC),
)
OCTOBER = CatalogEntry(
    id="PLAT/version/10020",
    kind=EntryKind.VERSION,
    name="2.4.0",
    released_at=datetime(2026, 10, 12, tzinfo=UTC),
)
ENTRIES = {each.id: each for each in (GATEWAY, SATURDAY, OCTOBER)}
RULES = {"project": "PLAT", "issuetype": "Bug"}


def linked(entry, score):
    because = ("finance-dash.example.com stands in its record",)
    return Link(entry_id=entry.id, kind=entry.kind, name=entry.name, score=score, because=because)


def last_weekend():
    window = (datetime(2026, 11, 21, tzinfo=UTC), datetime(2026, 11, 22, 23, tzinfo=UTC))
    return changes_near(window=window, linked=(GATEWAY.id,), entries=ENTRIES.values())


def given(*, defaults=None, **changes):
    base = Given(
        rules=Rules(defaults={**RULES, **(defaults or {})}),
        now=NOW,
        links={EntryKind.COMPONENT: (linked(GATEWAY, 0.93),), EntryKind.VERSION: last_weekend()},
        entries=ENTRIES,
        key="3f2b8c52",
    )
    return replace(base, **changes)


def fields(translation):
    return {each.name: each for each in translation.draft.fields}


def nodes(value, kind):
    if isinstance(value, dict):
        if value.get("type") == kind:
            yield value
        value = list(value.values())
    for each in value if isinstance(value, list) else ():
        yield from nodes(each, kind)


def test_the_second_hop_names_the_component_and_the_version_that_came_out_last_weekend():
    translation = translate(scene(), given())
    held = fields(translation)

    assert (held["components"].shown, held["components"].value) == ("API Gateway", [{"id": "10010"}])
    assert (held["versions"].shown, held["versions"].value) == ("2.4.1", [{"id": "10021"}])
    assert held["versions"].because.startswith("suspected, unproven; released Saturday 21 November 2026")
    assert translation.questions == ()


def test_the_scene_is_a_bug_of_the_routes_project_that_can_be_found_again():
    payload = translate(scene(), given(defaults={"labels": "escalated, finance"})).draft.payload()

    assert payload["project"] == {"key": "PLAT"}
    assert payload["issuetype"] == {"name": "Bug"}
    assert payload["priority"] == {"name": "Highest"}
    assert payload["labels"] == ["baton", "baton-3f2b8c52", "escalated", "finance"]
    assert payload["remotelink"] == [
        {
            "globalId": "baton=3f2b8c52:source",
            "url": "https://acme.zendesk.com/agent/tickets/4711",
            "title": "Zendesk #4711",
        }
    ]
    assert "Chrome 131" in adf.to_text(payload["environment"])


def test_the_description_is_a_document_in_which_belief_stands_in_a_warning_and_trials_are_ticked():
    description = translate(scene(), given()).draft.payload()["description"]

    (panel,) = nodes(description, "panel")
    (task,) = nodes(description, "taskItem")
    headings = [adf.to_text(each) for each in nodes(description, "heading")]
    assert panel["attrs"] == {"panelType": "warning"}
    assert adf.to_text(panel).startswith(
        "- UNPROVEN, medium confidence: Last weekend's infrastructure change"
    )
    assert task["attrs"]["state"] == "DONE"
    assert adf.to_text(task) == "- Cleared cache and cookies → no change"
    assert headings[:3] == ["Ask", "Believed (unproven)", "Proven"]


def test_a_log_stands_in_a_block_of_code():
    log = "at com.example.Gateway.route\nat com.example.Cors.check\nat com.example.Main.run"
    state = replace(scene(), diagnostics=(Diagnostic(id="d9", check="Trace", observation=log),))

    (code,) = nodes(translate(state, given()).draft.payload()["description"], "codeBlock")

    assert adf.to_text(code) == "at com.example.Cors.check\nat com.example.Main.run"


def test_a_data_center_gets_wiki_markup_and_names_people_by_name():
    people = {"priya.raman@example.com": "praman"}
    payload = translate(scene(), given(defaults={"flavour": "data-center"}, people=people)).draft.payload()

    assert payload["description"].startswith("h3. Ask\n* Find what changed")
    assert "{panel}\n* UNPROVEN, medium confidence" in payload["description"]
    assert payload["reporter"] == {"name": "praman"}
    assert "flavour" not in payload


def test_a_cloud_names_people_by_account_id():
    people = {"priya.raman@example.com": "5b10a2844c20165700ede21g"}

    payload = translate(scene(), given(people=people)).draft.payload()

    assert payload["reporter"] == {"accountId": "5b10a2844c20165700ede21g"}


def test_an_unsure_component_is_asked_with_three_candidates_and_not_filled():
    others = [
        CatalogEntry(id=f"PLAT/component/{place}", kind=EntryKind.COMPONENT, name=f"Service {place}")
        for place in range(4)
    ]
    links = {EntryKind.COMPONENT: tuple(linked(each, 0.3) for each in others)}

    translation = translate(scene(), given(links=links, entries={}))

    (question,) = translation.questions
    assert "components" not in translation.draft.payload()
    assert [each.value for each in question.choices] == [each.id for each in others[:3]]


def test_what_the_tier_before_found_goes_ahead_of_what_the_case_is_called():
    dashboard = CatalogEntry(id="PLAT/component/1", kind=EntryKind.COMPONENT, name="Finance dashboard")
    links = {EntryKind.COMPONENT: (linked(dashboard, 0.97), linked(GATEWAY, 0.02))}
    inherited = tuple(replace(each, origin=Origin.INHERITED) for each in scene().facts)
    found = Fact(id="n1", statement="Misconfigured CORS policy on the API gateway", origin=Origin.CONFIRMED)

    def component(*facts):
        state = KnowledgeState(summary="Finance dashboard does not load", ask="a", facts=facts)
        return fields(translate(state, given(links=links)))["components"]

    assert component(*inherited).shown == "Finance dashboard"
    assert component(*scene().facts, found).shown == "Finance dashboard"  # the first hop
    assert component(*inherited, found).shown == "API Gateway"
    assert component(*inherited, found).because.startswith("named in what was found since")


def test_a_component_of_another_project_is_neither_filled_nor_asked():
    elsewhere = CatalogEntry(id="WEB/component/7", kind=EntryKind.COMPONENT, name="API Gateway")
    links = {EntryKind.COMPONENT: (linked(elsewhere, 0.99),)}

    translation = translate(scene(), given(links=links, entries={elsewhere.id: elsewhere}))

    assert "components" not in translation.draft.payload()
    assert translation.questions == ()


@pytest.mark.parametrize(
    ("answers", "name", "value"),
    [
        ({"components": "PLAT/component/10010"}, "components", [{"id": "10010"}]),
        ({"components": "Billing"}, "components", [{"name": "Billing"}]),
        ({"components": ""}, "components", None),
        ({"versions": ""}, "versions", None),
        ({"priority": "2"}, "priority", {"id": "2"}),
        ({"priority": ""}, "priority", None),
        ({"environment": ""}, "environment", None),
        ({"description": " "}, "description", None),
        ({"summary": " CORS\non the gateway "}, "summary", "CORS on the gateway"),
    ],
    ids=str,
)
def test_a_persons_answer_beats_every_link_and_an_empty_one_leaves_the_field_empty(answers, name, value):
    assert translate(scene(), given(answers=answers)).draft.payload().get(name) == value


def test_a_description_that_a_person_empties_names_every_item_it_would_have_held():
    translation = translate(scene(), given(answers={"description": ""}))

    assert {"f3", "r1", "h1", "a1"} <= {each.item_id for each in translation.losses}


def test_the_rules_fill_a_select_and_never_the_texts():
    rules = {"customfield_10010": '{"value": "EMEA"}', "description": "ours", "duedate": "2026-12-01"}

    payload = translate(scene(), given(defaults=rules)).draft.payload()

    assert payload["customfield_10010"] == {"value": "EMEA"}
    assert payload["duedate"] == "2026-12-01"
    assert payload["description"]["type"] == "doc"


def test_the_rules_may_know_another_scheme_of_priorities():
    rules = Rules(defaults=RULES, values={"priority": {"high/high": "P1"}})

    assert translate(scene(), given(rules=rules)).draft.payload()["priority"] == {"name": "P1"}


@settings(max_examples=60, deadline=None)
@drawn(state=STATES, context=GIVENS)
def test_whatever_the_state_both_flavours_hold_what_jira_takes(state, context):
    for flavour in ("cloud", "data-center"):
        rules = context.rules.model_copy(update={"defaults": {**context.rules.defaults, "flavour": flavour}})
        payload = translate(state, replace(context, rules=rules)).draft.payload()
        for name in ("description", "environment"):
            value = payload.get(name, "")
            assert len(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)) <= 32_767
            assert all(each["text"] for each in nodes(value, "text"))
        assert len(payload["summary"]) <= 255
        assert "\n" not in payload["summary"]
        assert all(" " not in label for label in payload.get("labels", ()))


@pytest.mark.parametrize(
    "hostile",
    [
        "h1. Approved",
        "{panel}all fine{panel}",
        "[click|https://evil.example]",
        "!https://evil.example/x.png!",
        "[~accountid:5b10a2844c20165700ede21g] please",
        "{code}x{code} *bold* _it_ -gone- {color:red}red{color}",
        "a\\b (x) :)",
    ],
)
def test_what_is_typed_is_shown_and_never_obeyed_by_a_data_center(hostile):
    state = KnowledgeState(summary="s", ask="a", facts=(Fact(id="f1", statement=hostile),))

    text = translate(state, given(defaults={"flavour": "data-center"})).draft.payload()["description"]

    assert flat(hostile) in flat(wiki.plain(text))
    for mark in ("{panel}", "{code}", "* [click|", "* !http", "* [~", "\nh1.", "* *bold*"):
        assert mark not in text


@pytest.mark.parametrize(
    ("markup", "read"),
    [
        ("h2. Cause\n* the *gateway* drops {{Origin}}", "Cause\n- the gateway drops Origin"),
        ("{code:java}\nint x = 1;\n{code}", "int x = 1;"),
        ("see [the change|https://jira.example/browse/PLAT-1]", "see the change (https://jira.example/browse/PLAT-1)"),
        ("[~mchen] 2 * 3 * 4 = 24", "@mchen 2 * 3 * 4 = 24"),
        (r"\[not a link\] 5\-6", "[not a link] 5-6"),
        ("one\r\n\r\ntwo", "one\n\ntwo"),
    ],
)  # fmt: skip
def test_markup_is_read_as_the_page_shows_it(markup, read):
    assert wiki.plain(markup) == read


def test_a_note_comes_back_from_a_document_in_the_words_it_was_written_in():
    said = "The user can test until 17:00.\n- or tomorrow\n\nCall first: https://acme.example/a_b?c=1."

    assert adf.to_text(adf.plain_document(said)) == said.replace("\n\n", "\n")


def test_a_document_of_any_depth_or_none_is_read_without_failing():
    deep = {"type": "paragraph", "content": []}
    for _ in range(5000):
        deep = {"type": "blockquote", "content": [deep]}

    assert adf.to_text(deep).strip() == ""
    assert [adf.to_text(each) for each in (None, [], "x", 7, {"content": "x"})] == [""] * 5


def test_a_hypothesis_says_that_it_is_unproven_in_both_flavours():
    state = KnowledgeState(summary="s", ask="a", hypothesis=(Hypothesis(id="h1", statement="It was DNS"),))

    cloud = translate(state, given()).draft.payload()["description"]
    data_center = translate(state, given(defaults={"flavour": "data-center"})).draft.payload()["description"]

    assert "UNPROVEN, medium confidence: It was DNS" in adf.to_text(cloud)
    assert "UNPROVEN, medium confidence: It was DNS" in data_center
