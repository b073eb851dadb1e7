"""Cause and fix come back to the desk's page, to the card, and to whoever begins the same again."""

from dataclasses import replace
from datetime import timedelta

import pytest

from escalation.models import CatalogRow, Entry, Handoff, Route, Team
from escalation.reception.reopen import reopen
from escalation.reception.resolve import resolve
from escalation.reception.verdict import Found
from escalation.timeline.record import Line, record
from escalation.timeline.solution import Solution, solutions
from tests import builders

pytestmark = pytest.mark.django_db

NOW = builders.NOW
FOUND = Found(cause="Release 2.4.1 drops the allowed origins", fix="Release 2.4.2 keeps them", guess="right")


@pytest.fixture(autouse=True)
def gateway(desk_to_ops) -> CatalogRow:
    """What the texts are linked to, so that the receiver's history learns them."""
    return CatalogRow.objects.create(
        connection=desk_to_ops.target,
        remote_id="c1",
        kind="configuration_item",
        name="Finance API Gateway",
        hosts=["finance-dash.example.com"],
        synced_at=NOW,
    )


@pytest.fixture
def again(sent, author) -> Handoff:
    """Weeks later somebody of the desk begins with the same trouble of another user."""
    source = builders.source(reference="4712", number="#4712", requester="Amir Haddad")
    return builders.handoff(
        route=sent.route, author=author, state=replace(builders.scene(), source=source), source_number="#4712"
    )


@pytest.fixture
def second(sent, receiver) -> Handoff:
    """What operations handed on to engineering."""
    route = Route.objects.create(
        name="Ops to engineering",
        sender=sent.route.receiver,
        receiver=Team.objects.create(name="Engineering"),
        source=sent.route.target,
        target=builders.connection("jira"),
    )
    return builders.handoff(
        route=route,
        author=receiver,
        previous=sent,
        status="diagnosing",
        confirmed_at=NOW,
        remote_id="10042",
        remote_number="PLAT-42",
    )


def solved_before(page, draft: Handoff) -> str:
    """What the form says was solved before."""
    html = page.get(f"/handoffs/{draft.pk}/edit").content.decode()
    return html.partition('id="known-solved"')[2].partition("</section>")[0]


def test_what_the_receiver_said_at_the_end_is_shown_to_whoever_begins_the_same(
    page, browser_of, receiver, sent, again
):
    before = solved_before(page, again)
    browser_of(receiver).post(
        f"/handoffs/{sent.pk}/resolve", {"cause": FOUND.cause, "fix": FOUND.fix, "guess": "right"}
    )

    own = page.get(f"/handoffs/{sent.pk}").content.decode().partition('id="verdict-title"')[2]
    assert before == ""
    assert FOUND.cause in own
    assert "Right" in own
    assert FOUND.cause in solved_before(page, again)
    assert FOUND.fix in solved_before(page, again)


def test_what_the_last_tier_said_reaches_the_desk_though_the_tier_between_said_nothing(
    page, browser_of, second, sent, again
):
    engineer = builders.person("mei", team=second.route.receiver, role="level_two")
    resolve(handoff=second, by=engineer, now=NOW, found=FOUND)
    card = browser_of(second.author).get(f"/handoffs/{sent.pk}/intake").content.decode()
    browser_of(second.author).post(f"/handoffs/{sent.pk}/resolve", {"cause": "", "fix": ""})

    own = page.get(f"/handoffs/{sent.pk}").content.decode().partition('id="verdict-title"')[2]
    assert f'name="cause" maxlength="500" autocomplete="off" value="{FOUND.cause}"' in card
    assert FOUND.fix in own
    assert FOUND.fix in solved_before(page, again)


def test_the_words_a_tool_closed_it_with_count_where_nobody_said_more(page, sent, again):
    words = "Rolled back CHG0030187, origins restored"
    line = Line(kind=Entry.Kind.RESOLVED, happened_at=NOW, who="aisha", tool="servicenow", text=words)
    record(handoff=sent, line=line, now=NOW)
    Handoff.objects.filter(pk=sent.pk).update(status="resolved")

    assert words in page.get(f"/handoffs/{sent.pk}").content.decode().partition('id="verdict-title"')[2]
    assert words in solved_before(page, again)


def test_the_closing_words_count_too_where_the_tool_says_them_after_a_person_resolved_it(sent, receiver):
    sent = resolve(handoff=sent, by=receiver, now=NOW)
    details = {"side": "receiver", "state": "resolved", "words": "Resolved"}
    line = Line(kind=Entry.Kind.STATE, happened_at=NOW, who="aisha", text="Origins restored", details=details)
    record(handoff=sent, line=line, now=NOW)

    assert solutions([sent.pk]) == {sent.pk: Solution(words="Origins restored", who="aisha")}


def test_an_end_that_did_not_hold_is_not_shown_as_a_solution(page, sent, receiver, author, again):
    resolve(handoff=sent, by=receiver, now=NOW, found=FOUND)
    reopen(handoff=sent, by=author, why="Still there", now=NOW + timedelta(hours=1))

    assert solved_before(page, again) == ""


def test_of_two_ends_the_later_words_count(sent):
    for text in ("First try", "Second try"):
        record(handoff=sent, line=Line(kind=Entry.Kind.RESOLVED, happened_at=NOW, text=text), now=NOW)

    assert solutions([sent.pk]) == {sent.pk: Solution(words="Second try")}
