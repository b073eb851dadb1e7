"""What it was comes back, and what each line was worth."""

import pytest
from django.contrib.auth.models import User

from escalation.lifecycle.table import NotAllowedNow
from escalation.models import Entry, Handoff, ItemMark, Verdict
from escalation.reception import resolve
from escalation.reception.ask_back import NothingSaid
from escalation.reception.mark import mark, unmark
from escalation.reception.verdict import Found, give
from tests.builders import NOW

pytestmark = pytest.mark.django_db

CORS = Found(cause="CORS policy", fix="Origin added", guess="right")


def test_resolving_keeps_the_verdict(delivered: Handoff, receiver: User):
    resolve.resolve(handoff=delivered, by=receiver, now=NOW, found=CORS)

    verdict = Verdict.objects.get(handoff=delivered)
    assert (verdict.cause, verdict.fix, verdict.guess, verdict.by) == (
        "CORS policy",
        "Origin added",
        "right",
        receiver,
    )
    assert "Level One's hypothesis: right" in delivered.entries.get(kind=Entry.Kind.RESOLVED).text


def test_what_the_tool_resolved_can_be_explained_afterwards_once(delivered: Handoff, receiver: User):
    resolve.resolve(handoff=delivered, by=receiver, now=NOW)
    assert not Verdict.objects.exists()

    for _ in range(2):
        give(handoff=delivered, found=CORS, by=receiver, now=NOW)

    assert Verdict.objects.get(handoff=delivered).cause == "CORS policy"
    assert delivered.entries.filter(kind=Entry.Kind.LEARNED).count() == 1


def test_a_verdict_waits_for_the_end(delivered: Handoff, receiver: User):
    with pytest.raises(NotAllowedNow):
        give(handoff=delivered, found=CORS, by=receiver, now=NOW)


def test_a_mark_is_set_once_and_taken_away(delivered: Handoff, receiver: User):
    for _ in range(2):
        mark(handoff=delivered, item_id="h1", kind=ItemMark.Kind.DECISIVE, by=receiver, now=NOW)
    mark(handoff=delivered, item_id="h1", kind=ItemMark.Kind.REDONE, by=receiver, now=NOW)
    unmark(handoff=delivered, item_id="h1", kind=ItemMark.Kind.REDONE)

    assert list(ItemMark.objects.values_list("item_id", "kind")) == [("h1", "decisive")]


def test_only_a_line_of_the_handoff_can_be_marked(delivered: Handoff, receiver: User):
    with pytest.raises(NothingSaid):
        mark(handoff=delivered, item_id="gone", kind=ItemMark.Kind.WRONG, by=receiver, now=NOW)


def test_a_draft_cannot_be_marked(draft: Handoff, receiver: User):
    with pytest.raises(NotAllowedNow):
        mark(handoff=draft, item_id="h1", kind=ItemMark.Kind.WRONG, by=receiver, now=NOW)
