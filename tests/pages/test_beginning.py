"""Coming in, and beginning a handoff from a ticket, a paste or a link."""

import re

import pytest
from django.test import Client

from escalation.capture.draft import discard
from escalation.models import Connection, Handoff, Receipt
from escalation.outbox.owe import Note, owe_note
from escalation.practice import credentials
from escalation.practice.adapter import PracticeAdapter
from escalation.practice.tool import Plan, build
from tests import builders

pytestmark = pytest.mark.django_db

CHAT = "Priya Raman: the finance dashboard is down since Saturday, ERR_FAILED at finance-dash.example.com"


@pytest.fixture
def zendesk(desk_to_ops, monkeypatch):
    """The route's source, answered by the practice Zendesk with its whole world, without a socket."""
    tool = build("zendesk", Plan(clock=lambda: builders.NOW, send=lambda *_: 200, say=lambda _: None))
    source = desk_to_ops.source
    source.base_url = "https://acme.zendesk.com"
    source.keep_credentials(
        {
            "scheme": "basic",
            "user": f"{credentials.ZENDESK_INTEGRATION_EMAIL}/token",
            "password": credentials.ZENDESK_API_TOKEN,
        }
    )
    source.save()
    open_door = Connection.door

    def door(connection):
        opened = open_door(connection)
        opened.session.mount("https://", PracticeAdapter(tool.application))
        return opened

    monkeypatch.setattr(Connection, "door", door)
    yield source
    tool.close()


def unreachable(connection: Connection) -> None:
    """Nothing listens there."""
    connection.base_url, connection.allow_private = "https://127.0.0.1:9", True
    connection.save()


def test_one_click_logs_in_as_a_practice_account(desk_to_ops):
    builders.person("level-one", team=desk_to_ops.sender)
    browser = Client()

    html = browser.get("/login").content.decode()
    answer = browser.post("/login/practice/level-one")

    assert "/login/practice/level-one" in html
    assert answer["Location"] == "/"
    assert browser.get("/desk").status_code == 200


@pytest.mark.parametrize("username", ["lena", "owner", "root"])
def test_one_click_opens_no_other_account(desk_to_ops, author, username):
    assert Client().post(f"/login/practice/{username}").status_code == 404


def test_outside_practice_the_one_click_address_does_not_exist(desk_to_ops, settings):
    builders.person("level-one", team=desk_to_ops.sender)
    settings.PRACTICE = False

    assert Client().post("/login/practice/level-one").status_code == 404


def test_the_way_back_after_log_in_stays_within_the_installation(desk_to_ops):
    builders.person("level-one", team=desk_to_ops.sender)

    answer = Client().post("/login/practice/level-one", {"next": "https://evil.example/"})

    assert answer["Location"] == "/"


def test_light_or_dark_is_kept(page, draft):
    page.post("/theme", {"theme": "dark", "next": "/desk"})
    assert 'data-bs-theme="dark"' in page.get("/desk").content.decode()

    page.post("/theme", {"theme": "<script>"})
    assert 'data-bs-theme="dark"' in page.get("/desk").content.decode()


@pytest.mark.parametrize("wanted", ["0", "desk", "", "//elsewhere.example", "https://elsewhere.example/"])
def test_what_is_no_page_of_ours_leads_to_the_first_one(page, wanted):
    answer = page.post("/theme", {"theme": "dark", "next": wanted})

    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_a_paste_becomes_a_draft_with_the_form_open(page, desk_to_ops):
    answer = page.post("/start", {"route": desk_to_ops.pk, "text": CHAT})

    handoff = Handoff.objects.get()
    assert answer["Location"] == f"/handoffs/{handoff.pk}/edit"
    html = page.get(answer["Location"]).content.decode()
    assert "finance-dash.example.com" in html


def test_nothing_pasted_is_said_and_what_was_typed_stays(page, desk_to_ops):
    answer = page.post("/start", {"route": desk_to_ops.pk, "ticket": "the one from yesterday", "text": "hm"})

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "the one from yesterday" in html
    assert "neither a ticket" in html


def test_a_link_from_the_tool_only_asks(page, desk_to_ops):
    html = page.get("/start?ticket=1003").content.decode()

    assert "ticket <strong>1003</strong>" in html
    assert not Handoff.objects.exists()


def test_nobody_begins_on_a_route_of_another_team(browser_of, desk_to_ops):
    other = builders.Team.objects.create(name="Elsewhere")
    outsider = builders.person("olga", team=other)

    answer = browser_of(outsider).post("/start", {"route": desk_to_ops.pk, "text": CHAT})

    assert answer.status_code == 422
    assert not Handoff.objects.exists()


def test_a_tool_that_is_down_is_a_sentence_with_a_way_on(page, desk_to_ops):
    unreachable(desk_to_ops.source)

    shown = page.get(f"/desk/tickets/{desk_to_ops.pk}").content.decode()
    begun = page.post("/start", {"route": desk_to_ops.pk, "ticket": "1003"})

    assert "cannot be read just now" in shown
    assert "Try again" in shown
    assert begun.status_code == 422
    assert not Handoff.objects.exists()


