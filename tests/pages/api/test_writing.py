"""A program does what a person does on the pages: begin, fill in, look, send, take in, ask, answer, end."""

import uuid
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from escalation.api import views
from escalation.api.parsing import LARGEST
from escalation.callers.tokens import make_token
from escalation.capture import prefill
from escalation.knowledge.codec import from_json
from escalation.knowledge.conversation import Conversation
from escalation.models import AuditLine, Handoff, KeptAnswer, Question
from escalation.models.access_token import Scope
from escalation.translation.asking import Demanded, ExtraField
from escalation.transport.credentials import Tokens
from escalation.transport.errors import NotFound
from tests import builders

pytestmark = pytest.mark.django_db


class Program:
    """Somebody's program, with a token that may everything its person may."""

    def __init__(self, user: Any) -> None:
        _, text = make_token(name="script", scopes=list(Scope), days=1, by=user, now=timezone.now())
        self.client = Client(headers={"Authorization": f"Bearer {text}"})

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        kind = {} if body is None else {"data": body, "content_type": "application/json"}
        return getattr(self.client, method)(f"/api/{path}", headers=names, **kind)


@pytest.fixture
def program(author) -> Program:
    return Program(author)


@pytest.fixture
def receiving(receiver) -> Program:
    return Program(receiver)


def problem(answer: Any, status: int) -> dict[str, Any]:
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json"), (
        answer.content
    )
    body: dict[str, Any] = answer.json()
    assert body["status"] == status
    return body


def test_a_draft_begun_from_text_is_filled_in_looked_at_and_sent(program, desk_to_ops):
    begun = program.ask("post", "handoffs", {"route": desk_to_ops.pk, "text": "The till prints nothing."})
    place = begun["Location"].removeprefix("/api/")
    draft = begun.json() | {
        "summary": "Tills of shop 12 print nothing",
        "ask": "Find out why the print server refuses jobs",
        "facts": [{"statement": "Shop 13 prints", "standing": "confirmed"}],
    }

    saved = program.ask("put", place, draft, if_match=begun["ETag"])
    record = program.ask("get", place.replace("draft", "preview")).json()
    sent = program.ask("post", place.replace("draft", "confirm"), {"fingerprint": record["fingerprint"]})

    assert (begun.status_code, saved.status_code, sent.status_code) == (201, 200, 200)
    assert saved.json()["facts"][0]["origin"] == "typed"
    assert {"short_description", "description"} <= {each["name"] for each in record["fields"]}
    handoff = Handoff.objects.get()
    assert (sent.json()["status"], handoff.status) == ("queued", "queued")
    assert handoff.deliveries.get(kind="create").fingerprint == record["fingerprint"]
    assert AuditLine.objects.get(did=AuditLine.Did.SENT).token == "script"


def test_what_is_read_can_be_sent_back_and_nothing_changes(program, draft):
    read = program.ask("get", f"handoffs/{draft.pk}/draft")

    written = program.ask("put", f"handoffs/{draft.pk}/draft", read.json(), if_match=read["ETag"])

    before = read.json() | {"revision": 1}
    assert written.json() == before
    assert from_json(Handoff.objects.get().state) == builders.scene()


def test_evidence_and_resolved_times_are_nobodys_to_write(program, draft):
    read = program.ask("get", f"handoffs/{draft.pk}/draft")
    body = read.json()
    body["diagnostics"][0]["evidence"][0]["quote"] = "made up"
    body["diagnostics"][0]["when"]["at"] = "2020-01-01T00:00:00Z"
    body["source"]["requester"] = "Somebody else"

    program.ask("put", f"handoffs/{draft.pk}/draft", body, if_match=read["ETag"])

    assert from_json(Handoff.objects.get().state) == builders.scene()


def test_nothing_is_written_unseen(program, draft):
    place = f"handoffs/{draft.pk}/draft"
    read = program.ask("get", place)

    problem(program.ask("put", place, read.json()), 428)
    program.ask("put", place, read.json() | {"summary": "Mine"}, if_match=read["ETag"])
    problem(program.ask("put", place, read.json() | {"summary": "Too late"}, if_match=read["ETag"]), 412)

    assert Handoff.objects.get().summary == "Mine"


@pytest.mark.parametrize(
    ("change", "status", "named"),
    [
        ({"facts": [{"statment": "x", "statement": "y"}]}, 400, "facts.0.statment"),
        ({"facts": [{"statement": "x", "standing": "sure"}]}, 400, "facts.0.standing"),
        ({"facts": [{"statement": "x", "origin": "found"}]}, 422, "facts.0.origin"),
        ({"facts": [{"statement": "x", "id": "a"}, {"statement": "y", "id": "a"}]}, 422, "facts.1.id"),
        ({"answers": {"cmdb_ci": "made-up"}}, 422, "answers.cmdb_ci"),
        ({"category": "none such"}, 422, "category"),
        ({"extras": {"u_site": "x"}}, 422, "extras.u_site"),
    ],
)
def test_a_wrong_shape_is_400_and_a_wrong_meaning_422_and_both_name_the_place(
    program, draft, change, status, named
):
    read = program.ask("get", f"handoffs/{draft.pk}/draft")

    answer = program.ask("put", f"handoffs/{draft.pk}/draft", read.json() | change, if_match=read["ETag"])

    assert list(problem(answer, status)["errors"]) == [named]
    assert Handoff.objects.get().revision == 0


