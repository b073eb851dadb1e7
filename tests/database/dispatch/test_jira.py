"""The real connector, a Jira whose search runs behind and whose answers get lost: one issue per handoff."""

import base64
import json
from collections.abc import Iterator, Mapping

import pytest
from django.contrib.auth.models import User

from escalation.dispatch.deliver import deliver
from escalation.dispatch.retry import retry
from escalation.models import (
    Attempt,
    Connection,
    Delivery,
    Entry,
    Handoff,
    Inbox,
    Receipt,
    Route,
    Snapshot,
)
from escalation.outbox.links import owe_links
from escalation.outbox.owe import owe_record, record_key
from escalation.practice import credentials
from escalation.practice.adapter import PracticeAdapter
from escalation.practice.tool import Plan, PracticeTool, build
from escalation.tools.registry import tool
from escalation.translation.given import Given
from escalation.translation.rules import Rules
from escalation.transport.door import Door
from tests import builders
from tests.builders import NOW
from tests.database import owing
from tests.database.fakes import Clock, Engine

pytestmark = pytest.mark.django_db

SITE = "https://acme.atlassian.net"
RULES = Rules(defaults={"project": "PLAT", "customfield_10041": '{"value": "Production"}'})
DESK = Rules(defaults={"project": "SUP", "requesttype": "Report a system problem"})
RAISED = "/rest/servicedeskapi/request"
LAG_S = 80


@pytest.fixture
def practice(monkeypatch: pytest.MonkeyPatch, celery: Engine, clock: Clock) -> Iterator[PracticeTool]:
    def send(_url: str, _headers: Mapping[str, str], _body: bytes) -> int:
        return 202

    practice = build("jira", Plan(clock=clock, with_world=True, send=send, say=lambda _: None))
    original = Connection.door

    def door(self: Connection) -> Door:
        opened = original(self)
        opened.session.mount(SITE, PracticeAdapter(practice.application))  # type: ignore[attr-defined]
        return opened

    monkeypatch.setattr(Connection, "door", door)
    yield practice
    practice.close()


@pytest.fixture
def to_jira(practice: PracticeTool) -> Route:
    target = builders.connection("jira", base_url=SITE, our_user="Baton", settings={"project": "PLAT"})
    target.keep_credentials(
        {"scheme": "basic", "user": credentials.JIRA_EMAIL, "password": credentials.JIRA_API_TOKEN}
    )
    target.save()
    return builders.route(target=target)


@pytest.fixture
def lena(to_jira: Route) -> User:
    return builders.person("lena", team=to_jira.sender)


@pytest.fixture
def owed(to_jira: Route, lena: User) -> Delivery:
    return confirmed(to_jira, lena, RULES)


@pytest.fixture
def request_owed(to_jira: Route, lena: User) -> Delivery:
    return confirmed(to_jira, lena, DESK)


def confirmed(to_jira: Route, lena: User, rules: Rules) -> Delivery:
    handoff: Handoff = owing.confirmed(route=to_jira, author=lena)
    receiver = tool("jira").receiver
    assert receiver is not None
    given = Given(rules=rules, now=NOW, key=record_key(handoff_id=handoff.pk))
    draft = receiver.translate(builders.scene(), given).draft
    return owe_record(handoff=handoff, connection=to_jira.target, draft=draft, now=NOW)


def issues(route: Route, key: str, clock: Clock) -> int:
    clock.forward(600)
    receiver = tool("jira").receiver
    assert receiver is not None
    return len(receiver.find(route.target.door(), key=key))


@pytest.mark.parametrize("lost", [True, "504"], ids=["connection lost", "gateway timeout"])
def test_a_lost_answer_leaves_one_issue_although_the_search_shows_it_late(
    owed: Delivery, to_jira: Route, practice: PracticeTool, clock: Clock, lost: object
) -> None:
    practice.faults.add({"search_lag_s": LAG_S})
    practice.faults.add({"method": "POST", "path": "/rest/api/3/issue", "lose_answer": lost, "times": 1})

    done = owing.until_done(owed, clock)

    assert done.status == Delivery.Status.DONE, done.reason
    assert done.attempts.filter(result="found").count() == 1
    assert issues(to_jira, owed.key, clock) == 1


@pytest.mark.parametrize(
    "fault",
    [
        {"method": "POST", "path": RAISED, "lose_answer": True},
        {"method": "POST", "path": RAISED, "lose_answer": "504"},
        {"method": "PUT", "path": "/rest/api/3/issue/*", "lose_answer": True},
        {"method": "PUT", "path": "/rest/api/3/issue/*", "status": 409},
    ],
    ids=[
        "raised, connection lost",
        "raised, gateway timeout",
        "labels, connection lost",
        "labels, changed meanwhile",
    ],
)
def test_a_request_is_raised_once_and_finished_whatever_was_lost(
    request_owed: Delivery, to_jira: Route, practice: PracticeTool, clock: Clock, fault: dict[str, object]
) -> None:
    practice.faults.add({"search_lag_s": LAG_S})
    practice.faults.add({**fault, "times": 1})

    done = owing.until_done(request_owed, clock)

    assert done.status == Delivery.Status.DONE, done.reason
    assert issues(to_jira, request_owed.key, clock) == 1
    (made,) = [each for each in practice.store.all("issue") if each["properties"].get("baton")]
    assert set(made["labels"]) == {"baton", f"baton-{request_owed.key}"}
    assert done.handoff.remote_number == made["key"]


