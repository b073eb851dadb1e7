"""Of many lines that were found, the most telling stand open; the rest waits behind one press, whole."""

import re
from dataclasses import replace

import pytest

from escalation.capture.draft import conversation_of, state_of
from escalation.capture.foremost import MOST_WORDS, later
from escalation.capture.prefill import start_from_text
from escalation.knowledge.state import Diagnostic, Evidence, Fact, Hypothesis, KnowledgeState
from escalation.knowledge.words import Origin, Part, Role, Standing
from tests import builders
from tests.pages.posting import press


def found(item_id: str, statement: str, *, standing=Standing.REPORTED, role=Role.REQUESTER) -> Fact:
    quote = Evidence(quote=statement, author_role=role)
    return Fact(id=item_id, statement=statement, standing=standing, origin=Origin.FOUND, evidence=(quote,))


def test_a_short_conversation_is_shown_whole():
    facts = (found("a", "The dashboard stays white since Saturday"), found("b", "Payroll opens as usual"))
    assert later(KnowledgeState(facts=facts)) == ()


def test_what_is_said_again_waits_behind_what_says_it_better():
    ours = "Dashboard stays white in Chrome and Edge since Saturday"
    facts = (
        found("user", "The dashboard stays white since Saturday"),
        found("ours", ours, standing=Standing.CONFIRMED, role=Role.TECHNICIAN),
    )
    assert later(KnowledgeState(facts=facts)) == ("user",)


def test_what_says_nothing_alone_waits():
    assert later(KnowledgeState(facts=(found("a", "both fine."),))) == ("a",)


def test_no_part_is_crowded_out_and_no_more_is_open_than_is_read_in_half_a_minute():
    words = ("alpha", "bravo", "carbon", "delta", "ember", "fjord", "gamma", "hotel", "india", "juliet")
    facts = tuple(
        found(word, " ".join(f"{word}{n}" for n in range(14)), standing=Standing.CONFIRMED) for word in words
    )
    belief = Hypothesis(id="h", statement="The gateway change broke it", origin=Origin.FOUND)
    check = Diagnostic(id="d", check="Console of the browser", error_code="CORS", origin=Origin.FOUND)
    state = KnowledgeState(facts=facts, hypothesis=(belief,), diagnostics=(check,))

    waits = later(state)

    assert {"h", "d", "alpha"}.isdisjoint(waits)
    assert sum(14 for each in facts if each.id not in waits) <= MOST_WORDS
    assert waits
    assert set(waits) < set(words)


def test_what_somebody_stated_is_never_put_behind():
    typed = Fact(id="t", statement="both fine")
    assert later(KnowledgeState(facts=(typed, replace(typed, id="c", origin=Origin.CONFIRMED)))) == ()


@pytest.fixture
def begun(db, desk_to_ops, author):
    text = "\n".join(
        f"Priya Raman: I can't open the report {name} in the {name} folder since today, it stays white."
        for name in (
            "alpha",
            "bravo",
            "carbon",
            "delta",
            "ember",
            "fjord",
            "gamma",
            "hotel",
            "india",
            "juliet",
        )
    )
    return start_from_text(route=desk_to_ops, text=text, by=author, now=builders.NOW)


def waiting(handoff) -> tuple[str, ...]:
    return tuple((handoff.conversation or {})["later"])


def test_the_form_folds_them_and_keeps_every_one(page, begun):
    html = page.get(f"/handoffs/{begun.pk}/edit").content.decode()

    assert waiting(begun)
    assert html.count('class="line found later"') == len(waiting(begun))
    assert re.search(rf"<span>{len(waiting(begun))} more</span>", html)
    ids = [item.id for item in state_of(begun).facts]
    assert ids[-len(waiting(begun)) :] == list(waiting(begun))
    assert conversation_of(begun) is not None


def test_accepting_all_takes_nothing_that_nobody_has_seen(page, begun):
    press(page, begun, "accept_all:facts")

    begun.refresh_from_db()
    still = {item.id for item in state_of(begun).part(Part.FACTS) if item.origin is Origin.FOUND}
    assert still == set(waiting(begun))
    review = page.get(f"/handoffs/{begun.pk}/review").content.decode()
    assert f"{len(still)} lesser lines left out" in review
    assert "not accepted" not in review


def test_with_script_off_the_opened_fold_is_accepted_too(page, begun):
    press(page, begun, "accept_all:facts", **{"more-facts": "1"})

    begun.refresh_from_db()
    assert all(item.origin is Origin.CONFIRMED for item in state_of(begun).facts)


def test_card_advice_and_form_call_a_line_by_the_same_label(page, begun):
    press(page, begun, "accept_all:facts")
    begun.refresh_from_db()
    lines = len(state_of(begun).facts)
    press(page, begun, "save", **{f"facts-{lines}-statement": "Not working", f"facts-{lines}-id": "mine"})

    html = page.get(f"/handoffs/{begun.pk}/edit").content.decode()

    rows = re.findall(r'data-item="([^"]+)">(.*?)</li>', html, re.DOTALL)
    form = {item: re.search(r'data-number="(\w*)"', row)[1] for item, row in rows}  # type: ignore[index]
    beside = re.findall(r'class="chip" data-goto="([^"]+)"[^>]*>(\w+)<', html)
    stated = [each for each in state_of(begun).facts if each.origin is not Origin.FOUND]
    assert form["mine"] == f"F{len(stated) + 1}" != f"F{lines + 1}"
    assert ("mine", form["mine"]) in beside
    assert all(form[item] == label for item, label in beside)
