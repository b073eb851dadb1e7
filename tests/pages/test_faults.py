"""How an owner sees where a route loses things: the template first, corrected where wrong, mended."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from escalation.lifecycle.reasons import BounceReason
from escalation.metrics.keep import measure_anew
from escalation.models import BenchDraft, Handoff, Membership, Route, Ruling
from escalation.reception.ask_back import Asked, answer, ask
from escalation.reception.bounce import Returned, bounce
from escalation.reception.prevented import Prevented
from escalation.upkeep.mending import mended_rules, mended_template
from escalation.upkeep.setbacks import losses, setbacks
from tests import builders

Role = Membership.Role
WORDS = "Which client version?"


@pytest.fixture
def owner(desk_to_ops: Route) -> User:
    return builders.person("kenji", team=desk_to_ops.sender, role=Role.OWNER)


@pytest.fixture
def page(browser_of, owner) -> Client:
    return browser_of(owner)


@pytest.fixture
def asked(sent: Handoff, receiver: User, author: User) -> Handoff:
    """Asked back half an hour after it was sent, answered twenty minutes later."""
    at = sent.confirmed_at + timedelta(minutes=30)
    question = ask(
        handoff=sent,
        asked=Asked(text="What client is it?", prevented=Prevented(asked="facts", words=WORDS)),
        by=receiver,
        now=at,
    )
    answer(question=question, text="6.2.4", by=author, now=at + timedelta(minutes=20))
    measure_anew([sent.pk])
    return sent


def found_on(route: Route):
    return setbacks(route=route, since=timezone.now() - timedelta(days=3650), now=timezone.now())


def test_a_question_is_put_down_to_the_template_with_its_time(asked, desk_to_ops):
    (found,) = found_on(desk_to_ops)

    assert (found.attribution.fault, found.attribution.place) == (Ruling.Fault.NEVER_ASKED, "part:facts")
    assert found.took == timedelta(minutes=20)


def test_a_return_takes_from_sending_to_coming_back(sent, receiver, desk_to_ops):
    at = sent.confirmed_at + timedelta(hours=2)
    bounce(handoff=sent, by=receiver, now=at, returned=Returned(reason=BounceReason.WRONG_TEAM))
    measure_anew([sent.pk])

    (found,) = found_on(desk_to_ops)

    assert found.took == timedelta(hours=2)
    assert found.attribution.place.startswith(("map:", "catalog:"))


def test_every_count_opens_the_setbacks_behind_it(page, asked, receiver, desk_to_ops):
    at = asked.confirmed_at + timedelta(hours=2)
    bounce(handoff=asked, by=receiver, now=at, returned=Returned(reason=BounceReason.KNOWN_ALREADY))
    measure_anew([asked.pk])
    address = f"/routes/{desk_to_ops.pk}/faults?days=365"
    html = page.get(address).content.decode()
    assert "only=never_asked%7Cpart%3Afacts#setbacks" in html
    assert "only=never_asked#setbacks" in html

    for only in ("never_asked", "never_asked%7Cpart%3Afacts"):
        listed = page.get(f"{address}&only={only}").content.decode().split('id="setbacks"')[1]
        assert "1 of 2," in listed
        assert "What client is it?" in listed
        assert "Returned" not in listed
    all_of_them = page.get(f"{address}&only=nothing").content.decode().split('id="setbacks"')[1]
    assert "Returned: We are already working on this problem" in all_of_them


def test_the_page_shows_it_with_a_press_that_proposes_the_change(page, asked, desk_to_ops):
    html = page.get(f"/routes/{desk_to_ops.pk}/faults?days=365").content.decode()

    assert "The template never asked: 1" in html
    assert "Propose change" in html
    assert "What client is it?" in html


def test_proposing_begins_a_draft_with_the_question_in_it(page, asked, desk_to_ops):
    key = losses(found_on(desk_to_ops))[0].key

    answer = page.post(f"/routes/{desk_to_ops.pk}/faults/propose", {"key": key, "days": "365"})
    html = page.get(answer.url).content.decode()

    assert answer.url == f"/routes/{desk_to_ops.pk}#template"
    draft = BenchDraft.objects.get(what="template")
    assert WORDS in " ".join(draft.typed.values())
    assert "1 setback, 0.3 h: Validated facts" in draft.because
    assert WORDS in html


def test_a_draft_that_somebody_writes_is_not_written_over(page, asked, desk_to_ops):
    page.post(f"/routes/{desk_to_ops.pk}/template/live", {"prompt_facts": "Mine"})
    key = losses(found_on(desk_to_ops))[0].key

    html = page.post(
        f"/routes/{desk_to_ops.pk}/faults/propose", {"key": key, "days": "365"}, follow=True
    ).content.decode()

    assert "Somebody is changing the template" in html
    assert BenchDraft.objects.get().typed["prompt_facts"] == "Mine"


def test_a_person_can_say_it_was_otherwise_and_take_that_back(page, asked, desk_to_ops):
    (found,) = found_on(desk_to_ops)
    address = f"/routes/{desk_to_ops.pk}/faults/{asked.pk}/{found.sequence}"

    page.post(address, {"fault": "did_not_exist"})
    (ruled,) = found_on(desk_to_ops)
    page.post(address, {"fault": ""})
    (again,) = found_on(desk_to_ops)

    assert (ruled.attribution.fault, ruled.ruled_by) == (Ruling.Fault.DID_NOT_EXIST, "Kenji")
    assert again.attribution.fault == Ruling.Fault.NEVER_ASKED


def test_a_line_that_is_no_setback_cannot_be_ruled_on(page, asked, desk_to_ops):
    assert page.post(f"/routes/{desk_to_ops.pk}/faults/{asked.pk}/1", {"fault": "skipped"}).status_code == 404


def test_nothing_lost_is_said(page, desk_to_ops):
    assert "Nothing came back" in page.get(f"/routes/{desk_to_ops.pk}/faults").content.decode()


def test_the_mended_template_asks_for_it_as_needed_in_the_category_it_was_of(asked, desk_to_ops):
    Handoff.objects.update(category="vpn")
    (loss,) = losses(found_on(desk_to_ops))

    body = mended_template({"needs": ["facts"]}, loss)

    assert body is not None
    assert body["needs"] == ["facts"]
    assert body["categories"]["vpn"]["needs"] == ["facts"]
    assert WORDS in body["categories"]["vpn"]["prompts"]["facts"]
    assert mended_rules(desk_to_ops.rules_in_force(), loss) is None