def test_a_request_whose_labels_are_refused_stops_with_a_sentence_and_goes_on_when_they_are_not(
    request_owed: Delivery, to_jira: Route, lena: User, practice: PracticeTool, clock: Clock
) -> None:
    practice.faults.add({"method": "PUT", "path": "/rest/api/3/issue/*", "status": 400, "times": 0})

    stuck = owing.until_done(request_owed, clock)

    assert stuck.status == Delivery.Status.STUCK
    assert "stands there, but Jira did not take what its form has no place for" in stuck.reason
    practice.faults.clear()
    retry(delivery=stuck, by=lena, now=clock())
    assert owing.until_done(request_owed, clock).status == Delivery.Status.DONE
    assert issues(to_jira, request_owed.key, clock) == 1


def test_a_record_that_was_found_has_its_links_all_the_same(
    owed: Delivery, to_jira: Route, practice: PracticeTool, clock: Clock
) -> None:
    payload = json.loads(bytes(owed.body))
    links = owe_links(handoff=owed.handoff, connection=to_jira.target, payload=payload, now=NOW)
    practice.faults.add({"method": "POST", "path": "/rest/api/3/issue", "lose_answer": True, "times": 1})
    practice.faults.add({"method": "POST", "path": "*/remotelink", "lose_answer": True, "times": 1})

    owing.until_done(owed, clock)
    for each in links:
        assert owing.until_done(each, clock).status == Delivery.Status.DONE

    there = practice.store.all("remotelink")
    assert {each["globalId"] for each in there} == {each["globalId"] for each in payload["remotelink"]}
    assert len(there) == len(links) > 0


def test_a_link_that_is_refused_holds_no_note_up(
    owed: Delivery, to_jira: Route, practice: PracticeTool, clock: Clock
) -> None:
    payload = json.loads(bytes(owed.body))
    (link, *_) = owe_links(handoff=owed.handoff, connection=to_jira.target, payload=payload, now=NOW)
    note = owing.note_owed(owed.handoff, "Found it", remote_id="")
    practice.faults.add({"method": "POST", "path": "*/remotelink", "status": 403})
    owing.until_done(owed, clock)

    assert owing.until_done(link, clock).status == Delivery.Status.STUCK
    assert owing.until_done(note, clock).status == Delivery.Status.DONE


def test_what_jira_had_not_done_is_done_when_its_search_must_have_caught_up(
    owed: Delivery, to_jira: Route, practice: PracticeTool, clock: Clock
) -> None:
    practice.faults.add({"method": "POST", "path": "/rest/api/3/issue", "status": 502, "times": 1})

    owing.until_done(owed, clock)

    assert (clock.now - NOW).total_seconds() >= 120
    assert issues(to_jira, owed.key, clock) == 1


@pytest.mark.parametrize(
    "fault", [{"status": 401}, {"status": 400}, {"html": True}, {"lose_answer": True}], ids=str
)
def test_no_row_of_a_delivery_holds_a_credential_or_the_body_of_an_answer(
    owed: Delivery, practice: PracticeTool, clock: Clock, fault: dict[str, object]
) -> None:
    practice.faults.add({"method": "POST", "path": "/rest/api/3/issue", "times": 1, **fault})

    owing.until_done(owed, clock)

    rows = (Delivery, Attempt, Receipt, Entry, Snapshot, Inbox)
    kept = " ".join(str(each) for model in rows for each in model.objects.values())
    told = " ".join((*owed.attempts.values_list("words", flat=True), owed.reason))
    basic = base64.b64encode(f"{credentials.JIRA_EMAIL}:{credentials.JIRA_API_TOKEN}".encode()).decode()
    assert credentials.JIRA_API_TOKEN not in kept
    assert basic not in kept
    assert "<" not in told
    assert "errorMessages" not in told


def test_a_revoked_token_stops_the_row_instead_of_creating_twice(
    owed: Delivery, to_jira: Route, practice: PracticeTool, clock: Clock
) -> None:
    practice.faults.add({"method": "POST", "path": "/rest/api/3/issue", "lose_answer": True, "times": 1})
    deliver(delivery=owed.pk, clock=clock)
    to_jira.target.keep_credentials(
        {"scheme": "basic", "user": credentials.JIRA_EMAIL, "password": "revoked"}
    )
    to_jira.target.save()

    done = owing.until_done(owed, clock)

    assert done.status == Delivery.Status.STUCK
    assert "credentials" in done.reason
