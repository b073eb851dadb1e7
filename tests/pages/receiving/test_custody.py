"""Over several hops all see who has had it and what each tier tried; the next one is sent the difference."""

import json
from dataclasses import replace

import pytest

from escalation.capture.draft import state_of
from escalation.knowledge.codec import to_json
from escalation.knowledge.state import Remediation
from escalation.knowledge.words import Outcome
from escalation.models import Delivery, Handoff, Route, Team
from escalation.outbox.custody import added_by, custody, owe_difference
from escalation.reception.accept import accept
from escalation.reception.further import escalate_further
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db

TRIED = "Rolled the gateway policy back"


@pytest.fixture
def further(sent, receiver) -> Handoff:
    """Operations tried one thing more and hands it on to engineering."""
    route = Route.objects.create(
        name="Ops to engineering",
        sender=sent.route.receiver,
        receiver=Team.objects.create(name="Engineering <Platform>"),
        source=sent.route.target,
        target=builders.connection("jira"),
    )
    accept(handoff=sent, by=receiver, now=NOW)
    draft = escalate_further(handoff=sent, route=route, by=receiver, now=NOW)
    state = state_of(draft)
    more = Remediation(id="r9", step=TRIED, outcome=Outcome.NO_CHANGE)
    draft.state = to_json(replace(state, remediation=(*state.remediation, more)))
    draft.save()
    return draft


@pytest.fixture
def second(further) -> Handoff:
    """The same, delivered as PLAT-42."""
    further.status, further.confirmed_at = "delivered", NOW
    further.remote_id, further.remote_number = "10042", "PLAT-42"
    further.save()
    return further


def test_what_is_not_inherited_is_what_the_tier_added(further):
    added = added_by(further)

    assert [TRIED in each and "no change" in each for each in added.lines] == [True]
    assert added.inherited == sum(1 for _ in state_of(further).items()) - 1


def test_the_review_shows_the_difference_before_it_is_sent(browser_of, receiver, further):
    html = browser_of(receiver).get(f"/handoffs/{further.pk}/review").content.decode()
    new = html.partition('id="difference-title"')[2].partition("</section>")[0]

    assert "New since INC0012345" in new
    assert TRIED in new
    assert "Cleared cache and cookies" not in new


def test_every_tier_sees_who_has_had_it_and_what_each_tried(page, browser_of, receiver, sent, second):
    for html in (
        page.get(f"/handoffs/{sent.pk}").content.decode(),
        browser_of(receiver).get(f"/handoffs/{second.pk}/news").content.decode(),
        browser_of(receiver).get(f"/handoffs/{sent.pk}/intake").content.decode(),
    ):
        box = html.partition("Who has had it:")[2].partition("</details>")[0]
        desk, operations, engineering = box.split("<li><p>")[1:]
        assert "Cleared cache and cookies" in desk
        assert TRIED in operations
        assert "Tomas" in operations
        assert "INC0012345" in operations
        assert "PLAT-42" in engineering
        assert "Engineering &lt;Platform&gt;" in engineering


def test_one_hop_alone_has_no_custody_to_show(page, sent):
    assert custody(sent) == ()
    assert "Who has had it" not in page.get(f"/handoffs/{sent.pk}").content.decode()


def test_the_next_tier_gets_the_difference_into_its_record_once(second):
    for _ in range(2):
        owe_difference(handoff=second, now=NOW)

    note = Delivery.objects.get(handoff=second, kind=Delivery.Kind.NOTE)
    body = json.loads(bytes(note.body))
    new, _, before = body["text"].partition("Who has had it")
    assert (note.remote_id, body["public"]) == ("10042", False)
    assert "New since INC0012345:" in new
    assert TRIED in new
    assert "Cleared cache and cookies" in before


def test_a_first_hop_and_a_record_that_others_read_get_none(sent, second):
    target = second.route.target
    target.external = True
    target.save()

    for handoff in (sent, second):
        owe_difference(handoff=handoff, now=NOW)

    assert not Delivery.objects.filter(kind=Delivery.Kind.NOTE, handoff=second).exists()
    assert not Delivery.objects.filter(kind=Delivery.Kind.NOTE, handoff=sent).exists()
