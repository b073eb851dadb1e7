"""A handoff leaves as a file and comes in as a draft, also where the file is hostile."""

import json
import re
from dataclasses import replace
from html import unescape
from typing import Any
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from escalation.capture.draft import state_of
from escalation.knowledge.state import Fact
from escalation.knowledge.words import Origin
from escalation.models import Delivery, Handoff
from tests import builders
from tests.pages.posting import confirmed, note

pytestmark = pytest.mark.django_db


def packed(page, sent, profile: str = "") -> Any:
    return json.loads(page.get(f"/handoffs/{sent.pk}/capsule.json{profile}").content)


def bring(page, route, values: Any) -> Any:
    body = values if isinstance(values, bytes) else json.dumps(values).encode()
    file = SimpleUploadedFile("capsule.json", body, content_type="application/json")
    return page.post("/start/capsule", {"route": route.pk, "capsule": file}, follow=True)


def drafts() -> list[Handoff]:
    return list(Handoff.objects.filter(status="draft"))


def test_a_capsule_becomes_a_draft_that_inherits_everything(page, sent):
    answer = bring(page, sent.route, packed(page, sent))

    (draft,) = drafts()
    there, here = state_of(sent), state_of(draft)
    assert answer.redirect_chain[-1][0] == f"/handoffs/{draft.pk}/edit"
    assert [item.id for _, item in here.items()] == [item.id for _, item in there.items()]
    assert {item.origin for _, item in here.items()} == {Origin.INHERITED}
    assert here.ask == there.ask


def test_the_ticket_of_a_capsule_is_never_written_to(page, sent):
    bring(page, sent.route, packed(page, sent))

    (draft,) = drafts()
    assert draft.source_reference == ""
    assert state_of(draft).source.reference == ""
    assert page.get(f"/handoffs/{draft.pk}/review").status_code == 200
    assert not Delivery.objects.filter(handoff=draft).exists()


def test_the_files_are_named_after_the_record(page, sent):
    for ending in ("json", "md"):
        answer = page.get(f"/handoffs/{sent.pk}/capsule.{ending}")
        assert answer["Content-Disposition"] == f'attachment; filename="baton-INC0012345.{ending}"'


def test_the_sheet_shows_words_as_words(page, sent):
    note(sent, "<script>alert(1)</script>")

    html = page.get(f"/handoffs/{sent.pk}/capsule").content.decode()

    assert "<script>alert" not in html
    assert "UNPROVEN" in html


def test_a_vendor_gets_the_case_and_not_the_people(page, author, desk_to_ops):
    scene = builders.scene()
    told = (
        *scene.facts,
        Fact(id="f9", statement="Priya Raman (@priya.raman) and Ms. Raman see it, Tomás's phone too"),
        Fact(id="f10", statement="lena@example.com wrote, npm i dash@2.4.1 fails in America/New_York"),
    )
    said = replace(scene.availability[0], words="Priya is on Slack (@priya) 08:00-17:00 Eastern")
    state = replace(scene, facts=told, availability=(said,), summary="Finance dashboard of Priya: CORS error")
    handoff = confirmed(builders.handoff(route=desk_to_ops, author=author, state=state), by=author)
    note(handoff, "Internal: ask Tomás")

    text = json.dumps(packed(page, handoff, "?for=vendor"), ensure_ascii=False)
    html = page.get(f"/handoffs/{handoff.pk}/capsule?for=vendor").content.decode()

    for name in ("Priya", "Raman", "@priya", "lena@", "Lena", "example.com/agent"):
        assert name not in text
    assert "Priya" not in html
    assert {"dash@2.4.1", "America/New_York", "Eastern"} <= set(re.findall(r"[\w@./]+\w", text))
    assert "CORS" in text
    assert "Read it before you send it" in html


def test_strangers_get_no_capsule(browser_of, sent, stranger):
    addresses = ("capsule", "capsule.json", "capsule.md")

    assert {browser_of(stranger).get(f"/handoffs/{sent.pk}/{each}").status_code for each in addresses} == {
        404
    }


def test_a_route_of_others_cannot_be_used(browser_of, page, sent, stranger):
    values = packed(page, sent)

    assert browser_of(stranger).post("/start/capsule", {"route": sent.route.pk}).status_code == 404
    assert bring(page, type("R", (), {"pk": 9999}), values).status_code == 404


def hostile(page, sent, change) -> Any:
    values = packed(page, sent)
    change(values["state"])
    return values


@pytest.mark.parametrize(
    "change",
    [
        lambda state: state["facts"].append(state["facts"][0]),
        lambda state: state["facts"][0].update(id="x" * 65),
        lambda state: state["facts"][0].update(statement="nul \x00 sign"),
        lambda state: state["availability"][0]["windows"][0].update(zone="Mars/Olympus"),
        lambda state: state["availability"][0]["windows"][0].update(zone="../../etc/passwd"),
        lambda state: state["availability"][0]["windows"][0].update(weekdays=[9]),
        lambda state: state["diagnostics"][0]["when"].update(at="2026-11-23T14:20:00"),
        lambda state: state.update(
            facts=[{"id": f"f{n}", "statement": "x", "origin": "typed"} for n in range(501)]
        ),
    ],
)
def test_a_file_that_could_trip_a_page_is_refused_whole(page, sent, change):
    answer = bring(page, sent.route, hostile(page, sent, change))

    assert "The capsule was not taken." in answer.content.decode()
    assert drafts() == []


@pytest.mark.parametrize("body", [b"", b"{", b"[" * 100_000, b"x" * 1_000_001, b"\xff\xfe"])
def test_what_is_no_json_is_said(page, sent, body):
    assert "The capsule was not taken." in bring(page, sent.route, body).content.decode()
    assert drafts() == []


@pytest.mark.parametrize("sign", ["\\ud800", "\\u0000"])
@pytest.mark.parametrize("where", ["summary", "cause", "unknown name"])
def test_a_capsule_with_a_sign_that_is_none_is_refused_whole(page, sent, sign, where):
    values = packed(page, sent)
    part = values["journey"] if where == "cause" else values["state"]
    part["SIGN" if where == "unknown name" else where] = "SIGN"

    answer = bring(page, sent.route, json.dumps(values).replace("SIGN", sign).encode())

    assert "A text holds a sign that is none" in answer.content.decode()
    assert drafts() == []


def test_a_mail_begins_with_the_text_and_says_where_it_was_cut(page, sent):
    def mail_of(query: str = "") -> str:
        html = page.get(f"/handoffs/{sent.pk}/capsule{query}").content.decode()
        found = re.search(r'href="(mailto:[^"]+)"', html)
        assert found
        return unescape(found[1])

    whole, for_vendor = mail_of(), mail_of("?for=vendor")

    subject, _, body = unquote(whole).removeprefix("mailto:?subject=").partition("&body=")
    assert subject == sent.summary
    assert body.startswith("# Finance dashboard")
    assert "## Validated facts" in body
    assert "attach it" in body
    assert len(whole) < 2_000
    assert "Priya" not in unquote(for_vendor)
