"""What a page can do before a handoff is sent and after: tickets, files, a question first, corrections."""

import json
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image

from escalation.callers.tokens import make_token
from escalation.models import AuditLine, Consult, Entry, Handoff, Route
from escalation.models.access_token import Scope
from tests import builders
from tests.pages.posting import confirmed
from tests.pages.test_api import problem
from tests.pages.test_beginning import unreachable, zendesk  # noqa: F401  # a fixture

pytestmark = pytest.mark.django_db
LOG = b"09:14:02 ERROR gateway: upstream refused, code ERR_FAILED\n"


def picture() -> bytes:
    """A picture of one colour."""
    made = BytesIO()
    Image.new("RGB", (8, 8), "white").save(made, "PNG")
    return made.getvalue()


def program(user: Any, *scopes: Scope) -> Client:
    _, text = make_token(name="s", scopes=scopes or list(Scope), days=1, by=user, now=timezone.now())
    return Client(headers={"Authorization": f"Bearer {text}"})


def press(browser: Client, path: str, body: object = None, **headers: str) -> Any:
    return browser.post(f"/api/{path}", body, content_type="application/json", headers=headers)


def upload(browser: Client, path: str, body: bytes, *, name: str = "gateway.log", **more: str) -> Any:
    headers = {key: more.pop(key) for key in tuple(more) if "-" in key}
    address = f"/api/{path}?name={name}" + "".join(f"&{key}={value}" for key, value in more.items())
    return browser.post(address, body, content_type="application/octet-stream", headers=headers)


def test_the_open_tickets_of_a_route_are_listed_as_on_the_desk(page, desk_to_ops: Route, zendesk):  # noqa: F811
    found = page.get(f"/api/routes/{desk_to_ops.pk}/tickets").json()

    assert len(found) > 5
    assert {"reference", "subject", "requester", "url"} <= set(found[0])
    begun = press(page, "handoffs", {"route": desk_to_ops.pk, "ticket": found[0]["reference"]})
    assert begun.json()["source"]["reference"] == found[0]["reference"]


def test_a_tool_that_is_down_and_a_route_of_others_are_problems(page, browser_of, desk_to_ops, stranger):
    unreachable(desk_to_ops.source)

    assert problem(page.get(f"/api/routes/{desk_to_ops.pk}/tickets"))["status"] == 502
    assert problem(browser_of(stranger).get(f"/api/routes/{desk_to_ops.pk}/tickets"))["status"] == 404


def test_a_file_is_kept_cleaned_and_once_and_suggests_what_it_tells(page, draft: Handoff):
    secret = LOG + b"password=hunter2hunter2\n"

    kept = upload(page, f"handoffs/{draft.pk}/files", secret, item="d1", **{"Idempotency-Key": "k"})
    again = upload(page, f"handoffs/{draft.pk}/files", secret, item="d1", **{"Idempotency-Key": "k"})
    other = upload(page, f"handoffs/{draft.pk}/files", LOG, item="d1", **{"Idempotency-Key": "k"})
    renamed = upload(page, f"handoffs/{draft.pk}/files", secret, name="b.log", **{"Idempotency-Key": "k"})

    assert (kept.status_code, again.json()) == (201, kept.json())
    assert (other.status_code, renamed.status_code) == (422, 422)
    assert draft.attachments.count() == 1
    file = kept.json()
    assert (file["name"], file["item"], file["removed"]) == ("gateway.log", "d1", False)
    assert file["stripped"]
    bytes_ = page.get(f"/api/handoffs/{draft.pk}/files/{file['id']}/bytes")
    assert b"hunter2" not in bytes_.content
    assert b"ERR_FAILED" in bytes_.content
    assert bytes_["Content-Type"] == "application/octet-stream"
    assert bytes_["Content-Disposition"] == "attachment; filename*=UTF-8''gateway.log"
    assert bytes_["Content-Security-Policy"].startswith("sandbox")
    lines = page.get(f"/api/handoffs/{draft.pk}/draft").json()["diagnostics"]
    assert any(each["origin"] == "found" and "gateway.log" in each["check"] for each in lines)


