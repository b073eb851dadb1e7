"""Anything pasted into a draft becomes suggestions, and one press takes it all back."""

import pytest

from escalation.capture.draft import conversation_of, state_of
from escalation.knowledge.state import KnowledgeState
from escalation.knowledge.words import Origin
from escalation.models import Handoff
from tests import builders
from tests.pages.posting import fields_in, fields_of

pytestmark = pytest.mark.django_db

CHAT = """Priya Raman  9:02 AM
The payroll export stops with error PAY-4711 since Saturday, about 40 people are waiting.
Lena Okafor  9:10 AM
I restarted the export service but it did not help.
Priya Raman  9:12 AM
I am reachable until 5 pm Eastern on Slack.
"""


def stored(handoff: Handoff) -> KnowledgeState:
    return state_of(Handoff.objects.get(pk=handoff.pk))


def found(handoff: Handoff) -> list[str]:
    return [item.id for _, item in stored(handoff).items() if item.origin is Origin.FOUND]


def paste(page, handoff, text: str = CHAT, **changes: str):
    fields = fields_of(page, handoff) | {"paste": text} | changes
    return page.post(f"/handoffs/{handoff.pk}/paste", fields)


def test_a_pasted_chat_becomes_suggestions_with_their_lines(page, draft):
    before = {item.id for _, item in stored(draft).items()}

    answer = paste(page, draft)

    html = page.get(answer["Location"]).content.decode()
    new = [item for _, item in stored(draft).items() if item.id not in before]
    assert len(new) >= 2
    assert all(item.origin is Origin.FOUND and item.evidence[0].quote in CHAT for item in new)
    assert any("PAY-4711" in item.evidence[0].quote for item in new)
    assert f"{len(new)} suggestions from what you pasted wait below" in html
    assert "I restarted the export service" in html


def test_what_was_typed_is_saved_with_the_same_press(page, draft):
    paste(page, draft, ask="Make the export run before noon")

    assert stored(draft).ask == "Make the export run before noon"
    assert len(stored(draft).facts) >= 4


def test_the_same_text_again_adds_nothing(page, draft):
    paste(page, draft)
    once = found(draft)

    answer = paste(page, draft)

    assert found(draft) == once
    assert len(set(once)) == len(once)
    assert "Nothing new was found" in page.get(answer["Location"]).content.decode()
    conversation = conversation_of(Handoff.objects.get(pk=draft.pk))
    assert conversation is not None
    assert len(conversation.messages) == 3


def test_a_line_that_stands_in_the_draft_already_is_not_suggested_again(page, draft):
    known = stored(draft).facts[0].statement

    paste(page, draft, f"Facts from the call:\n{known}.\n")

    assert [fact.statement for fact in stored(draft).facts].count(known) == 1


def test_a_dropped_suggestion_does_not_come_back_with_a_longer_paste(page, draft):
    paste(page, draft)
    dropped = found(draft)[0]
    quote = next(item for _, item in stored(draft).items() if item.id == dropped).evidence[0].quote
    page.post(
        f"/handoffs/{draft.pk}/edit",
        fields_of(page, draft) | {"do": f"drop:{part_of(draft, dropped)}:{dropped}"},
    )

    paste(page, draft, CHAT + "Lena Okafor  9:20 AM\nI checked the certificate and it is valid until 2027.\n")

    quotes = [each.quote for _, item in stored(draft).items() for each in item.evidence]
    assert quote not in quotes
    assert any("certificate" in each for each in quotes)


def part_of(handoff: Handoff, item_id: str) -> str:
    return next(part.value for part, item in stored(handoff).items() if item.id == item_id)


def test_one_press_takes_the_whole_paste_back_but_not_what_was_accepted(page, draft):
    before = [item.id for _, item in stored(draft).items()]
    shown = page.get(paste(page, draft)["Location"])
    kept = found(draft)[0]
    accept = fields_of(page, draft) | {"do": f"accept:{part_of(draft, kept)}:{kept}"}
    page.post(f"/handoffs/{draft.pk}/edit", accept)

    fields = fields_of(page, draft) | {"pasted": shown.context["pasted"]}
    page.post(f"/handoffs/{draft.pk}/unpaste", fields)

    left = [item.id for _, item in stored(draft).items()]
    conversation = conversation_of(Handoff.objects.get(pk=draft.pk))
    assert sorted(left) == sorted([*before, kept])
    assert conversation is not None
    assert conversation.messages == ()


def test_a_pasted_tomorrow_is_read_against_its_own_line(page, desk_to_ops, author):
    draft = builders.handoff(route=desk_to_ops, author=author, state=KnowledgeState(summary="Export"))
    text = "[20/11/2026, 09:00] Priya Raman: The deadline for the payroll run is tomorrow at noon!\n"

    paste(page, draft, text)

    deadline = stored(draft).business[0].deadline
    assert deadline is not None
    assert deadline.at is not None
    assert deadline.at.date().isoformat() == "2026-11-21"


def test_a_log_that_is_too_long_comes_back_in_its_box_and_nothing_is_saved(page, draft):
    answer = paste(page, draft, "x" * 200_001, ask="typed meanwhile")

    html = answer.content.decode()
    assert answer.status_code == 409
    assert "at most 200,000" in html
    assert fields_in(html)["ask"] == "typed meanwhile"
    assert len(fields_in(html)["paste"]) == 200_001
    assert stored(draft).ask != "typed meanwhile"


def test_a_paste_from_an_older_window_overwrites_nothing(page, draft):
    fields = fields_of(page, draft) | {"paste": CHAT}
    page.post(f"/handoffs/{draft.pk}/save", fields_of(page, draft) | {"ask": "newer"})

    answer = page.post(f"/handoffs/{draft.pk}/paste", fields)

    assert answer.status_code == 409
    assert "PAY-4711" in fields_in(answer.content.decode())["paste"]
    assert stored(draft).ask == "newer"
    assert not found(draft)


def test_pasted_markup_is_shown_and_never_run(page, draft):
    hostile = "Error 500 seen: <script>alert(1)</script> on the payroll page since Monday"

    answer = paste(page, draft, hostile)

    assert "<script>alert" not in page.get(answer["Location"]).content.decode()


def test_nobody_pastes_into_another_persons_draft(browser_of, teammate, draft):
    answer = browser_of(teammate).post(f"/handoffs/{draft.pk}/paste", {"paste": CHAT})

    assert answer.status_code == 404
    assert not found(draft)
