"""Files on the form: looked into, cleaned, listed, removed and back, and given out only for saving."""

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from escalation.capture.draft import state_of
from escalation.models import Attachment
from tests.core.extraction.test_har import TOKEN, entry, har
from tests.pages.posting import fields_of

pytestmark = pytest.mark.django_db


def picture(kind: str = "JPEG", **options) -> bytes:
    """A picture that says where it was taken."""
    image = Image.new("RGB", (320, 200), "teal")
    exif = Image.Exif()
    exif[0x010E] = "taken at home-address-secret"
    out = io.BytesIO()
    image.save(out, kind, exif=exif, **options)
    return out.getvalue()


def add(page, draft, *files: tuple[str, bytes], **changes: str):
    given = [SimpleUploadedFile(name, body) for name, body in files]
    fields = fields_of(page, draft) | changes
    return page.post(
        f"/handoffs/{draft.pk}/edit", fields | {"do": "add_files", "files": given}, follow=True
    ).content.decode()


def test_a_screenshot_is_kept_without_what_its_camera_added(page, draft):
    html = add(page, draft, ("screen.jpeg", picture()))

    row = Attachment.objects.get(handoff=draft)
    assert (row.name, row.content_type) == ("screen.jpg", "image/jpeg")
    assert b"home-address-secret" not in row.body
    assert Image.open(io.BytesIO(row.body)).size == (320, 200)
    assert "taken out: everything but the picture" in html
    assert f"/files/{row.pk}/small" in html


def test_a_har_becomes_suggestions_and_is_kept_without_its_secrets(page, draft):
    html = add(page, draft, ("dash.har", har(entry(), entry())))

    row = Attachment.objects.get(handoff=draft)
    assert row.content_type == "application/har+json"
    assert TOKEN.encode() not in row.body
    assert b"secret" not in row.body
    found = state_of(draft).diagnostics[-1] if draft.refresh_from_db() is None else None
    assert found.observation == "503 Service Unavailable (2 times)"
    assert found.evidence[0].reference == "dash.har"
    assert found.origin == "found"
    assert "1 suggestion" in html


def test_a_log_is_masked_and_its_bad_lines_are_suggested_once(page, draft):
    word = "hunter2-" + "Winter26!"
    log = f"INFO start\nERROR pool exhausted\npassword: {word}\n".encode()
    add(page, draft, ("gw.log", log))
    add(page, draft, ("gw.log", log))

    first, second = Attachment.objects.filter(handoff=draft).order_by("added_at")
    draft.refresh_from_db()
    assert word.encode() not in first.body
    assert second.name == "gw (2).log"
    observed = [each.observation for each in state_of(draft).diagnostics]
    assert observed.count("ERROR pool exhausted") == 1


@pytest.mark.parametrize(
    ("name", "body", "sentence"),
    [
        ("tool.exe", b"MZ\x00\x01\x90", "neither a picture, a text nor"),
        ("screen.png", picture("PNG")[:60], "cannot be read as one"),
        (
            "dash.har",
            b'{"log": {"entries": ',
            "looks like a browser&#x27;s recording, but it is not readable",
        ),
        ("page.svg.zip", b"PK\x03\x04\x00\x00", "neither a picture, a text nor"),
    ],
)
def test_what_cannot_be_looked_into_is_refused_in_words_and_typed_words_stay(
    page, draft, name, body, sentence
):
    html = add(page, draft, (name, body), ask="Roll the gateway back")

    assert sentence in html
    assert not Attachment.objects.filter(handoff=draft).exists()
    assert "Roll the gateway back" in html


def test_one_bad_file_does_not_cost_the_others(page, draft):
    html = add(page, draft, ("a.exe", b"MZ\x00"), ("b.png", picture("PNG")))

    assert [each.name for each in Attachment.objects.filter(handoff=draft)] == ["b.png"]
    assert "neither a picture" in html


def test_a_file_is_evidence_of_the_line_it_was_dropped_on_or_that_is_chosen(page, draft):
    add(page, draft, ("b.png", picture("PNG")), files_for="d1")
    row = Attachment.objects.get(handoff=draft)
    assert row.item == "d1"

    fields = fields_of(page, draft) | {f"file-item-{row.pk}": "f2"}
    page.post(f"/handoffs/{draft.pk}/save", fields)
    row.refresh_from_db()
    assert row.item == "f2"


def test_a_removed_file_no_longer_travels_and_can_be_put_back(page, draft):
    add(page, draft, ("b.png", picture("PNG")))
    row = Attachment.objects.get(handoff=draft)
    fields = fields_of(page, draft)

    html = page.post(
        f"/handoffs/{draft.pk}/edit", fields | {"do": f"remove_file:{row.pk}"}, follow=True
    ).content.decode()
    assert f"put_file_back:{row.pk}" in html
    assert not draft.attachments.travelling()

    page.post(f"/handoffs/{draft.pk}/edit", fields_of(page, draft) | {"do": f"put_file_back:{row.pk}"})
    assert draft.attachments.travelling().get() == row


def test_a_file_is_given_out_for_saving_and_never_to_run(page, draft):
    add(page, draft, ("notes.txt", b"<script>alert(1)</script>"))
    row = Attachment.objects.get(handoff=draft)

    answer = page.get(f"/handoffs/{draft.pk}/files/{row.pk}")

    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert page.get(f"/handoffs/{draft.pk}/files/{row.pk}/small").status_code == 404


def test_a_strangers_file_does_not_exist(page, draft, browser_of, stranger, receiver):
    add(page, draft, ("b.png", picture("PNG")))
    row = Attachment.objects.get(handoff=draft)

    for somebody in (stranger, receiver):
        browser = browser_of(somebody)
        assert browser.get(f"/handoffs/{draft.pk}/files/{row.pk}").status_code == 404
        assert browser.get(f"/handoffs/{draft.pk}/files/{row.pk}/small").status_code == 404


def test_what_the_receiver_gets_names_the_file(page, draft):
    add(page, draft, ("dash.har", har(entry())))

    review = page.get(f"/handoffs/{draft.pk}/review").content.decode()

    assert "dash.har" in review
    assert json.loads(Attachment.objects.get(handoff=draft).body)["log"]["creator"]["name"] == "Baton"
