"""Files that were confirmed are in the receiver's tool once each, whatever answers get lost."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

import pytest

from escalation.capture.files import NewFile, TooLarge, keep_file
from escalation.inbound.take_in import take_in
from escalation.inbound.whose import interests
from escalation.lifecycle.words import Status
from escalation.models import Connection, Delivery, Entry, Handoff, Route
from escalation.models.attachment import LARGEST_FILE
from escalation.outbox.files import owe_files
from escalation.outbox.owe import owe_record, record_key
from escalation.practice import credentials
from escalation.practice.adapter import PracticeAdapter
from escalation.practice.tool import Plan, PracticeTool, build
from escalation.tools.contract import Files, Mirror, Sent
from escalation.tools.registry import tool
from escalation.translation.given import Given
from escalation.translation.rules import Rules
from escalation.transport.door import Door
from tests import builders
from tests.builders import NOW
from tests.database import owing
from tests.database.fakes import Clock, Engine

pytestmark = pytest.mark.django_db

HAR = b'{"log": {"entries": []}}'
LOG = b"12:00 blocked by CORS policy\n" * 40
TENANTS = {
    "servicenow": (
        "https://acme.service-now.com",
        credentials.SERVICENOW_USER,
        (credentials.SERVICENOW_USER, credentials.SERVICENOW_PASSWORD),
        "/api/now/attachment/file",
    ),
    "jira": (
        "https://acme.atlassian.net",
        "Baton",
        (credentials.JIRA_EMAIL, credentials.JIRA_API_TOKEN),
        "/rest/api/3/issue/*/attachments",
    ),
    "zendesk": (
        "https://acme.zendesk.com",
        credentials.ZENDESK_INTEGRATION_EMAIL,
        (f"{credentials.ZENDESK_INTEGRATION_EMAIL}/token", credentials.ZENDESK_API_TOKEN),
        "/api/v2/tickets/*",
    ),
}
RULES = Rules(defaults={"project": "PLAT", "customfield_10041": '{"value": "Production"}'})


@dataclass
class Receiving:
    """A tool in memory, a route into it, and how it is asked."""

    kind: str
    practice: PracticeTool
    route: Route
    clock: Clock

    @property
    def files(self) -> Files:
        files = tool(self.kind).files
        assert files is not None
        return files

    def held(self, handoff: Handoff) -> list[tuple[str, int]]:
        found = self.files.files(self.route.target.door(), remote_id=handoff.remote_id)
        return sorted((each.name, each.size) for each in found)

    def take_in_all(self, handoff: Handoff) -> None:
        mirror: Mirror | None = tool(self.kind).mirror
        assert mirror is not None
        updates = mirror.read(self.route.target.door(), remote_id=handoff.remote_id)
        for interest in interests(connection=self.route.target, remote_id=handoff.remote_id):
            take_in(interest=interest, connection=self.route.target, updates=updates, now=self.clock())


@pytest.fixture(params=sorted(TENANTS))
def receiving(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, celery: Engine, clock: Clock
) -> Iterator[Receiving]:
    kind: str = request.param
    address, ours, (user, password), _ = TENANTS[kind]

    def send(_url: str, _headers: Mapping[str, str], _body: bytes) -> int:
        return 202

    practice = build(kind, Plan(clock=clock, with_world=True, send=send, say=lambda _: None))
    original = Connection.door

    def door(self: Connection) -> Door:
        opened = original(self)
        if self.tool == kind:
            opened.session.mount(address, PracticeAdapter(practice.application))  # type: ignore[attr-defined]
        return opened

    monkeypatch.setattr(Connection, "door", door)
    target = builders.connection(
        kind, name="The receiver", base_url=address, our_user=ours, settings={"project": "PLAT"}
    )
    target.keep_credentials({"scheme": "basic", "user": user, "password": password})
    target.save()
    yield Receiving(kind=kind, practice=practice, route=builders.route(target=target), clock=clock)
    practice.close()


def confirmed_with(receiving: Receiving, *files: NewFile) -> Handoff:
    author = builders.person("lena", team=receiving.route.sender)
    handoff = builders.handoff(route=receiving.route, author=author)
    for place, file in enumerate(files):
        keep_file(handoff=handoff, file=file, by=author, now=NOW + timedelta(seconds=place))
    Handoff.objects.filter(pk=handoff.pk).update(status=Status.QUEUED, confirmed_at=NOW)
    handoff.refresh_from_db()
    receiver = tool(receiving.kind).receiver
    assert receiver is not None
    given = Given(rules=RULES, now=NOW, key=record_key(handoff_id=handoff.pk))
    draft = receiver.translate(builders.scene(), given).draft
    owe_record(handoff=handoff, connection=receiving.route.target, draft=draft, now=NOW)
    owe_files(handoff=handoff, connection=receiving.route.target, now=NOW)
    return handoff


def deliver_all(handoff: Handoff, clock: Clock) -> None:
    for row in handoff.deliveries.order_by("position"):
        done = owing.until_done(row, clock)
        assert done.status == Delivery.Status.DONE, done.reason
    handoff.refresh_from_db()


def har(**changes: str) -> NewFile:
    values = {"name": "console.har", "content_type": "application/json"} | changes
    return NewFile(body=HAR, **values)


def log(**changes: str) -> NewFile:
    values = {"name": "browser.log", "content_type": "text/plain"} | changes
    return NewFile(body=LOG, **values)


def test_every_file_is_on_the_record_once(receiving: Receiving) -> None:
    handoff = confirmed_with(receiving, har(), log())

    deliver_all(handoff, receiving.clock)

    assert receiving.held(handoff) == [("browser.log", len(LOG)), ("console.har", len(HAR))]
    sent = handoff.entries.filter(kind=Entry.Kind.FILE_SENT).order_by("sequence")
    assert [each.details["name"] for each in sent] == ["console.har", "browser.log"]


@pytest.mark.parametrize("lost", [True, "504"], ids=["connection lost", "gateway timeout"])
def test_an_upload_whose_answer_was_lost_is_found_and_not_repeated(
    receiving: Receiving, lost: object
) -> None:
    handoff = confirmed_with(receiving, har())
    record, file = handoff.deliveries.order_by("position")
    owing.until_done(record, receiving.clock)
    method = "PUT" if receiving.kind == "zendesk" else "POST"
    receiving.practice.faults.add({"method": method, "path": TENANTS[receiving.kind][3], "lose_answer": lost})

    done = owing.until_done(file, receiving.clock)

    handoff.refresh_from_db()
    assert done.status == Delivery.Status.DONE, done.reason
    assert done.attempts.filter(result="found").count() == 1
    assert receiving.held(handoff) == [("console.har", len(HAR))]


def test_our_own_file_coming_back_is_no_news_and_a_receivers_file_is(receiving: Receiving) -> None:
    handoff = confirmed_with(receiving, har())
    deliver_all(handoff, receiving.clock)
    door = receiving.route.target.door()
    receiving.files.attach(
        door,
        remote_id=handoff.remote_id,
        sent=Sent(name="gateway.log", content_type="text/plain", body=LOG),
        key="ab" * 16,
    )

    receiving.take_in_all(handoff)

    seen = handoff.entries.filter(kind=Entry.Kind.FILE_SEEN)
    assert [each.text for each in seen] == ["gateway.log"]


def test_bytes_are_read_back_as_they_were_sent(receiving: Receiving) -> None:
    handoff = confirmed_with(receiving, log())
    deliver_all(handoff, receiving.clock)
    door = receiving.route.target.door()

    (file,) = receiving.files.files(door, remote_id=handoff.remote_id)

    assert receiving.files.fetch(door, file=file) == LOG


def test_two_files_of_one_name_are_kept_apart(receiving: Receiving) -> None:
    handoff = confirmed_with(receiving, har(), har())

    deliver_all(handoff, receiving.clock)

    assert [name for name, _ in receiving.held(handoff)] == ["console (2).har", "console.har"]


def test_a_file_taken_away_does_not_travel_and_can_be_put_back(receiving: Receiving) -> None:
    author = builders.person("ines", team=receiving.route.sender)
    draft = builders.handoff(route=receiving.route, author=author)
    file = keep_file(handoff=draft, file=har(), by=author, now=NOW)

    file.take_away(at=NOW)
    assert list(draft.attachments.travelling()) == []

    file.put_back()
    assert list(draft.attachments.travelling()) == [file]
    assert file.body == HAR


def test_a_file_that_is_too_large_is_refused_with_its_size(receiving: Receiving) -> None:
    author = builders.person("ines", team=receiving.route.sender)
    draft = builders.handoff(route=receiving.route, author=author)
    large = NewFile(name="dump.bin", content_type="application/octet-stream", body=b"x" * (LARGEST_FILE + 1))

    with pytest.raises(TooLarge, match=r"dump\.bin.*10\.0 MB"):
        keep_file(handoff=draft, file=large, by=author, now=NOW)

    assert draft.attachments.count() == 0