def test_a_request_that_comes_twice_is_carried_out_once(program, desk_to_ops):
    key = str(uuid.uuid4())
    said = {"route": desk_to_ops.pk, "text": "The till prints nothing."}

    first = program.ask("post", "handoffs", said, idempotency_key=key)
    again = program.ask("post", "handoffs", said, idempotency_key=key)
    problem(program.ask("post", "handoffs", said | {"text": "Another"}, idempotency_key=key), 422)

    assert (again.status_code, again.json(), again["ETag"]) == (201, first.json(), first["ETag"])
    assert again["Idempotency-Replayed"] == "true"
    assert Handoff.objects.count() == 1


def test_what_was_refused_is_not_kept_and_the_same_key_may_try_again(program, draft):
    place, key = f"handoffs/{draft.pk}/confirm", "once"

    problem(program.ask("post", place, {"fingerprint": "0" * 64}, idempotency_key=key), 409)
    assert not KeptAnswer.objects.exists()

    fingerprint = program.ask("get", f"handoffs/{draft.pk}/preview").json()["fingerprint"]
    assert program.ask("post", place, {"fingerprint": fingerprint}, idempotency_key=key).status_code == 200


def test_what_is_answered_once_more_was_done_once_and_has_one_line_of_the_audit(program, draft):
    said = {"fingerprint": program.ask("get", f"handoffs/{draft.pk}/preview").json()["fingerprint"]}
    for _ in range(2):
        answer = program.ask("post", f"handoffs/{draft.pk}/confirm", said, idempotency_key="once")
        assert answer.status_code == 200

    assert answer["Idempotency-Replayed"] == "true"
    assert AuditLine.objects.filter(did=AuditLine.Did.SENT).count() == 1


@pytest.mark.parametrize(
    ("headers", "told"),
    [
        ({}, "look before you repeat it"),
        ({"idempotency_key": "k1"}, "Repeat it with the same Idempotency-Key"),
    ],
    ids=["without a key", "with a key"],
)
def test_a_fault_of_our_own_says_whether_a_press_may_be_repeated(program, draft, monkeypatch, headers, told):
    def broken(**_: Any) -> None:
        raise RuntimeError("a fault of our own")

    program.client.raise_request_exception = False
    monkeypatch.setattr("escalation.api.drafts.submit", broken)

    answer = program.ask("post", f"handoffs/{draft.pk}/confirm", {"fingerprint": "0" * 64}, **headers)

    assert told in problem(answer, 500)["detail"]


def test_both_sides_talk_about_it_to_its_end(program, receiving, sent):
    one = f"handoffs/{sent.pk}"

    assert receiving.ask("post", f"{one}/accept", {"read_back": "Let it load"}).json()["status"] == "accepted"
    asked = receiving.ask("post", f"{one}/questions", {"text": "Since when?", "item": "d1"})
    number = asked.json()["id"]
    answered = program.ask("post", f"{one}/questions/{number}/answer", {"answer": "Saturday night"})
    receiving.ask("post", f"{one}/start")
    ended = receiving.ask("post", f"{one}/resolve", {"cause": "CORS policy", "fix": "Rolled back"})

    assert (asked.status_code, answered.json()["answer"], ended.json()["status"]) == (
        201,
        "Saturday night",
        "resolved",
    )
    kinds = [each["kind"] for each in program.ask("get", f"{one}/timeline").json()]
    assert kinds[-5:] == ["accepted", "asked", "answered", "diagnosing", "resolved"]
    problem(receiving.ask("post", f"{one}/accept", {}), 409)


def test_a_return_names_its_reason_and_the_question_that_failed(receiving, sent):
    said = {"reason": "missing_information", "words": "No host", "prevented_by": "facts"}
    reasons = receiving.ask("post", f"handoffs/{sent.pk}/return", {"reason": "because"})
    problem(reasons, 400)

    answer = receiving.ask("post", f"handoffs/{sent.pk}/return", said)

    assert answer.json()["status"] == "bounced"
    assert sent.entries.latest("sequence").details["prevented_by"] == "facts"


def test_the_sender_presses_nothing_of_the_receivers(program, sent):
    problem(program.ask("post", f"handoffs/{sent.pk}/accept", {}), 404)
    assert not Question.objects.exists()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b'{"route": NaN}', 400),
        (b'{"route": 1, "text": "\\u0000"}', 422),
        (b'{"route": 1, "text": "\\ud800"}', 422),
        (b"[" * 200_000, 400),
        (b'{"text": "' + b"x" * LARGEST + b'"}', 413),
    ],
    ids=["cut", "nan", "nul", "half", "deep", "large"],
)
def test_what_is_no_body_is_a_problem(program, body, status):
    answer = program.client.post("/api/handoffs", body, content_type="application/json")

    problem(answer, status)


