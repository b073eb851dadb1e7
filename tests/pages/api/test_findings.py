"""A program marks lines, says what it was, corrects a read-back and tries again, as a person would."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from escalation.callers.tokens import make_token
from escalation.models import Delivery, ItemMark, Verdict
from escalation.models.access_token import Scope
from escalation.reception.accept import accept
from escalation.reception.resolve import resolve
from escalation.reception.verdict import Found
from tests import builders

pytestmark = pytest.mark.django_db


def program(user: Any, *scopes: Scope) -> Client:
    _, text = make_token(name="s", scopes=scopes or list(Scope), days=1, by=user, now=timezone.now())
    return Client(headers={"Authorization": f"Bearer {text}"})


def post(browser: Client, path: str, body: dict[str, Any], **headers: str) -> Any:
    return browser.post(f"/api/handoffs/{path}", body, content_type="application/json", headers=headers)


def test_a_receiver_marks_a_line_and_takes_the_mark_away(sent, receiver):
    line = sent.state["facts"][0]["id"]
    browser, said = program(receiver), {"item": line, "kind": "decisive"}

    assert post(browser, f"{sent.pk}/marks", said).status_code == 200
    assert ItemMark.objects.get().item_id == line
    assert post(browser, f"{sent.pk}/marks", said | {"off": True}).status_code == 200
    assert not ItemMark.objects.exists()

    assert post(browser, f"{sent.pk}/marks", said | {"item": "none of it"}).status_code == 422
    assert post(browser, f"{sent.pk}/marks", said | {"kind": "dull"}).status_code == 400


def test_what_it_was_is_said_once_the_handoff_is_resolved(sent, receiver):
    found = {"cause": "A policy", "fix": "Rolled back", "guess": "right"}

    assert post(program(receiver), f"{sent.pk}/learned", found).status_code == 409
    resolve(handoff=sent, by=receiver, now=builders.NOW, found=Found())
    assert post(program(receiver), f"{sent.pk}/learned", found).status_code == 200

    assert Verdict.objects.get(handoff=sent).cause == "A policy"


def test_the_sender_corrects_how_the_ask_was_read_back(sent, author, receiver):
    assert post(program(author), f"{sent.pk}/set-right", {"read_back": "Not yet said"}).status_code == 422
    accept(handoff=sent, by=receiver, now=builders.NOW, read_back="Restart the gateway")

    answer = post(program(author), f"{sent.pk}/set-right", {"read_back": "Find the change"})

    assert (answer.status_code, answer.json()["read_back"]) == (200, "Find the change")
    assert post(program(author, Scope.READ), f"{sent.pk}/set-right", {"read_back": "No"}).status_code == 403


def test_what_is_stuck_is_told_and_tried_again_once(sent, author):
    row = Delivery.objects.filter(handoff=sent).first()
    assert row is not None
    Delivery.objects.filter(pk=row.pk).update(status=Delivery.Status.STUCK, reason="The group is gone.")
    browser, path = program(author), f"{sent.pk}/deliveries"

    (told,) = [each for each in browser.get(f"/api/handoffs/{path}").json() if each["id"] == str(row.pk)]
    assert (told["status"], told["reason"]) == ("stuck", "The group is gone.")
    assert "body" not in told

    answers = [post(browser, f"{path}/{row.pk}/retry", {}, **{"Idempotency-Key": "k"}) for _ in range(2)]
    assert [each.json()["status"] for each in answers] == ["owed", "owed"]
    assert sent.entries.filter(kind="retried").count() == 1
    assert post(browser, f"{path}/{sent.pk}/retry", {}).status_code == 404
