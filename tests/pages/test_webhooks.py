"""Programs of the company's own are told: owed in the line's transaction, signed, again until it is taken."""

import json
import re
import threading
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import uuid5

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from escalation import tasks
from escalation.models import AuditLine, Entry, Membership, Message, Subscriber, Team
from escalation.models.subscriber import Event
from escalation.reception.accept import accept
from escalation.reception.resolve import resolve
from escalation.reception.verdict import Found
from escalation.subscribers import keep, send
from escalation.timeline.record import Line, record
from escalation.upkeep.gauges import gauges
from escalation.upkeep.late import Late
from escalation.upkeep.untaken import untaken
from tests import builders, recorded
from tests.pages.posting import confirmed

pytestmark = pytest.mark.django_db
SECRET = re.compile(r'value="(whsec_[A-Za-z0-9+/=]+)"')
Heard = tuple[dict[str, str], bytes]


class Receiver:
    """A program that listens on loopback, and answers as it is told."""

    def __init__(self) -> None:
        self.heard: list[Heard] = []
        self.answers: list[tuple[int, dict[str, str]]] = []
        mine = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                mine.heard.append(({name.lower(): value for name, value in self.headers.items()}, body))
                status, headers = mine.answers.pop(0) if mine.answers else (200, {})
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "6")
                self.end_headers()
                self.wfile.write(b"heard\x00")

            def log_message(self, *_: Any) -> None:
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/in?key=1"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def types(self) -> list[str]:
        return [json.loads(body)["type"] for _, body in self.heard]


@pytest.fixture
def listening() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.server.shutdown()
    receiver.server.server_close()


@pytest.fixture
def owner(desk_to_ops, browser_of):
    return browser_of(builders.person("kenji", team=desk_to_ops.sender, role=Membership.Role.OWNER))


@pytest.fixture
def told(owner, desk_to_ops, listening) -> tuple[Subscriber, str]:
    """The receiver, entered on the page, and the secret that the page showed."""
    answer = owner.post("/webhooks", entered(desk_to_ops.sender, listening.url))
    return Subscriber.objects.get(), SECRET.search(answer.content.decode())[1]


def entered(team: Team, url: str, **changes: Any) -> dict[str, Any]:
    said = {"team": team.pk, "name": "Reports", "url": url, "events": list(Event), "allow_private": "on"}
    return {name: value for name, value in (said | changes).items() if value is not None}


def tell(*, at: Any = None) -> int:
    return send.send_due(clock=lambda: at or timezone.now(), until=lambda: False)


def of_the_docs() -> Any:
    """The check that the documentation gives to whoever writes a receiver."""
    text = (recorded.ROOT / "docs/webhooks.md").read_text()
    names: dict[str, Any] = {}
    exec(re.search(r"```python\n(.*?)```", text, re.DOTALL)[1], names)
    return names["comes_from_baton"]


def test_a_receiver_is_told_of_a_handoff_from_sending_to_its_end(told, listening, draft, author, receiver):
    sent = confirmed(draft, by=author)
    record(handoff=sent, line=Line(kind=Entry.Kind.DELIVERED, happened_at=builders.NOW), now=builders.NOW)
    accept(handoff=sent, by=receiver, now=builders.NOW)
    found = Found(cause="CORS policy", fix="Rolled back")
    resolve(handoff=sent, by=receiver, now=builders.NOW, found=found)

    assert tell() == 4

    assert listening.types() == ["handoff.sent", "handoff.delivered", "handoff.accepted", "handoff.resolved"]
    data = json.loads(listening.heard[2][1])["data"]
    assert (data["handoff"], data["status"], data["record"]) == (str(sent.pk), "accepted", "INC0012345")
    assert data["url"].endswith(f"/handoffs/{sent.pk}")
    assert [json.loads(body)["data"]["sequence"] for _, body in listening.heard] == sorted(
        json.loads(body)["data"]["sequence"] for _, body in listening.heard
    )
    assert not {"summary", "text", "sayable"} & set(data)
    assert tell() == 0


