"""Files come with a correction: cleaned, named in its note, sent behind it, and seen by nobody before."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from escalation.models import Amendment, Attachment, Delivery, Handoff
from tests.pages.capturing.test_files import picture
from tests.pages.posting import fields_in

pytestmark = pytest.mark.django_db

WORD = "hunter2-" + "Winter26!"
LOG = f"ERROR pool exhausted\npassword: {WORD}\n".encode()


@pytest.fixture
def address(page, sent) -> str:
    """The page of an open correction."""
    answer = page.post(f"/handoffs/{sent.pk}/amend")
    assert answer.status_code == 302
    return answer["Location"]


def press(page, address: str, do: str, *files: tuple[str, bytes]) -> str:
    fields = fields_in(page.get(address).content.decode())
    given = [SimpleUploadedFile(name, body) for name, body in files]
    return page.post(address, fields | {"do": do, "files": given}, follow=True).content.decode()


def files_owed() -> list[str]:
    return [bytes(each.body).decode() for each in Delivery.objects.filter(kind=Delivery.Kind.FILE)]


def test_a_file_is_cleaned_listed_and_named_in_the_note(page, address):
    html = press(page, address, "add_files", ("gw.log", LOG), ("screen.png", picture("PNG")))

    assert WORD.encode() not in Attachment.objects.get(name="gw.log").body
    assert "taken out: 1 private: password" in html
    assert "+ screen.png (" in html
    assert files_owed() == []


def test_sent_it_follows_the_note_to_the_record_and_stays_with_the_handoff(page, address, sent):
    press(page, address, "add_files", ("gw.log", LOG))
    press(page, address, "send")

    (owed,) = files_owed()
    assert "gw.log" in owed
    (note,) = [
        each for each in Delivery.objects.filter(kind=Delivery.Kind.NOTE) if b"gw.log" in bytes(each.body)
    ]
    assert note.position < Delivery.objects.get(kind=Delivery.Kind.FILE).position
    assert [each.name for each in sent.attachments.travelling()] == ["gw.log"]
    assert Amendment.objects.get().sent_at is not None


def test_until_then_it_is_its_authors_alone(page, address, sent, browser_of, receiver):
    press(page, address, "add_files", ("gw.log", LOG))
    row = Attachment.objects.get()
    theirs = browser_of(receiver)

    assert not sent.attachments.travelling().exists()
    assert page.get(f"/handoffs/{sent.pk}/files/{row.pk}").status_code == 200
    assert theirs.get(f"/handoffs/{sent.pk}/files/{row.pk}").status_code == 404

    press(page, address, "send")

    assert theirs.get(f"/handoffs/{sent.pk}/files/{row.pk}").status_code == 200


def test_it_goes_by_one_press_or_with_the_correction_that_is_given_up(page, address):
    press(page, address, "add_files", ("gw.log", LOG), ("b.png", picture("PNG")))
    row = Attachment.objects.get(name="b.png")

    press(page, address, f"remove_file:{row.pk}")
    assert [each.name for each in Attachment.objects.all()] == ["gw.log"]

    press(page, address, "drop")
    assert not Attachment.objects.exists()
    assert Handoff.objects.get().status == "delivered"


def test_what_was_sent_before_cannot_be_removed_by_a_correction(page, address, sent):
    press(page, address, "add_files", ("gw.log", LOG))
    press(page, address, "send")
    row = Attachment.objects.get()
    again = page.post(f"/handoffs/{sent.pk}/amend")["Location"]

    press(page, again, f"remove_file:{row.pk}")

    assert Attachment.objects.get() == row


def test_a_file_added_after_the_look_is_not_sent_unseen(page, address):
    fields = fields_in(page.get(address).content.decode())
    press(page, address, "add_files", ("gw.log", LOG))
    row = Amendment.objects.get()

    html = page.post(address, fields | {"do": "send", "revision": str(row.revision)}).content.decode()

    assert "changed since you looked at it" in html
    assert files_owed() == []


def test_a_refused_file_says_why_and_what_was_typed_stays(page, address):
    html = press(page, address, "add_files", ("tool.exe", b"MZ\x00"))

    assert "neither a picture, a text nor" in html
    assert not Attachment.objects.exists()
