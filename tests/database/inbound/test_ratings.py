"""What users said is kept once per ticket, by asking and by a call, and what failed is said."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from escalation.inbound.apply import apply
from escalation.inbound.ratings import read_all
from escalation.metrics.satisfaction import readings
from escalation.models import Connection, Inbox, Rating, RatingPass, Route
from escalation.tools.updates import Hint
from escalation.tools.zendesk import interpret, upkeep
from tests import builders
from tests.database import real
from tests.database.fakes import Engine
from tests.database.real import Site

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch, celery: Engine) -> Iterator[Site]:
    site = real.open_site(monkeypatch, name="zendesk")
    yield site
    site.practice.close()


@pytest.fixture
def source(site: Site) -> Connection:
    return builders.route(source=real.desk()).source


def solved_ticket(source: Connection) -> str:
    body = {"subject": "VPN", "type": "incident", "status": "solved", "comment": {"body": "It drops."}}
    answer = source.door().session.ask("POST", f"{real.ZENDESK}/api/v2/tickets.json", body={"ticket": body})
    return str(answer.json["ticket"]["id"])


def rate(site: Site, ticket: str, said: str) -> None:
    site.clock.forward(60)
    answer = site.practice.flask.test_client().post(f"/agent/tickets/{ticket}/rating", data={"rating": said})
    assert answer.status_code == 303


def heard(site: Site, source: Connection) -> list[Inbox]:
    """Take the calls in as the hook does, without its signature."""
    assert site.practice.outgoing.wait_until_idle()
    rows = []
    while site.posts:
        _, headers, body = site.posts.pop(0)
        row = Inbox.objects.create(
            connection=source,
            event_id=headers["X-Zendesk-Webhook-Invocation-Id"],
            headers={name.lower(): value for name, value in headers.items()},
            body=body,
            received_at=site.clock(),
            not_before=site.clock(),
        )
        apply(inbox=row.pk, now=site.clock())
        row.refresh_from_db()
        rows.append(row)
    return rows


def kept(ticket: str) -> list[tuple[str, str]]:
    return list(Rating.objects.filter(ticket=ticket).values_list("score", "category"))


@pytest.mark.parametrize(("first", "then"), [("good", "bad"), ("5", "2")], ids=["older ratings", "surveys"])
def test_by_asking_each_ticket_has_one_rating_which_follows_its_user(site, source, first, then):
    ticket = solved_ticket(source)
    rate(site, ticket, first)

    assert read_all(now=site.clock()) == 1
    assert read_all(now=site.clock()) == 0
    assert kept(ticket) == [("good", "Incident")]

    rate(site, ticket, then)
    assert read_all(now=site.clock()) == 1
    assert kept(ticket) == [("bad", "Incident")]


def test_a_surveys_answer_comes_with_the_call_and_leaves_nothing_parked(site, source):
    upkeep.listen(source.door(), url="https://baton.example/hooks/zendesk/1/", secret="")
    ticket = solved_ticket(source)
    heard(site, source)
    rate(site, ticket, "1")

    (row,) = heard(site, source)

    assert row.status == Inbox.Status.APPLIED
    assert kept(ticket) == [("bad", "Incident")]


def test_a_call_that_says_both_a_rating_and_a_change_does_both(site, source, monkeypatch):
    ticket = solved_ticket(source)
    rate(site, ticket, "good")
    said = tuple(Hint(remote_id=ticket, event_id="e1", rating=each) for each in (True, False))
    monkeypatch.setattr(interpret, "interpret", lambda **_: said)
    row = Inbox.objects.create(
        connection=source, event_id="e1", body=b"{}", received_at=site.clock(), not_before=site.clock()
    )

    apply(inbox=row.pk, now=site.clock())

    row.refresh_from_db()
    assert kept(ticket) == [("good", "Incident")]
    assert row.status == Inbox.Status.PARKED  # the change is about a ticket that no handoff has yet


def test_an_old_question_answered_today_is_found_within_a_day(site, source):
    ticket = solved_ticket(source)
    read_all(now=site.clock())
    rate(site, ticket, "4")
    (response,) = site.practice.store.all("survey_response")
    old = (site.clock() - timedelta(days=20)).isoformat()
    site.practice.store.put("survey_response", response["id"], {**response, "created_at": old})

    assert read_all(now=site.clock() + timedelta(hours=1)) == 0
    assert read_all(now=site.clock() + timedelta(hours=25)) == 1


def test_a_source_that_cannot_be_read_says_so_and_is_read_again(site, source):
    solved_ticket(source)
    site.practice.faults.add({"path": "/api/v2/satisfaction_ratings", "status": 503, "times": 2})

    read_all(now=site.clock())
    (reading,) = readings(sources=[source.pk])
    assert "not available" in reading.trouble

    read_all(now=site.clock())
    (reading,) = readings(sources=[source.pk])
    assert (reading.trouble, reading.read_at) == ("", site.clock())


def test_a_source_whose_tool_asks_nothing_and_one_never_read_are_told_apart(site, source):
    other = builders.connection("servicenow", name="Other")

    said = {each.source: each for each in readings(sources=[source.pk, other.pk])}

    assert said["Other"].trouble == "its tool asks users nothing."
    assert (said[source.name].trouble, said[source.name].read_at) == ("", None)


def test_only_sources_of_routes_in_use_are_asked(site, source):
    Route.objects.update(active=False)

    read_all(now=site.clock())

    assert not RatingPass.objects.exists()
