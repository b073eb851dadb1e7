"""The last look, the one press, and what comes of pressing twice."""

import re
from dataclasses import replace

import pytest

from escalation.capture.draft import state_of
from escalation.capture.preview import preview
from escalation.knowledge.codec import to_json
from escalation.knowledge.state import KnowledgeState
from escalation.models import CatalogRow, Delivery, Handoff
from tests import builders
from tests.pages.posting import fields_in, fields_of, press

pytestmark = pytest.mark.django_db


def shown_fingerprint(html: str) -> str:
    match = re.search(r'name="fingerprint" value="([0-9a-f]{64})"', html)
    assert match
    return match[1]


def look(page, handoff) -> str:
    return page.get(f"/handoffs/{handoff.pk}/review").content.decode()


def test_review_is_one_press_away_and_saves_first(page, draft):
    answer = press(page, draft, "review", ask="Say who changed the gateway")

    assert answer["Location"] == f"/handoffs/{draft.pk}/review"
    assert "Say who changed the gateway" in look(page, draft)


def test_what_was_reviewed_is_owed_to_the_tool_byte_for_byte(page, draft):
    fingerprint = shown_fingerprint(look(page, draft))

    answer = page.post(f"/handoffs/{draft.pk}/review", {"fingerprint": fingerprint})

    owed = Delivery.objects.get(handoff=draft)
    assert answer["Location"] == f"/handoffs/{draft.pk}"
    assert owed.fingerprint == fingerprint


def test_a_second_press_sends_nothing_and_leads_to_the_same_page(page, draft):
    values = {"fingerprint": shown_fingerprint(look(page, draft))}
    page.post(f"/handoffs/{draft.pk}/review", values)

    again = page.post(f"/handoffs/{draft.pk}/review", values)

    assert again["Location"] == f"/handoffs/{draft.pk}"
    assert Delivery.objects.filter(handoff=draft).count() == 1


def test_a_record_that_changed_since_the_look_is_not_sent(page, draft):
    fingerprint = shown_fingerprint(look(page, draft))
    press(page, draft, "save", summary="Something else altogether")

    answer = page.post(f"/handoffs/{draft.pk}/review", {"fingerprint": fingerprint})

    draft.refresh_from_db()
    assert answer.status_code == 409
    assert "look once more" in answer.content.decode()
    assert draft.status == "draft"


def test_an_empty_handoff_is_told_what_is_missing_and_stays_a_draft(page, desk_to_ops, author):
    empty = builders.handoff(route=desk_to_ops, author=author, state=KnowledgeState())
    fingerprint = shown_fingerprint(look(page, empty))

    answer = page.post(f"/handoffs/{empty.pk}/review", {"fingerprint": fingerprint})

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Say what you need back" in html
    assert "<title>Error:" in html


def test_a_sent_handoff_cannot_be_edited_any_more(page, sent):
    assert page.get(f"/handoffs/{sent.pk}/edit")["Location"] == f"/handoffs/{sent.pk}"
    assert page.post(f"/handoffs/{sent.pk}/save", {}).status_code == 404


def test_a_secret_is_pointed_out_before_sending(page, draft):
    state = replace(state_of(draft), ask="Log in with password: " + "hunter2-" + "Winter26!")
    draft.state = to_json(state)
    draft.save()

    assert "check-bad" in look(page, draft)


@pytest.fixture
def asked(draft) -> Handoff:
    """A draft of which the receiver's tool does not know which of two groups it is for."""
    for number, name in enumerate(("Finance Dashboard Support", "Finance Dashboard Platform"), start=1):
        CatalogRow.objects.create(
            connection=draft.route.target,
            remote_id=f"a{number}",
            kind="assignment_group",
            name=name,
            synced_at=builders.NOW,
        )
    assert "assignment_group" in {each.field for each in preview(handoff=draft).questions}
    return draft


def test_an_answer_to_an_open_question_is_kept_until_it_is_taken_back(page, asked):
    draft = asked
    fields = fields_of(page, draft) | {"answer-assignment_group": ""}
    answered = page.post(f"/handoffs/{draft.pk}/save", fields).content.decode()
    draft.refresh_from_db()
    assert draft.answers == {"assignment_group": ""}
    assert "answer-assignment_group" in answered

    press(page, draft, "save", **{"forget-assignment_group": "1"})

    assert Handoff.objects.get(pk=draft.pk).answers == {}


def test_a_name_that_the_tool_does_not_know_is_said(page, draft):
    answer = press(page, draft, "save", **{"other-assignment_group": "The nice people"})

    assert answer.status_code == 422
    assert "knows nothing called “The nice people”" in answer.content.decode()


def test_a_name_is_found_while_it_is_typed_and_taken_without_script(page, asked):
    draft = asked
    CatalogRow.objects.create(
        connection=draft.route.target,
        remote_id="g1",
        kind="assignment_group",
        name="Network Operations",
        synced_at=builders.NOW,
    )

    found = page.get(f"/handoffs/{draft.pk}/pick/assignment_group", {"other-assignment_group": "netw"})
    press(page, draft, "save", **{"other-assignment_group": "network operations"})

    draft.refresh_from_db()
    assert 'value="g1"' in found.content.decode()
    assert draft.answers == {"assignment_group": "g1"}


def test_the_page_after_a_slip_can_be_posted_as_it_is(page, draft):
    slip = press(page, draft, "save", business__0__affected_count="many")

    fields = fields_in(slip.content.decode()) | {"business-0-affected_count": "7", "do": "save"}
    mended = page.post(f"/handoffs/{draft.pk}/edit", fields)

    draft.refresh_from_db()
    assert mended.status_code == 302
    assert state_of(draft).business[0].affected_count == 7
