"""Files of the ticket on the form: seen, taken by one press, looked into like uploads, refused in words."""

import json
from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

import pytest
from django.test import Client

from escalation.capture.draft import state_of
from escalation.models import Attachment, Delivery, Handoff, Receipt
from escalation.tools.contract import Sent
from escalation.tools.zendesk import files
from tests import builders
from tests.core.extraction.test_har import TOKEN, entry, har
from tests.database import real
from tests.database.real import Site
from tests.pages.capturing.test_files import picture
from tests.pages.posting import press

pytestmark = pytest.mark.django_db
VIRUS = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    site = real.open_site(monkeypatch, name="zendesk")
    yield site
    site.practice.close()


@pytest.fixture
def draft(site: Site) -> Handoff:
    """A draft from a ticket in the practice Zendesk, which holds nothing yet."""
    source = real.desk()
    said = {"ticket": {"subject": "White page", "comment": {"body": "See the pictures.", "public": True}}}
    made = source.door().session.ask("POST", f"{real.ZENDESK}/api/v2/tickets.json", body=said)
    route = builders.route(source=source)
    author = builders.person("lena", team=route.sender)
    number = str(made.json["ticket"]["id"])
    return builders.handoff(route=route, author=author, source_reference=number, source_number=f"#{number}")


@pytest.fixture
def page(draft: Handoff) -> Client:
    browser = Client()
    browser.force_login(draft.author)
    return browser


def put(draft: Handoff, name: str, body: bytes, content_type: str = "text/plain") -> str:
    """Somebody adds a file to the ticket; returns its id there."""
    sent = Sent(name=name, content_type=content_type, body=body)
    door = draft.route.source.door()
    return files.attach(door, remote_id=draft.source_reference, sent=sent, key="ab" * 16).note_ids[-1]


def listed(page: Client, draft: Handoff) -> str:
    return page.get(f"/handoffs/{draft.pk}/files/offered").content.decode()


def take(page: Client, draft: Handoff, do: str) -> str:
    answer = press(page, draft, do)
    assert answer.status_code == 302
    return page.get(answer.url).content.decode()


def test_the_form_asks_no_tool_and_the_list_names_size_and_kind(page, draft, site):
    put(draft, "white-page.png", picture("PNG"), "image/png")
    put(draft, "portal.har", har(entry()), "application/json")
    site.practice.faults.add({"status": 503, "times": 0})
    form = page.get(f"/handoffs/{draft.pk}/edit").content.decode()
    assert f'hx-get="/handoffs/{draft.pk}/files/offered"' in form
    assert 'value="look_for_files"' in form

    site.practice.faults.clear()
    html = listed(page, draft)

    assert "white-page.png" in html
    assert "picture · " in html
    assert "browser recording · " in html
    assert "Take all 2" in html
    assert "hx-trigger" not in html


def test_one_press_takes_a_recording_without_its_secrets_and_suggests_what_it_tells(page, draft):
    number = put(draft, "portal.har", har(entry(), entry()), "application/octet-stream")
    listed(page, draft)

    html = take(page, draft, f"take_offered:{number}")

    row = Attachment.objects.get(handoff=draft)
    assert (row.name, row.content_type, row.remote_id) == ("portal.har", "application/har+json", number)
    assert row.seen_in == draft.route.source
    assert TOKEN.encode() not in row.body
    draft.refresh_from_db()
    assert state_of(draft).diagnostics[-1].observation == "503 Service Unavailable (2 times)"
    assert "Taken from the ticket: portal.har." in html
    assert "1 suggestion from it waits" in html
    assert f"take_offered:{number}" not in html


def test_all_are_taken_at_once_none_twice_and_one_taken_away_is_offered_again(page, draft):
    number = put(draft, "screen.jpeg", picture(), "image/jpeg")
    put(draft, "gw.log", b"INFO start\nERROR pool exhausted\n")
    listed(page, draft)

    take(page, draft, "take_all_offered")
    take(page, draft, "take_all_offered")
    row = Attachment.objects.get(handoff=draft, remote_id=number)
    html = take(page, draft, f"remove_file:{row.pk}")
    assert f"take_offered:{number}" in html
    take(page, draft, f"take_offered:{number}")

    assert b"home-address-secret" not in row.body
    assert sorted(each.name for each in draft.attachments.travelling()) == ["gw.log", "screen.jpg"]
    assert Attachment.objects.filter(handoff=draft).count() == 2


