"""A question back and a return say which question of the form would have prevented them."""

import pytest
from django.test import Client
from django.utils import timezone

from escalation.models import Entry, Question, Template
from escalation.outbox.answer_links import GOOD_FOR, Purpose, token_for
from tests import builders
from tests.pages.posting import confirmed

pytestmark = pytest.mark.django_db

PROMPT = "Which gateway, and since which release?"
FIELD = {"name": "u_site", "label": "Site of the user"}


@pytest.fixture
def sent(desk_to_ops, author):
    """Confirmed under a template with a prompt and an extra field of its own."""
    body = {"prompts": {"diagnostics": PROMPT}, "fields": [FIELD]}
    Template.objects.create(route=desk_to_ops, version=2, body=body, published_at=builders.NOW)
    return confirmed(builders.handoff(route=desk_to_ops, author=author), by=author)


def details(kind: Entry.Kind) -> dict[str, str]:
    said = Entry.objects.get(kind=kind).details
    return {name: value for name, value in said.items() if name.startswith("prevented")}


def test_the_choice_is_what_the_form_asked(browser_of, sent, receiver):
    html = browser_of(receiver).get(f"/handoffs/{sent.pk}/intake").content.decode()

    assert f"Diagnostic results: {PROMPT}" in html
    assert '<option value="field:u_site">Site of the user</option>' in html


def test_a_question_back_keeps_which_question_failed(browser_of, sent, receiver):
    words = {"about": "", "question": "Which gateway?", "prevented_by": "diagnostics"}
    browser_of(receiver).post(f"/handoffs/{sent.pk}/ask", words)

    assert details(Entry.Kind.ASKED) == {
        "prevented_by": "diagnostics",
        "prevented_question": f"Diagnostic results: {PROMPT}",
    }
    assert Question.objects.get().prevented_by == "diagnostics"


def test_a_return_keeps_the_question_the_form_lacks(browser_of, sent, receiver):
    words = {"reason": "missing_information", "prevented_words": " Which   tenant? "}
    browser_of(receiver).post(f"/handoffs/{sent.pk}/return", words)

    assert details(Entry.Kind.BOUNCED) == {"prevented_words": "Which tenant?"}


def test_a_return_without_a_coded_reason_is_not_taken(browser_of, sent, receiver):
    browser_of(receiver).post(f"/handoffs/{sent.pk}/return", {"prevented_by": "facts"})

    assert not Entry.objects.filter(kind=Entry.Kind.BOUNCED).exists()


def test_a_signed_link_may_say_it_too(sent):
    token = token_for(handoff_id=sent.pk, purpose=Purpose.RETURN, until=timezone.now() + GOOD_FOR)

    Client().post(f"/r/return/{token}", {"reason": "wrong_team", "prevented_by": "field:u_site"})

    assert details(Entry.Kind.BOUNCED)["prevented_question"] == "Site of the user"


@pytest.mark.parametrize("forged", ["field:u_other", "nonsense", "x" * 500])
def test_a_question_the_form_never_asked_is_left_out(browser_of, sent, receiver, forged):
    browser_of(receiver).post(f"/handoffs/{sent.pk}/ask", {"question": "Why?", "prevented_by": forged})

    assert details(Entry.Kind.ASKED) == {}
