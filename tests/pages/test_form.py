"""The form: every request saves all of it, with script and without."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from escalation.capture.draft import conversation_of, state_of
from escalation.knowledge.codec import to_json
from escalation.knowledge.state import Evidence, Fact, KnowledgeState
from escalation.knowledge.words import Origin, Outcome, Standing
from escalation.models import Handoff
from tests import builders
from tests.pages.posting import fields_of, press

pytestmark = pytest.mark.django_db

QUOTE = Evidence(
    quote="it stopped after the weekend",
    tool="zendesk",
    reference="9",
    author="Priya Raman",
    at=datetime(2026, 11, 23, 14, tzinfo=UTC),
)


def found(item_id: str, statement: str) -> Fact:
    return Fact(id=item_id, statement=statement, origin=Origin.FOUND, evidence=(QUOTE,))


@pytest.fixture
def suggested(desk_to_ops, author) -> Handoff:
    """A draft with two suggestions and one typed fact."""
    facts = (
        found("s1", "Dashboard fails since Saturday"),
        found("s2", "VPN is on"),
        Fact(id="t1", statement="Typed"),
    )
    return builders.handoff(route=desk_to_ops, author=author, state=KnowledgeState(summary="S", facts=facts))


def stored(handoff: Handoff) -> KnowledgeState:
    handoff.refresh_from_db()
    return state_of(handoff)


def save(browser, handoff, fields):
    return browser.post(f"/handoffs/{handoff.pk}/save", fields)


def test_an_untouched_form_saves_exactly_what_the_draft_held(page, draft):
    before = to_json(state_of(draft))

    answer = save(page, draft, fields_of(page, draft))

    assert answer.status_code == 200
    assert to_json(stored(draft)) == before
    assert draft.revision == 1


def test_a_new_line_is_saved_and_the_record_beside_the_form_holds_it(page, draft):
    fields = fields_of(page, draft) | {
        "remediation-1-step": "Restarted the browser",
        "remediation-1-outcome": "worse",
    }

    answer = save(page, draft, fields)

    assert stored(draft).remediation[1].step == "Restarted the browser"
    assert stored(draft).remediation[1].outcome is Outcome.WORSE
    assert "Restarted the browser" in answer.content.decode()


def test_removed_lines_leave_holes_and_the_order_is_the_persons(page, draft):
    fields = {key: value for key, value in fields_of(page, draft).items() if not key.startswith("facts-1-")}
    fields |= {"facts-0-place": "5", "facts-2-place": "1", "facts-3-place": "2"}

    save(page, draft, fields)

    assert [fact.id for fact in stored(draft).facts] == ["f3", "f4", "f1"]


def test_a_number_that_is_none_is_said_and_everything_else_is_saved(page, draft):
    fields = fields_of(page, draft) | {
        "business-0-affected_count": "about forty",
        "ask": "Tell us who can help",
    }

    answer = save(page, draft, fields)

    assert answer.status_code == 422
    assert "say a whole number" in answer.content.decode()
    assert stored(draft).ask == "Tell us who can help"
    assert stored(draft).business[0].affected_count == 12


def test_with_script_off_a_slip_shows_the_page_again_with_what_was_typed(page, draft):
    answer = press(
        page, draft, "review", business__0__affected_count="about forty", ask="Tell us who can help"
    )

    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="about forty"' in html
    assert "Tell us who can help" in html
    assert "<title>Error:" in html


def test_a_second_window_is_told_and_overwrites_nothing(page, draft):
    fields = fields_of(page, draft)
    save(page, draft, fields | {"ask": "from the first window"})

    answer = save(page, draft, fields | {"ask": "from the second window"})

    assert answer.status_code == 409
    assert "changed in another window" in answer.content.decode()
    assert stored(draft).ask == "from the first window"


def test_the_second_window_may_insist(page, draft):
    fields = fields_of(page, draft)
    save(page, draft, fields | {"ask": "from the first window"})

    page.post(f"/handoffs/{draft.pk}/edit", fields | {"ask": "from the second window", "do": "overwrite:1"})

    assert stored(draft).ask == "from the second window"


def test_with_script_off_a_conflict_keeps_what_was_typed_on_the_page(page, draft):
    fields = fields_of(page, draft)
    save(page, draft, fields)

    answer = page.post(f"/handoffs/{draft.pk}/edit", fields | {"ask": "mine, still here", "do": "review"})

    assert answer.status_code == 409
    assert "mine, still here" in answer.content.decode()


@pytest.mark.parametrize(
    ("do", "left"),
    [
        ("up:facts:f2", ["f2", "f1", "f3", "f4"]),
        ("down:facts:f1", ["f2", "f1", "f3", "f4"]),
        ("up:facts:f1", ["f1", "f2", "f3", "f4"]),
        ("remove:facts:f3", ["f1", "f2", "f4"]),
        ("remove:facts:nobody", ["f1", "f2", "f3", "f4"]),
        ("explode:facts:f1", ["f1", "f2", "f3", "f4"]),
        ("up:kitchen:f1", ["f1", "f2", "f3", "f4"]),
    ],
)
def test_every_change_of_a_line_is_a_button_with_script_off(page, draft, do, left):
    answer = press(page, draft, do)

    assert answer.status_code == 302
    assert [fact.id for fact in stored(draft).facts] == left


def test_a_removal_can_be_taken_back_with_its_quote(page, suggested):
    answer = press(page, suggested, "drop:facts:s1")
    shown = page.get(answer["Location"])
    undo = shown.context["undo"]
    assert [fact.id for fact in stored(suggested).facts] == ["s2", "t1"]

    press(page, suggested, undo)

    assert stored(suggested).facts[0] == found("s1", "Dashboard fails since Saturday")


def test_a_suggestion_is_marked_and_shows_the_line_it_came_from(page, suggested):
    html = page.get(f"/handoffs/{suggested.pk}/edit").content.decode()

    assert html.count('class="line found"') == 2
    assert "it stopped after the weekend" in html
    assert "Priya Raman" in html
    assert "Accept all 2" in html


def test_a_suggestion_is_no_part_of_the_record_until_it_is_accepted(page, suggested):
    before = save(page, suggested, fields_of(page, suggested)).content.decode()
    press(page, suggested, "accept:facts:s1")
    after = save(page, suggested, fields_of(page, suggested)).content.decode()

    assert "Dashboard fails since Saturday" not in before
    assert "Dashboard fails since Saturday" in after
    assert stored(suggested).facts[0].origin is Origin.CONFIRMED


def test_one_press_accepts_a_whole_part(page, suggested):
    press(page, suggested, "accept_all:facts")

    assert {fact.origin for fact in stored(suggested).facts} == {Origin.CONFIRMED, Origin.TYPED}


def test_whoever_rewrites_a_suggestion_has_taken_it_over(page, suggested):
    save(page, suggested, fields_of(page, suggested) | {"facts-0-statement": "Fails since Saturday 22:00"})

    rewritten = stored(suggested).facts[0]
    assert rewritten.origin is Origin.CONFIRMED
    assert rewritten.evidence == (QUOTE,)


def test_nobody_can_make_up_a_quote(page, draft):
    forged = json.dumps(["facts", {"id": "x", "statement": "x", "evidence": [{"quote": "She said so"}]}])
    fields = fields_of(page, draft) | {"facts-4-statement": "New", "facts-4-kept": forged}

    save(page, draft, fields)

    assert stored(draft).facts[4].evidence == ()


def test_a_quote_of_another_part_does_not_move_along(page, draft):
    fields = fields_of(page, draft)

    save(page, draft, fields | {"facts-4-statement": "New", "facts-4-kept": fields["diagnostics-0-kept"]})

    assert stored(draft).facts[4].evidence == ()


def test_two_lines_with_one_id_become_two_items(page, draft):
    save(page, draft, fields_of(page, draft) | {"facts-1-id": "f1"})

    ids = [fact.id for fact in stored(draft).facts]
    assert len(ids) == len(set(ids)) == 4


def test_a_request_that_leaves_a_part_out_does_not_empty_it(page, draft):
    fields = {key: value for key, value in fields_of(page, draft).items() if not key.startswith("facts-")}

    save(page, draft, fields)

    assert len(stored(draft).facts) == 4


def test_a_standing_that_does_not_exist_keeps_the_saved_one(page, draft):
    answer = save(page, draft, fields_of(page, draft) | {"facts-3-standing": "certain"})

    assert answer.status_code == 422
    assert stored(draft).facts[3].standing is Standing.NOT_CHECKED


def test_seconds_of_work_are_kept_and_never_shrink(page, draft):
    save(page, draft, fields_of(page, draft) | {"active_seconds": "75"})
    save(page, draft, fields_of(page, draft) | {"active_seconds": "3"})

    draft.refresh_from_db()
    assert draft.active_seconds == 75


def test_imported_text_is_shown_and_never_run(page, desk_to_ops, author):
    hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>{{ 7 }}"
    state = KnowledgeState(
        summary=hostile,
        ask=hostile,
        facts=(Fact(id="x", statement=hostile, origin=Origin.FOUND, evidence=(Evidence(quote=hostile),)),),
        source=builders.source(url="javascript:alert(1)", requester=hostile, number=hostile),
    )
    handoff = builders.handoff(route=desk_to_ops, author=author, state=state)

    for address in ("edit", "review"):
        html = page.get(f"/handoffs/{handoff.pk}/{address}").content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert 'href="javascript' not in html


def test_a_draft_without_a_conversation_has_no_conversation_panel(page, draft):
    assert conversation_of(draft) is None
    assert "conversation" not in fields_of(page, draft)


def test_a_discarded_draft_can_be_taken_up_again(page, draft):
    page.post(f"/handoffs/{draft.pk}/discard")
    shown = page.get(f"/handoffs/{draft.pk}", follow=True).content.decode()
    page.post(f"/handoffs/{draft.pk}/restore")

    assert "This draft was discarded" in shown
    assert page.get(f"/handoffs/{draft.pk}/edit").status_code == 200


def test_opening_and_saving_take_a_bounded_number_of_queries(page, draft, django_assert_max_num_queries):
    fields = fields_of(page, draft)

    with django_assert_max_num_queries(23):
        page.get(f"/handoffs/{draft.pk}/edit")
    with django_assert_max_num_queries(13):
        save(page, draft, fields)


def test_an_impact_can_be_taken_back(page, draft):
    press(page, draft, "save", **{"business-0-impact": ""})

    draft.refresh_from_db()
    assert state_of(draft).business[0].impact is None
    assert state_of(draft).business[0].urgency is not None


def test_accepting_a_whole_part_can_be_taken_back(page, suggested):
    answer = press(page, suggested, "accept_all:facts")
    undo = parse_qs(urlsplit(answer["Location"]).query)["undo"][0]
    suggested.refresh_from_db()
    assert state_of(suggested).suggestions() == 0

    press(page, suggested, undo)

    suggested.refresh_from_db()
    assert state_of(suggested).find("s1").origin == "found"


def test_a_discarded_draft_waits_on_the_desk_to_be_taken_up_again(page, draft):
    page.post(f"/handoffs/{draft.pk}/discard")
    desk = page.get("/desk").content.decode()
    assert f"/handoffs/{draft.pk}/restore" in desk
    draft.refresh_from_db()
    until = timezone.localtime(draft.saved_at + timedelta(days=30), ZoneInfo("America/New_York"))
    assert f"until {until:%a} {until.day} {until:%b, %H:%M}" in desk

    page.post(f"/handoffs/{draft.pk}/restore")

    assert f"/handoffs/{draft.pk}/restore" not in page.get("/desk").content.decode()


@pytest.mark.parametrize(
    ("quote", "shown"),
    [
        ("Hi @Amara Okafor, the page stays white", False),
        ("Hello, the page stays white. But only in Chrome, and not in Edge", True),
        ("I do not think the page stays white", True),
        ("the page stays white", False),
    ],
)
def test_a_quote_that_only_greets_before_its_line_is_not_shown_twice(page, draft, quote, shown):
    fact = Fact(id="q1", statement="the page stays white", evidence=(Evidence(quote=quote, author="Priya"),))
    draft.state = to_json(replace(state_of(draft), facts=(fact,), diagnostics=(), hypothesis=()))
    draft.save()

    html = page.get(f"/handoffs/{draft.pk}/edit").content.decode()

    (beside_the_line,) = [each for each in html.split('<p class="quote">')[1:] if "quote-q1" in each]
    assert (f"“{quote}”" in beside_the_line.partition("</p>")[0]) is shown
    assert "Priya" in beside_the_line.partition("</p>")[0]