def test_a_file_is_taken_away_and_put_back_and_shows_another_line(page, draft: Handoff):
    file = upload(page, f"handoffs/{draft.pk}/files", picture(), name="screen.png").json()
    address = f"handoffs/{draft.pk}/files/{file['id']}"

    moved = press(page, address, {"item": "f1", "removed": True}).json()
    listed = page.get(f"/api/handoffs/{draft.pk}/files").json()
    back = press(page, address, {"removed": False}).json()

    assert (moved["item"], moved["removed"], listed) == ("f1", True, [])
    assert (back["item"], back["removed"]) == ("f1", False)
    assert page.get(f"/api/{address}").json() == back
    assert problem(press(page, address, {"item": "nothing"}))["errors"] == {
        "item": ["The draft has no such line."]
    }


@pytest.mark.parametrize(
    ("body", "name", "status"),
    [
        (b"", "empty.txt", 422),
        (b"MZ\x90\x00\x03", "a.exe", 422),
        (b"x" * (10 * 1024 * 1024 + 1), "a.txt", 413),
    ],
    ids=["empty", "program", "large"],
)
def test_what_the_form_would_refuse_is_refused_in_words(page, draft: Handoff, body, name, status):
    found = problem(upload(page, f"handoffs/{draft.pk}/files", body, name=name))

    assert found["status"] == status
    assert found["detail"]
    assert not draft.attachments.exists()


def test_a_file_needs_its_name_its_kind_and_a_draft_of_ones_own(page, browser_of, author, teammate, draft):
    assert problem(upload(page, f"handoffs/{draft.pk}/files", LOG, name=""))["errors"].keys() == {"name"}
    assert problem(press(page, f"handoffs/{draft.pk}/files?name=a", {}))["status"] == 415
    assert problem(upload(browser_of(teammate), f"handoffs/{draft.pk}/files", LOG))["status"] == 404
    confirmed(draft, by=author)
    assert problem(upload(page, f"handoffs/{draft.pk}/files", LOG))["status"] == 404


def test_a_team_is_asked_first_answers_and_the_draft_gains_the_answer(
    page, receiver, stranger, draft: Handoff, desk_to_ops: Route
):
    ops = program(receiver)
    question = {"route": desk_to_ops.pk, "question": "Is the gateway yours?"}

    asked = press(page, f"handoffs/{draft.pk}/consults", question)
    number = asked.json()["id"]
    seen = ops.get("/api/consults").json()["results"]
    answered = press(ops, f"consults/{number}/answer", {"answer": "Yes, since May."})
    over = press(page, f"consults/{number}/hand-over")

    assert asked.status_code == 201
    assert asked.json()["state"]["summary"] == draft.summary
    assert [each["id"] for each in seen] == [number]
    assert answered.json()["answer"] == "Yes, since May."
    assert over.json()["outcome"] == "escalated"
    facts = page.get(f"/api/handoffs/{draft.pk}/draft").json()["facts"]
    assert any("Yes, since May." in each["statement"] for each in facts)
    assert page.get(f"/api/consults/{number}").json()["answered_by"] == receiver.username
    assert problem(program(stranger).get(f"/api/consults/{number}"))["status"] == 404
    assert program(stranger).get("/api/consults").json()["results"] == []


def test_a_question_is_settled_by_who_asked_it_alone(page, receiver, draft: Handoff, desk_to_ops: Route):
    said = {"route": desk_to_ops.pk, "question": "Known?"}
    number = press(page, f"handoffs/{draft.pk}/consults", said).json()["id"]

    assert press(program(receiver), f"consults/{number}/settle").status_code == 404
    assert press(page, f"consults/{number}/answer", {"answer": "I know"}).status_code == 404
    settled = press(page, f"consults/{number}/settle")

    assert settled.json()["outcome"] == "settled"
    assert Handoff.objects.get(pk=draft.pk).status == "discarded"
    assert problem(press(program(receiver), f"consults/{number}/answer", {"answer": "Yes"}))["status"] == 409
    assert problem(press(page, f"handoffs/{draft.pk}/consults", said))["status"] == 404


def test_only_a_team_that_one_hands_off_to_is_asked(page, draft: Handoff):
    found = problem(press(page, f"handoffs/{draft.pk}/consults", {"route": 999_999, "question": "?"}))

    assert found["errors"] == {"route": ["You hand off on no such route."]}
    assert not Consult.objects.exists()


