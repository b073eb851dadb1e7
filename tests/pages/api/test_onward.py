"""A program hands on to the next tier, joins what is running, and tells the user, as a person would."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from escalation.callers.tokens import make_token
from escalation.knowledge.words import Origin
from escalation.models import Delivery, Handoff, Route, Team
from escalation.models.access_token import Scope
from escalation.reception.accept import accept
from tests import builders
from tests.pages.posting import confirmed

pytestmark = pytest.mark.django_db


def program(user: Any, *scopes: Scope) -> Client:
    _, text = make_token(name="s", scopes=scopes or list(Scope), days=1, by=user, now=timezone.now())
    return Client(headers={"Authorization": f"Bearer {text}"})


def post(browser: Client, path: str, body: dict[str, Any], **headers: str) -> Any:
    return browser.post(f"/api/handoffs/{path}", body, content_type="application/json", headers=headers)


@pytest.fixture
def onward(desk_to_ops) -> Route:
    """From operations to engineering, which begins from operations' own records."""
    first = builders.route(
        source=desk_to_ops.target, target=builders.connection("jira"), name="Ops to Engineering"
    )
    first.sender, first.receiver = desk_to_ops.receiver, Team.objects.create(name="Engineering")
    first.save()
    return first


def test_a_receiver_hands_on_with_all_that_is_known_and_once(sent, receiver, onward):
    accept(handoff=sent, by=receiver, now=builders.NOW)
    browser, said = program(receiver), {"route": onward.pk}

    begun = post(browser, f"{sent.pk}/further", said, **{"Idempotency-Key": "k"})
    again = post(browser, f"{sent.pk}/further", said, **{"Idempotency-Key": "k"})

    assert (begun.status_code, again.json()) == (201, begun.json())
    draft = Handoff.objects.get(previous=sent)
    assert begun["Location"] == f"/api/handoffs/{draft.pk}/draft"
    assert {each["origin"] for each in begun.json()["facts"]} == {Origin.INHERITED}
    assert browser.get(begun["Location"])["ETag"] == begun["ETag"]


def test_what_does_not_begin_there_is_refused(sent, receiver, desk_to_ops, author):
    accept(handoff=sent, by=receiver, now=builders.NOW)

    unknown = post(program(receiver), f"{sent.pk}/further", {"route": desk_to_ops.pk})

    assert (unknown.status_code, list(unknown.json()["errors"])) == (422, ["route"])
    assert post(program(author), f"{sent.pk}/further", {"route": desk_to_ops.pk}).status_code == 404
    assert Handoff.objects.count() == 1


def test_a_draft_joins_what_is_running_and_its_record_is_told(sent, author, desk_to_ops):
    second = builders.handoff(route=desk_to_ops, author=author, source_number="#4712")

    answer = post(program(author), f"{second.pk}/join", {"running": str(sent.pk)})

    second.refresh_from_db()
    assert (answer.status_code, answer.json()["id"], second.status) == (200, str(sent.pk), "discarded")
    note = sent.deliveries.get(kind=Delivery.Kind.NOTE)
    assert b"#4712" in bytes(note.body)
    assert sent.entries.latest("sequence").kind == "joined"


def test_nothing_is_joined_that_one_does_not_see_or_that_is_a_draft(draft, author, desk_to_ops, stranger):
    away = builders.route(
        source=builders.connection("zendesk", name="Z2"), target=builders.connection("jira"), name="Away"
    )
    away.sender, away.receiver = (Team.objects.create(name=each) for each in ("There", "Elsewhere"))
    away.save()
    theirs = confirmed(builders.handoff(route=away, author=stranger), by=stranger)
    mine = builders.handoff(route=desk_to_ops, author=author)

    unseen = post(program(author), f"{draft.pk}/join", {"running": str(theirs.pk)})
    not_sent = post(program(author), f"{draft.pk}/join", {"running": str(mine.pk)})

    assert (unseen.status_code, not_sent.status_code) == (422, 409)
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_the_user_is_told_once_and_not_over_what_somebody_else_said(sent, author, teammate):
    said = {"text": "We have found it.", "after": 0}

    answers = [post(program(author), f"{sent.pk}/reply", said).status_code for _ in range(2)]
    late = post(program(teammate), f"{sent.pk}/reply", {"text": "Any minute now.", "after": 0})

    assert answers == [200, 200]
    assert (late.status_code, late["Content-Type"]) == (409, "application/problem+json")
    assert "has told the user something" in late.json()["detail"]
    assert sent.deliveries.filter(kind=Delivery.Kind.REPLY).count() == 1


def test_nobody_is_told_nothing(sent, author):
    answer = post(program(author), f"{sent.pk}/reply", {"text": " ", "after": 0})

    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["text"])
    assert not sent.deliveries.filter(kind=Delivery.Kind.REPLY).exists()


def test_without_a_ticket_there_is_nobody_to_tell(sent, author):
    Handoff.objects.filter(pk=sent.pk).update(source_reference="")

    answer = post(program(author), f"{sent.pk}/reply", {"text": "Found.", "after": 0})

    assert answer.status_code == 422
    assert not sent.deliveries.filter(kind=Delivery.Kind.REPLY).exists()


@pytest.mark.parametrize(
    ("press", "needs"), [("further", Scope.RECEIVE), ("join", Scope.SEND), ("reply", Scope.SEND)]
)
def test_a_token_without_the_scope_does_none_of_it(sent, author, press, needs):
    rest = [each for each in Scope if each != needs]

    assert post(program(author, *rest), f"{sent.pk}/{press}", {}).status_code == 403