def test_what_is_not_json_and_what_is_not_there_are_problems(program, draft):
    problem(program.client.post("/api/handoffs", {"route": 1}), 415)
    problem(program.ask("get", "no/such/address"), 404)
    problem(program.ask("delete", f"handoffs/{draft.pk}/draft"), 405)


def test_whoever_asks_too_often_is_told_to_wait(program, settings):
    settings.RATES = settings.RATES | {"api": 2}

    answers = [program.ask("get", "routes") for _ in range(3)]

    assert [each.status_code for each in answers] == [200, 200, 429]
    assert int(answers[2]["Retry-After"]) > 0
    problem(answers[2], 429)


def test_a_draft_written_by_a_token_leaves_one_line_in_the_audit_with_its_name(program, draft):
    place = f"handoffs/{draft.pk}/draft"
    read = program.ask("get", place)

    program.ask("put", place, read.json(), if_match=read["ETag"])

    lines = AuditLine.objects.filter(did=AuditLine.Did.CHANGED, page="api_draft")
    assert list(lines.values_list("token", flat=True)) == ["script"]


def test_a_fault_of_our_own_is_told_as_one_and_stands_in_the_log_with_where_it_was(
    program, draft, monkeypatch, caplog
):
    def fail(*_: object, **__: object) -> None:
        raise LookupError("of our own")

    monkeypatch.setattr(views.State, "get", fail)
    program.client.raise_request_exception = False

    problem(program.ask("get", f"handoffs/{draft.pk}/state"), 500)

    (line,) = [each for each in caplog.records if each.exc_info]
    assert line.exc_info[0] is LookupError


class Desk:
    """A source whose token has run out: reading a ticket renews it, and then the ticket is there or not."""

    kind = label = "zendesk"
    receiver = hooks = chat = None

    def __init__(self, connection: Any, *, there: bool) -> None:
        self.source, self.connection, self.there, self.reads = self, connection, there, 0

    def reference_of(self, text: str) -> str:
        return text

    def conversation(self, door: Any, reference: str) -> Conversation:
        self.reads += 1
        self.connection._keep_tokens(Tokens(access_token=f"new {self.reads}", refresh_token="next"))
        if not self.there:
            raise NotFound("There is no such ticket.")
        return Conversation(source=builders.source(reference=reference), subject="Tills", zone="UTC")


@pytest.fixture
def desk_that(monkeypatch, desk_to_ops):
    row = desk_to_ops.source
    client = {"token_url": "https://acme.zendesk.example/t", "client_id": "c", "client_secret": "s"}
    row.keep_credentials({"scheme": "client_credentials", "access_token": "old", **client})
    row.save()

    def made(*, there: bool) -> Desk:
        desk = Desk(row, there=there)
        monkeypatch.setattr(prefill, "tool", lambda _: desk)
        return desk

    return made


def test_a_token_renewed_while_reading_stays_renewed_although_the_request_is_refused(
    program, desk_to_ops, desk_that
):
    desk_that(there=False)

    problem(
        program.ask("post", "handoffs", {"route": desk_to_ops.pk, "ticket": "9"}, idempotency_key="k"), 422
    )

    desk_to_ops.source.refresh_from_db()
    assert desk_to_ops.source.credentials["access_token"] == "new 1"
    assert not KeptAnswer.objects.exists()


def test_a_repeated_request_is_answered_without_reading_the_ticket_again(program, desk_to_ops, desk_that):
    desk, said = desk_that(there=True), {"route": desk_to_ops.pk, "ticket": "9"}

    first = program.ask("post", "handoffs", said, idempotency_key="k")
    again = program.ask("post", "handoffs", said, idempotency_key="k")

    assert (first.status_code, again.status_code, again.json()) == (201, 201, first.json())
    assert desk.reads == 1
    assert Handoff.objects.get().source_reference == "9"


def test_what_the_receiver_demands_holds_a_program_up_as_it_does_a_person(program, desk_to_ops):
    asked = ExtraField(name="u_site", label="Site", needed=True)
    desk_to_ops.demanded = Demanded(fields=(asked,)).model_dump(mode="json", exclude_defaults=True)
    desk_to_ops.save(update_fields=["demanded"])
    begun = program.ask("post", "handoffs", {"route": desk_to_ops.pk, "text": "The till prints nothing."})
    place = begun["Location"].removeprefix("/api/")
    confirm = place.replace("draft", "confirm")

    def send() -> Any:
        record = program.ask("get", place.replace("draft", "preview")).json()
        return program.ask("post", confirm, {"fingerprint": record["fingerprint"]})

    known = {"summary": "Tills", "facts": [{"statement": "Shop 13 prints", "standing": "confirmed"}]}
    saved = program.ask("put", place, begun.json() | known, if_match=begun["ETag"])
    assert "Site" in str(problem(send(), 422))

    given = program.ask("put", place, saved.json() | {"extras": {"u_site": "Berlin"}}, if_match=saved["ETag"])
    sent = send()
    assert (given.status_code, sent.status_code) == (200, 200), (given.content, sent.content)
