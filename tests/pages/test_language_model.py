"""An owner sets a model up; a technician takes or leaves what it proposes, with the whole form saved."""

import pytest
from django.test import Client

from escalation.capture.draft import state_of
from escalation.drafting.ask import ask_due
from escalation.drafting.setup import language_model
from escalation.knowledge.codec import conversation_to_json
from escalation.knowledge.conversation import Conversation, Message
from escalation.knowledge.state import Source
from escalation.knowledge.words import Origin, Role
from escalation.models import Handoff, Membership, Route
from tests import builders
from tests.builders import NOW
from tests.model_endpoint import ADDRESS, practice_model, switched_on
from tests.pages.posting import fields_of, note

SAID = "The payroll portal fails with error PAY-771 since Monday. <script>alert(1)</script> is shown."
ENTERED = {
    "address": ADDRESS,
    "model": "practice-drafter",
    "key": "practice-language-model-key",
    "items": "on",
}


@pytest.fixture
def endpoint(monkeypatch):
    with practice_model(monkeypatch) as model:
        yield model


@pytest.fixture
def owner(browser_of, desk_to_ops: Route) -> Client:
    return browser_of(builders.person("kenji", team=desk_to_ops.sender, role=Membership.Role.OWNER))


@pytest.fixture
def form(draft: Handoff) -> Handoff:
    message = Message(tool="zendesk", reference="m0", author="Ann", role=Role.REQUESTER, text=SAID, at=NOW)
    said = Conversation(source=Source(tool="zendesk", reference="7"), subject="Payroll", messages=(message,))
    draft.conversation = conversation_to_json(said)
    draft.save()
    return draft


def choose(page: Client, form: Handoff, what: str, **changes: str):
    return page.post(
        f"/handoffs/{form.pk}/proposals/choose",
        fields_of(page, form) | changes | {"proposal": what},
        follow=True,
    )


def test_an_owner_enters_a_model_and_its_key_never_comes_back(owner, endpoint):
    answer = owner.post("/connections/model", ENTERED, follow=True)

    html = answer.content.decode()
    assert answer.status_code == 200
    assert ENTERED["key"] not in html
    assert language_model().credentials["token"] == ENTERED["key"]
    assert (
        "It answers as Baton needs it." in owner.post("/connections/model/test", follow=True).content.decode()
    )


@pytest.mark.parametrize(
    "address",
    ["", "no address", "https://me:secret@llm.example/v1", "ftp://llm.example", "http://llm.example"],
)
def test_an_address_that_is_none_is_refused_with_a_sentence(owner, address):
    answer = owner.post("/connections/model", ENTERED | {"address": address})

    assert answer.status_code == 422
    assert "field-error" in answer.content.decode()
    assert language_model() is None


def test_a_wrong_key_is_named_by_the_test(owner, endpoint):
    owner.post("/connections/model", ENTERED | {"key": "stolen"})

    assert "key again" in owner.post("/connections/model/test", follow=True).content.decode()


def test_only_an_owner_sees_the_set_up(page):
    assert (
        page.get("/connections/model").status_code == 404 or page.get("/connections/model").status_code == 403
    )


def test_the_form_does_not_wait_and_shows_the_proposals_when_they_are_there(page, endpoint, form):
    switched_on()
    assert "is reading the conversation" in page.get(f"/handoffs/{form.pk}/edit").content.decode()

    ask_due(now=NOW)

    html = page.get(f"/handoffs/{form.pk}/proposals").content.decode()
    assert "checked by nobody" in html
    assert "PAY-771" in html
    assert "<script>" not in html


def test_a_form_without_a_model_says_nothing_of_one(page, form):
    assert "language model" not in page.get(f"/handoffs/{form.pk}/edit").content.decode()


def test_a_taken_line_is_saved_with_everything_that_was_typed(page, endpoint, form):
    switched_on()
    ask_due(now=NOW)

    answer = choose(page, form, "take:0", summary="Payroll is down")

    form.refresh_from_db()
    (item,) = [each for _, each in state_of(form).items() if each.id.startswith("model-")]
    assert answer.status_code == 200
    assert item.origin is Origin.CONFIRMED
    assert item.evidence[0].quote in SAID
    assert form.summary == "Payroll is down"
    assert "from a model" in answer.content.decode()


def test_what_is_left_is_gone_and_changes_nothing(page, endpoint, form):
    switched_on()
    ask_due(now=NOW)
    before = state_of(form)

    choose(page, form, "leave:0")

    form.refresh_from_db()
    assert state_of(form) == before
    assert "take:0" not in page.get(f"/handoffs/{form.pk}/proposals").content.decode()


def test_nobody_else_sees_or_takes_a_proposal(browser_of, teammate, endpoint, form):
    switched_on()
    ask_due(now=NOW)
    other = browser_of(teammate)

    assert other.get(f"/handoffs/{form.pk}/proposals").status_code == 404
    assert other.post(f"/handoffs/{form.pk}/proposals/choose", {"proposal": "take:0"}).status_code == 404


def test_a_failure_is_said_and_can_be_asked_again(page, endpoint, form):
    switched_on()
    endpoint.faults.add({"method": "POST", "path": "/v1/chat/completions", "status": 500})
    ask_due(now=NOW)
    assert "Nothing came of it" in page.get(f"/handoffs/{form.pk}/proposals").content.decode()

    choose(page, form, "again:0")

    assert "is reading the conversation" in page.get(f"/handoffs/{form.pk}/proposals").content.decode()


def test_a_models_sentence_is_offered_before_sending_and_never_sent_by_itself(page, endpoint, sent):
    switched_on()
    entry = note(sent, "Identified misconfigured CORS policy.", sayable="We've found the cause.")
    ask_due(now=NOW)
    address = f"/handoffs/{sent.pk}/lines/{entry.sequence}/reply"

    ours = page.get(address).content.decode()
    theirs = page.get(f"{address}?draft=model").content.decode()

    assert "practice-drafter proposes" in ours
    assert "We will tell you as soon as there is news.</textarea>" in theirs
    assert "We will tell you as soon as there is news.</textarea>" not in ours