def test_the_desk_does_not_wait_for_the_tool(page, desk_to_ops):
    unreachable(desk_to_ops.source)

    answer = page.get("/desk")

    assert answer.status_code == 200
    assert f'hx-get="/desk/tickets/{desk_to_ops.pk}"' in answer.content.decode()


def test_open_tickets_are_listed_and_one_press_begins(page, zendesk, desk_to_ops):
    fragment = page.get(f"/desk/tickets/{desk_to_ops.pk}", headers={"HX-Request": "true"})
    html = fragment.content.decode()
    reference = re.findall(r'name="ticket" value="([^"]+)"', html[html.index("inance dashboard") :])[0]

    answer = page.post("/start", {"route": desk_to_ops.pk, "ticket": reference})
    again = page.post("/start", {"route": desk_to_ops.pk, "ticket": reference})

    form = page.get(answer["Location"]).content.decode()
    assert "<html" not in html
    assert "Escalate" in html
    assert again["Location"] == answer["Location"]  # the draft that is there already
    assert 'class="line found"' in form
    assert 'id="conversation"' in form


def test_a_call_begins_with_an_empty_form(page: Client, desk_to_ops):
    offered = page.get("/desk").content.decode()
    answer = page.post("/start", {"route": desk_to_ops.pk, "text": "", "blank": "1"})

    assert "Begin with an empty form" in offered
    handoff = Handoff.objects.get()
    assert answer["Location"] == f"/handoffs/{handoff.pk}/edit"
    html = page.get(answer["Location"]).content.decode()
    assert re.search(r"<textarea[^>]*name=\"summary\"[^>]*autofocus", html)
    assert "accept-all" not in html


def test_somebody_else_cannot_begin_on_a_route_of_others(browser_of, stranger, desk_to_ops):
    answer = browser_of(stranger).post("/start", {"route": desk_to_ops.pk, "blank": "1"})

    assert answer.status_code == 404
    assert not Handoff.objects.exists()


def test_what_baton_wrote_on_the_ticket_itself_is_not_suggested(page, zendesk, desk_to_ops, author):
    page.post("/start", {"route": desk_to_ops.pk, "ticket": "35436"})
    first = Handoff.objects.get()
    notes = {each["reference"] for each in first.conversation["messages"] if each["tool"] == "zendesk"}
    proven = owe_note(
        handoff=first,
        connection=zendesk,
        note=Note(remote_id=first.source_reference, text="Identified"),
        now=builders.NOW,
    )
    Receipt.objects.create(
        delivery=proven,
        remote_id=first.source_reference,
        note_ids=sorted(notes),
        received_at=builders.NOW,
    )
    discard(handoff=first, by=author, now=builders.NOW)

    page.post("/start", {"route": desk_to_ops.pk, "ticket": "35436"})

    second = Handoff.objects.exclude(pk=first.pk).get()
    quoted = {
        evidence["reference"]
        for part in ("facts", "diagnostics", "business")
        for item in second.state[part]
        for evidence in item["evidence"]
    }
    assert quoted.isdisjoint(notes)
    assert notes <= {each["reference"] for each in second.conversation["messages"]}


def test_one_sentence_is_suggested_once(page: Client, zendesk, desk_to_ops):
    page.post("/start", {"route": desk_to_ops.pk, "ticket": "35436"})

    state = Handoff.objects.get().state
    facts = [item["evidence"][0]["quote"] for item in state["facts"]]
    others = [item["evidence"][0]["quote"] for part in ("business", "hypothesis") for item in state[part]]
    assert facts
    assert others
    assert set(facts).isdisjoint(others)
    assert state["ask"] not in facts


def test_a_link_from_a_ticket_says_by_itself_on_which_route(page, desk_to_ops):
    jira = builders.connection("jira", base_url="https://acme.atlassian.net")
    other = builders.route(name="A first route", source=jira, target=desk_to_ops.target)
    desk_to_ops.source.base_url = "https://acme.zendesk.com"
    desk_to_ops.source.save()

    def chosen(address):
        html = page.get("/start", {"source": address}).content.decode()
        return re.search(r'<option value="([^"]+)" selected>', html)[1], address in html

    assert chosen("https://acme.zendesk.com/agent/tickets/1003") == (desk_to_ops.name, True)
    assert chosen("https://acme.atlassian.net/browse/OPS-7") == (other.name, True)
    assert page.get("/start", {"source": "https://[half"}).status_code == 200


def test_a_bookmark_begins_from_the_page_that_is_open(page, settings):
    html = page.get("/start").content.decode()

    assert f"javascript:void(open(&#x27;{settings.PUBLIC_URL}/start?source=&#x27;" in html
    assert 'href="javascript:' not in html