def test_what_the_docs_say_proves_a_message_and_nothing_else(told, listening, sent):
    tell()
    check, (headers, body) = of_the_docs(), listening.heard[0]

    assert check(told[1], headers, body)
    assert headers["webhook-id"] == f"msg_{Message.objects.get().pk.hex}"
    assert not check(told[1], headers, body + b" ")
    assert not check(told[1], headers | {"webhook-id": "msg_other"}, body)
    assert not check("whsec_" + "A" * 43 + "=", headers, body)
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        assert not check(told[1], headers, body)


def test_the_secret_is_shown_once_and_kept_sealed(told, owner):
    row, secret = told

    assert row.secret == secret
    assert secret not in row.sealed_secret
    pages = [owner.get(each).content.decode() for each in ("/webhooks", f"/webhooks/{row.pk}")]
    assert not [each for each in pages if secret in each]


def test_what_is_not_taken_is_sent_again_with_the_same_id_and_the_log_shows_each_answer(
    told, owner, listening, sent
):
    listening.answers = [(500, {}), (503, {"Retry-After": "600"})]
    now = timezone.now()

    assert [tell(at=now), tell(at=now + timedelta(seconds=4)), tell(at=now + timedelta(seconds=6))] == [
        1,
        0,
        1,
    ]
    message = Message.objects.get()
    assert message.not_before == now + timedelta(seconds=606)
    assert tell(at=now + timedelta(seconds=607)) == 1

    message.refresh_from_db()
    assert message.status == Message.Status.DONE
    assert len({headers["webhook-id"] for headers, _ in listening.heard}) == 1
    assert len({headers["webhook-timestamp"] for headers, _ in listening.heard}) == 3
    assert len({body for _, body in listening.heard}) == 1
    log = owner.get(f"/webhooks/{told[0].pk}").content.decode()
    assert "500, Internal Server Error" in log
    assert "503, Service Unavailable" in log
    told[0].refresh_from_db()
    assert told[0].failures == 0


def test_an_address_that_fails_is_left_alone_with_all_that_is_owed_to_it(told, listening, sent):
    keep.owe_test(subscriber=told[0], message=uuid5(sent.pk, "test"), now=timezone.now())
    listening.answers = [(500, {})]

    assert tell() == 1
    assert len(listening.heard) == 1


def test_it_is_given_up_after_a_day_and_a_half_and_an_owner_sends_it_again(told, owner, listening, sent):
    listening.answers = [(404, {})] * (len(send.WAITS_S) + 1)
    at = timezone.now()
    for wait in (0, *send.WAITS_S):
        at += timedelta(seconds=wait + 1)
        assert tell(at=at) == 1

    message = Message.objects.get()
    assert (message.status, tell(at=at + timedelta(days=9))) == (Message.Status.GIVEN_UP, 0)
    assert "Given up" in owner.get(f"/webhooks/{told[0].pk}").content.decode()

    owner.post(f"/webhooks/{told[0].pk}/messages/{message.pk}/again")
    with time_machine.travel(at + timedelta(days=9)):
        assert tell() == 1
    message.refresh_from_db()
    assert message.status == Message.Status.DONE
    assert AuditLine.objects.filter(page="send_webhook_again", did=AuditLine.Did.SENT).count() == 1


def test_410_stops_it(told, owner, listening, sent):
    listening.answers = [(410, {})]
    tell()

    assert tell(at=timezone.now() + timedelta(days=1)) == 0
    assert "wants to be told nothing more" in owner.get("/webhooks").content.decode()
    assert "is stopped" in owner.post(f"/webhooks/{told[0].pk}/test", follow=True).content.decode()