def test_a_correction_is_opened_filled_in_looked_at_and_sent_once(page, receiver, sent: Handoff):
    begun = press(page, f"handoffs/{sent.pk}/amendments")
    number, state = begun.json()["number"], begun.json()
    address = f"handoffs/{sent.pk}/amendments/{number}"
    state["facts"].append({"statement": "It fails on the VPN too", "standing": "confirmed"})
    body = {key: state[key] for key in WRITTEN}

    saved = page.put(
        f"/api/{address}", body, content_type="application/json", headers={"If-Match": begun["ETag"]}
    )
    stale = page.put(
        f"/api/{address}", body, content_type="application/json", headers={"If-Match": begun["ETag"]}
    )
    unseen = page.put(f"/api/{address}", body, content_type="application/json")
    file = upload(page, f"{address}/files", LOG)
    looked = page.get(f"/api/{address}").json()
    old = press(page, f"{address}/send", {"fingerprint": saved.json()["fingerprint"]})
    gone = press(page, f"{address}/send", {"fingerprint": looked["fingerprint"]}, **{"Idempotency-Key": "k"})
    again = press(page, f"{address}/send", {"fingerprint": looked["fingerprint"]}, **{"Idempotency-Key": "k"})

    assert (begun.status_code, saved.status_code, file.status_code) == (201, 200, 201)
    assert (stale.status_code, unseen.status_code) == (412, 428)
    assert "It fails on the VPN too" in looked["text"]
    assert "gateway.log" in looked["text"]
    assert old.status_code == 409  # the file came after the look
    assert (gone.status_code, again.json()) == (200, gone.json())
    assert Entry.objects.filter(handoff=sent, kind=Entry.Kind.AMENDED).count() == 1
    delivery = sent.amendments.get().delivery
    assert json.loads(bytes(delivery.body))["text"] == looked["text"]
    listed = program(receiver).get(f"/api/handoffs/{sent.pk}/amendments").json()
    assert [(each["number"], each["text"]) for each in listed] == [(number, looked["text"])]
    assert page.get(f"/api/{address}").status_code == 404


def test_an_open_correction_is_its_authors_alone_and_can_be_given_up(page, teammate, receiver, sent: Handoff):
    number = press(page, f"handoffs/{sent.pk}/amendments").json()["number"]
    address = f"handoffs/{sent.pk}/amendments/{number}"

    assert program(receiver).get(f"/api/handoffs/{sent.pk}/amendments").json() == []
    assert program(teammate).get(f"/api/{address}").status_code == 404
    assert press(program(teammate), f"handoffs/{sent.pk}/amendments").status_code == 409
    assert press(program(receiver), f"handoffs/{sent.pk}/amendments").status_code == 404
    nothing = page.get(f"/api/{address}").json()
    assert nothing["text"] == ""
    assert press(page, f"{address}/send", {"fingerprint": nothing["fingerprint"]}).status_code == 422
    assert press(page, f"{address}/drop").status_code == 200
    assert not sent.amendments.exists()


@pytest.mark.parametrize(
    ("path", "scope"),
    [
        ("handoffs/{draft}/files", Scope.WRITE),
        ("handoffs/{draft}/consults", Scope.SEND),
        ("handoffs/{sent}/amendments", Scope.WRITE),
        ("handoffs/{sent}/amendments/1/send", Scope.SEND),
        ("consults/1/answer", Scope.RECEIVE),
        ("consults/1/settle", Scope.WRITE),
    ],
)
def test_a_token_needs_the_scope(author, desk_to_ops, path, scope):
    draft, sent = (builders.handoff(route=desk_to_ops, author=author) for _ in range(2))
    others = [each for each in Scope if each != scope]

    found = problem(press(program(author, *others), path.format(draft=draft.pk, sent=sent.pk), {}))

    assert found["status"] == 403


def test_the_audit_names_who_sent_and_who_looked(page, author, draft: Handoff, desk_to_ops: Route):
    file = upload(page, f"handoffs/{draft.pk}/files", LOG).json()
    page.get(f"/api/handoffs/{draft.pk}/files/{file['id']}/bytes")
    press(page, f"handoffs/{draft.pk}/consults", {"route": desk_to_ops.pk, "question": "Yours?"})

    did = set(AuditLine.objects.filter(user=author).values_list("page", "did"))
    assert {("api_files", "changed"), ("api_file_bytes", "saw"), ("api_ask_first", "sent")} <= did


WRITTEN = (
    *("summary", "ask", "facts", "diagnostics", "remediation"),
    *("hypothesis", "business", "availability"),
)
