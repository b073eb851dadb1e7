"""The button with which a receiver hands a case on to the next tier."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from escalation.models import Handoff, Route, Team
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def onward(desk_to_ops: Route) -> Route:
    return Route.objects.create(
        name="Ops to Platform",
        sender=desk_to_ops.receiver,
        receiver=Team.objects.create(name="Platform <b>Engineering</b>", zone="Europe/Berlin"),
        source=desk_to_ops.target,
        target=builders.connection("jira"),
    )


def test_a_receiver_sees_the_button_and_one_press_opens_the_form(
    sent: Handoff, onward: Route, receiver: User, browser_of: Callable[[User], Client]
) -> None:
    browser = browser_of(receiver)
    card = browser.get(f"/handoffs/{sent.pk}/intake").content.decode()
    assert "Escalate to Platform &lt;b&gt;Engineering&lt;/b&gt;" in card

    answer = browser.post(f"/handoffs/{sent.pk}/further/{onward.pk}", follow=True)

    further = Handoff.objects.get(previous=sent)
    assert answer.redirect_chain[-1][0] == f"/handoffs/{further.pk}/edit"
    assert answer.status_code == 200
    assert "Cleared cache and cookies" in answer.content.decode()


def test_a_card_without_an_onward_route_has_no_such_button(
    sent: Handoff, receiver: User, browser_of: Callable[[User], Client]
) -> None:
    assert "Escalate to" not in browser_of(receiver).get(f"/handoffs/{sent.pk}/intake").content.decode()


def test_nobody_but_the_receiver_may_press(
    sent: Handoff, onward: Route, author: User, stranger: User, browser_of: Callable[[User], Client]
) -> None:
    for person in (author, stranger):
        answer = browser_of(person).post(f"/handoffs/{sent.pk}/further/{onward.pk}")
        assert answer.status_code == 404
    assert not Handoff.objects.filter(previous=sent).exists()


def test_a_route_that_is_not_the_receivers_is_not_there(
    sent: Handoff, onward: Route, receiver: User, desk_to_ops: Route, browser_of: Callable[[User], Client]
) -> None:
    for route in (desk_to_ops.pk, 10**9):
        assert browser_of(receiver).post(f"/handoffs/{sent.pk}/further/{route}").status_code == 404


def test_a_case_that_is_over_leads_back_with_a_sentence(
    sent: Handoff, onward: Route, receiver: User, browser_of: Callable[[User], Client]
) -> None:
    Handoff.objects.filter(pk=sent.pk).update(status="resolved")

    answer = browser_of(receiver).post(f"/handoffs/{sent.pk}/further/{onward.pk}", follow=True)

    assert "This handoff is resolved" in answer.content.decode()
    assert not Handoff.objects.filter(previous=sent).exists()