def test_with_script_off_a_button_looks_and_looks_again(page, draft):
    html = take(page, draft, "look_for_files")
    assert f"No files on #{draft.source_reference}." in html

    put(draft, "late.log", b"ERROR late\n")
    assert "late.log" in take(page, draft, "look_for_files")


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (("eicar.txt", VIRUS), "The tool found malware in it."),
        (("dump.log", b"x" * (10 * 1024 * 1024 + 1)), "More than 10 MB"),
        (("setup.exe", b"MZ\x00", "application/x-msdownload"), "cannot look into this kind"),
    ],
    ids=["malware", "too large", "unknown kind"],
)
def test_what_cannot_be_taken_says_why_and_has_no_button(page, draft, file, sentence):
    number = put(draft, *file)

    html = listed(page, draft)
    assert sentence in html
    assert f"take_offered:{number}" not in html
    take(page, draft, f"take_offered:{number}")

    assert not Attachment.objects.filter(handoff=draft).exists()


def test_what_the_tool_is_still_scanning_is_taken_later(page, draft, monkeypatch):
    number, plain = put(draft, "app.log", b"ERROR FD-4031"), files.files
    listed(page, draft)

    def scanning(door, *, remote_id):
        return tuple(replace(each, waiting=True) for each in plain(door, remote_id=remote_id))

    monkeypatch.setattr(files, "files", scanning)
    assert "still being looked through for malware" in take(page, draft, f"take_offered:{number}")
    html = take(page, draft, "look_for_files")
    assert "still looking for malware in it" in html
    assert f"take_offered:{number}" not in html
    assert not Attachment.objects.filter(handoff=draft).exists()

    monkeypatch.setattr(files, "files", plain)
    take(page, draft, "look_for_files")
    take(page, draft, f"take_offered:{number}")
    assert Attachment.objects.filter(handoff=draft).count() == 1


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ({"path": "/attachments/*", "status": 403}, "could not be fetched"),
        ({"path": "/attachments/*", "status": 503, "retry_after": 9}, "could not be fetched"),
        ({"path": "/attachments/*", "html": True}, "came a web page, as to somebody who is not logged in"),
        ({"path": "/api/v2/tickets/*/comments*", "status": 503, "times": 2}, "Nothing was taken"),
    ],
    ids=["forbidden", "busy", "log-in page", "ticket away"],
)
def test_a_file_that_cannot_be_had_says_why_and_the_form_is_saved(page, draft, site, fault, sentence):
    number = put(draft, "gw.log", b"ERROR pool exhausted\n")
    listed(page, draft)
    site.practice.faults.add(fault)

    answer = press(page, draft, f"take_offered:{number}", ask="Who holds the gateway?")
    html = page.get(answer.url).content.decode()

    assert sentence in html
    assert f"take_offered:{number}" in html
    assert "Who holds the gateway?" in html
    assert not Attachment.objects.filter(handoff=draft).exists()


def test_a_tool_that_is_away_is_named_and_asked_again_on_a_press(page, draft, site):
    put(draft, "gw.log", b"ERROR pool exhausted\n")
    site.practice.faults.add({"path": "/api/v2/tickets/*/comments*", "status": 503, "times": 2})

    html = listed(page, draft)
    assert "did not say which files are on" in html
    assert "Try again" in html

    assert "gw.log" in take(page, draft, "look_for_files")


def test_the_kept_list_holds_no_address(page, draft):
    put(draft, "gw.log", b"ERROR pool exhausted\n")
    listed(page, draft)

    draft.refresh_from_db()

    assert "token" not in json.dumps(draft.offered_files)
    assert "http" not in json.dumps(draft.offered_files)


def test_what_baton_put_on_the_record_itself_is_not_offered(page, draft):
    number = put(draft, "inherited.log", b"ERROR pool exhausted\n")
    put(draft, "new.log", b"ERROR again\n")
    earlier = builders.handoff(route=draft.route, author=draft.author)
    delivery = Delivery.objects.create(
        handoff=earlier,
        connection=draft.route.source,
        kind=Delivery.Kind.FILE,
        id=UUID("cd" * 16),
        position=1,
        body=b"",
        created_at=builders.NOW,
        not_before=builders.NOW,
    )
    Receipt.objects.create(
        delivery=delivery,
        remote_id=draft.source_reference,
        note_ids=[number],
        received_at=builders.NOW,
    )

    html = listed(page, draft)

    assert "new.log" in html
    assert "inherited.log" not in html


def test_without_a_ticket_there_is_nothing_to_look_at(page, draft):
    Handoff.objects.filter(pk=draft.pk).update(source_reference="")

    assert listed(page, draft).strip() == ""
    assert 'id="offered"' not in page.get(f"/handoffs/{draft.pk}/edit").content.decode()
