"""A link in the record opens one handoff for one purpose, for seven days, for one answer."""

import json
import logging
from copy import copy
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from config import logs
from escalation.models import Delivery, Entry, Question, UsedLink
from escalation.outbox.answer_links import Purpose, owe_answer_links, token_for
from escalation.upkeep.publish import publish_rules
from tests import builders
from tests.pages.posting import confirmed

pytestmark = pytest.mark.django_db

WEEK = timedelta(days=7)


def link(sent, purpose: Purpose, *, until: timedelta = WEEK, under: str = "") -> str:
    token = token_for(handoff_id=sent.pk, purpose=purpose, until=timezone.now() + until)
    return f"/r/{under or purpose.value}/{token}"


def as_written(record: logging.LogRecord) -> str:
    """The line as our log writes it, not as the test runner shows it."""
    formatters = logs.configured(level="INFO", as_json=True)["formatters"]
    options = {key: value for key, value in formatters["line"].items() if key != "()"}
    return formatters["line"]["()"](**options).format(copy(record))


POSTS = {
    Purpose.ACCEPT: {"read_back": "Let the dashboard load"},
    Purpose.READ_BACK: {"read_back": "Let the dashboard load"},
    Purpose.ASK: {"question": "Which console line?", "about": "item:d1"},
    Purpose.RETURN: {"reason": "wrong_team", "words": "Try the network team."},
}
KINDS = {
    Purpose.ACCEPT: Entry.Kind.ACCEPTED,
    Purpose.READ_BACK: Entry.Kind.READ_BACK,
    Purpose.ASK: Entry.Kind.ASKED,
    Purpose.RETURN: Entry.Kind.BOUNCED,
}


@pytest.mark.parametrize("purpose", list(Purpose))
def test_whoever_has_the_link_answers_once_without_an_account(sent, purpose):
    address, nobody = link(sent, purpose), Client()

    answers = [nobody.post(address, POSTS[purpose]).status_code for _ in range(2)]

    said = Entry.objects.get(handoff=sent, kind=KINDS[purpose])
    assert answers == [200, 410]
    assert (said.by, said.who) == (None, "Somebody at ServiceNow")
    assert nobody.get(address).status_code == 410


@pytest.mark.parametrize("purpose", list(Purpose))
def test_looking_changes_nothing(sent, purpose):
    before = sent.entries.count()

    answer = Client().get(link(sent, purpose))

    assert answer.status_code == 200
    assert "Find what changed for finance-dash.example.com" in answer.content.decode()
    assert sent.entries.count() == before
    assert not UsedLink.objects.exists()
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("given", [each for each in Purpose if each is not Purpose.ACCEPT])
def test_a_link_for_one_thing_opens_no_other(sent, given):
    address = link(sent, given, under="accept")

    assert Client().get(address).status_code == 403
    assert Client().post(address, POSTS[Purpose.ACCEPT]).status_code == 403
    sent.refresh_from_db()
    assert sent.status == "delivered"


@pytest.mark.parametrize("at", [0, 8, 20, -1])
def test_one_changed_sign_is_refused_and_logged_without_the_token(sent, caplog, at):
    address = link(sent, Purpose.ACCEPT)
    purpose, token = address.split("/")[2:]
    forged = list(token)
    forged[at] = "A" if forged[at] != "A" else "B"

    with caplog.at_level(logging.WARNING):
        answer = Client().post(f"/r/{purpose}/{''.join(forged)}", POSTS[Purpose.ACCEPT])

    assert answer.status_code == 403
    assert "not made by Baton" in answer.content.decode()
    assert "A signed link was refused" in caplog.text
    lines = " ".join(as_written(record) for record in caplog.records)
    assert "".join(forged) not in lines
    assert "/r/accept/[key]" in lines


@pytest.mark.parametrize("address", ["/r/accept/x", "/r/accept/a:b", "/r/nonsense/x", "/r/accept/%00"])
def test_guesses_open_nothing(db, address):
    assert Client().get(address).status_code == 403


def test_an_old_link_is_gone(sent):
    address = link(sent, Purpose.ACCEPT, until=-timedelta(seconds=1))

    assert Client().post(address, POSTS[Purpose.ACCEPT]).status_code == 410
    sent.refresh_from_db()
    assert sent.status == "delivered"


def test_what_is_refused_leaves_the_link_as_good_as_it_was(sent):
    address = link(sent, Purpose.ASK)

    refused = Client().post(address, {"question": " "})
    taken = Client().post(address, POSTS[Purpose.ASK])

    assert refused.status_code == 409
    assert "Write the question first." in refused.content.decode()
    assert taken.status_code == 200
    assert Question.objects.get().who == "Somebody at ServiceNow"


def test_an_ended_handoff_says_so(sent, receiver, browser_of):
    browser_of(receiver).post(f"/handoffs/{sent.pk}/resolve")

    answer = Client().post(link(sent, Purpose.ACCEPT), POSTS[Purpose.ACCEPT])

    assert answer.status_code == 409
    assert "This handoff is resolved" in answer.content.decode()


def test_a_return_without_a_reason_is_not_taken(sent):
    assert Client().post(link(sent, Purpose.RETURN), {"reason": "dislike"}).status_code == 409


def test_words_from_a_tool_are_never_markup(sent, page):
    Client().post(link(sent, Purpose.ASK), {"question": "<script>alert(1)</script>"})

    html = page.get(f"/handoffs/{sent.pk}").content.decode()
    assert "<script>alert" not in html


def test_a_form_from_elsewhere_is_not_taken(sent):
    strict = Client(enforce_csrf_checks=True)

    assert strict.post(link(sent, Purpose.ACCEPT), POSTS[Purpose.ACCEPT]).status_code == 403
    sent.refresh_from_db()
    assert sent.status == "delivered"


@pytest.mark.parametrize(("wanted", "notes"), [(True, 1), (False, 0)])
def test_links_go_into_the_record_only_where_the_rules_want_them(desk_to_ops, author, wanted, notes):
    publish_rules(route=desk_to_ops, body={"answer_links": wanted}, note="try", by=None, now=builders.NOW)
    handoff = confirmed(builders.handoff(route=desk_to_ops, author=author), by=author)

    owe_answer_links(handoff=handoff, now=timezone.now())

    bodies = [json.loads(bytes(row.body)) for row in Delivery.objects.filter(kind=Delivery.Kind.NOTE)]
    assert len(bodies) == notes
    for body in bodies:
        assert body["public"] is False
        addresses = [word for word in body["text"].split() if "/r/" in word]
        assert len(addresses) == len(Purpose)
        assert [Client().get(each[each.index("/r/") :]).status_code for each in addresses] == [200] * 4