def test_a_worker_that_died_in_the_middle_leaves_the_message_to_another(told, listening, sent, monkeypatch):
    def die(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    now = timezone.now()
    with monkeypatch.context() as patch:
        patch.setattr(send, "_settle", die)
        with pytest.raises(KeyboardInterrupt):
            tell(at=now)

    assert [tell(at=now + timedelta(seconds=60)), tell(at=now + send.CLAIM)] == [0, 1]
    assert len({headers["webhook-id"] for headers, _ in listening.heard}) == 1
    assert Message.objects.get().status == Message.Status.DONE


def test_what_was_rolled_back_is_told_to_nobody(told, sent):
    before = Message.objects.count()
    with transaction.atomic():
        record(handoff=sent, line=Line(kind=Entry.Kind.ACCEPTED, happened_at=builders.NOW), now=builders.NOW)
        assert Message.objects.count() == before + 1
        transaction.set_rollback(True)

    assert Message.objects.count() == before


def test_words_are_sent_only_where_an_owner_says_so(owner, desk_to_ops, listening, draft, author):
    owner.post("/webhooks", entered(desk_to_ops.sender, listening.url, with_words="on"))
    sent = confirmed(draft, by=author)
    line = Line(kind=Entry.Kind.NOTE, happened_at=builders.NOW, text="Found it", details={"side": "receiver"})
    record(handoff=sent, line=line, now=builders.NOW)
    theirs = Line(
        kind=Entry.Kind.NOTE, happened_at=builders.NOW, text="Any news?", details={"side": "sender"}
    )
    record(handoff=sent, line=theirs, now=builders.NOW)

    tell()

    assert listening.types() == ["handoff.sent", "handoff.update"]
    data = json.loads(listening.heard[1][1])["data"]
    assert (data["text"], data["summary"]) == ("Found it", sent.summary)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"url": "ftp://reports.example/in"}, "no address that can be called"),
        ({"url": "http://reports.example/in", "allow_private": None}, "Over http only in your own network"),
        ({"url": "https://user:pass@reports.example/in"}, "no address that can be called"),
        ({"name": ""}, "know it again"),
        ({"events": []}, "Choose at least one thing"),
        ({"team": "0"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_told_is_refused_in_words(owner, desk_to_ops, changes, words):
    said = entered(desk_to_ops.sender, "https://reports.example/in") | changes

    answer = owner.post("/webhooks", {name: value for name, value in said.items() if value is not None})

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Subscriber.objects.exists()


def test_an_address_on_a_private_network_is_not_called_unless_it_was_said(
    owner, desk_to_ops, listening, draft, author
):
    inside = listening.url.replace("http://", "https://")
    owner.post("/webhooks", entered(desk_to_ops.sender, inside, allow_private=None))
    confirmed(draft, by=author)

    assert tell() == 1

    assert listening.heard == []
    (answer,) = Message.objects.get().answers
    assert answer["status"] == 0
    assert "leads to a private address" in answer["words"]


def test_a_redirect_leads_nowhere(told, listening, sent):
    listening.answers = [(302, {"Location": listening.url})]

    tell()

    assert len(listening.heard) == 1
    assert Message.objects.get().answers[0]["status"] == 302


def test_an_owner_sees_the_own_teams_alone(told, browser_of):
    other = builders.person("noor", team=Team.objects.create(name="Other"), role=Membership.Role.OWNER)
    browser = browser_of(other)

    assert "Reports" not in browser.get("/webhooks").content.decode()
    assert browser.get(f"/webhooks/{told[0].pk}").status_code == 404
    assert browser.post(f"/webhooks/{told[0].pk}/stop").status_code == 404
    told[0].refresh_from_db()
    assert told[0].stopped_at is None


def test_another_teams_handoffs_are_not_told(told, listening, author):
    away = builders.route(
        source=builders.connection("zendesk", name="Z2"), target=builders.connection("jira"), name="Elsewhere"
    )
    away.sender, away.receiver = Team.objects.create(name="A"), Team.objects.create(name="B")
    away.save()
    confirmed(builders.handoff(route=away, author=author), by=author)

    assert tell() == 0
    assert not Message.objects.exists()


def test_a_stopped_address_is_told_nothing_that_was_owed(told, owner, listening, sent):
    owner.post(f"/webhooks/{told[0].pk}/stop")

    assert tell() == 0
    assert listening.heard == []


def test_no_team_tells_more_than_one_can_keep_an_eye_on(owner, desk_to_ops):
    for _ in range(keep.MOST_SUBSCRIBERS + 1):
        answer = owner.post("/webhooks", entered(desk_to_ops.sender, "https://reports.example/in"))

    assert answer.status_code == 422
    assert "Stop one" in answer.content.decode()


def test_the_schedule_sends_and_the_log_is_kept_for_thirty_days(told, listening, sent):
    tasks.webhooks()
    assert Message.objects.get().status == Message.Status.DONE

    assert send.forget(now=timezone.now() - timedelta(days=1)) == 0
    assert send.forget(now=builders.NOW + timedelta(days=400)) == 1
    assert not Message.objects.exists()


def late_lines(user, *, at) -> dict[str, Late]:
    """What the status page says of the programs of the person's teams, by what it is."""
    mine = Subscriber.objects.filter(team__memberships__user=user)
    return {each.what: each for each in untaken(subscribers=mine, now=at)}


def test_the_status_page_says_who_does_not_take_what_it_is_told(told, author, stranger, listening, sent):
    listening.answers = [(503, {}), (503, {})]
    now = timezone.now()
    Message.objects.update(made_at=now)
    assert late_lines(author, at=now) == {}
    tell(at=now)
    tell(at=now + timedelta(minutes=1))
    later = now + timedelta(hours=1)

    (line,) = late_lines(author, at=later).values()

    assert line.what == f"“{told[0].name}” has not taken 1 message"
    assert "2 times in a row" in line.why
    assert line.since == Message.objects.get().made_at
    assert told[0].team.name in line.who
    assert late_lines(stranger, at=later) == {}


def test_the_owner_reads_it_among_what_is_late(told, owner, sent):
    Message.objects.update(made_at=timezone.now() - timedelta(minutes=20))

    page = unescape(owner.get("/status").content.decode())

    assert f"“{told[0].name}” has not taken 1 message" in page
    assert "no worker has come to them" in page


def test_what_was_given_up_or_ended_is_said_for_a_week(told, author, listening, sent):
    row, now = told[0], timezone.now()
    Message.objects.update(status=Message.Status.GIVEN_UP, made_at=now)

    assert list(late_lines(author, at=now)) == [f"“{row.name}” was not told of 1 message"]
    assert late_lines(author, at=now + timedelta(days=8)) == {}

    Message.objects.update(status=Message.Status.OWED, not_before=now, tries=0)
    listening.answers = [(410, {})]
    tell(at=now)
    assert list(late_lines(author, at=now)) == [f"“{row.name}” is told nothing more"]
    assert late_lines(author, at=now + timedelta(days=8)) == {}


def test_whoever_stops_it_need_not_be_told_so(told, author, sent):
    keep.stop(subscriber=told[0], now=timezone.now())

    assert late_lines(author, at=timezone.now() + timedelta(hours=1)) == {}


def test_prometheus_counts_what_is_not_taken_each_program_once(told, owner, listening, sent, desk_to_ops):
    owner.post("/webhooks", entered(desk_to_ops.sender, listening.url))  # of the same name
    twin = Subscriber.objects.exclude(pk=told[0].pk).get()
    keep.owe_test(subscriber=twin, message=uuid5(sent.pk, "twin"), now=timezone.now())
    Message.objects.filter(subscriber=told[0]).update(made_at=timezone.now() - timedelta(hours=1))

    found = {each.name: dict(each.samples) for each in gauges(now=timezone.now())}

    labels = (told[0].team.name, told[0].name)
    assert twin.name == told[0].name
    assert found["baton_outgoing_messages"] == {(*labels, "owed"): 2.0}
    assert found["baton_outgoing_oldest_seconds"][labels] == pytest.approx(3600, abs=60)
    tell()
    tell()
    assert {each.name: each.samples for each in gauges(now=timezone.now())}["baton_outgoing_messages"] == ()


def test_what_a_program_answers_is_not_kept(told, listening, sent, author):
    """It may echo what people wrote, and who is erased would stand in the log."""
    listening.answers = [(500, {"X-Echo": sent.summary})]

    tell()

    (answer,) = Message.objects.get().answers
    assert set(answer) == {"at", "status", "words"}
    assert answer["words"] == "Internal Server Error"
    assert "heard" not in str(Message.objects.values_list("answers", flat=True)[0])
