"""Secrets of more than thirty kinds in logs, recordings, pictures and names: none is kept or leaves."""

import io
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin

from escalation.capture.file_kinds import NotTaken, look_into
from escalation.models import Attachment, Delivery, Entry, Handoff, Snapshot
from tests.pages.capturing.test_files import picture
from tests.pages.capturing.test_seeded_secrets import SEEDED, confirm, leaked
from tests.pages.posting import fields_of

pytestmark = pytest.mark.django_db

SAID = [f"ERROR 2026-11-23T14:20:05Z {before}{secret}{after}" for _, before, secret, after in SEEDED]
LINES = "\n".join(SAID)
# A name holds no line break, and no folder.
SHORT = [row for row in SEEDED if not {"\n", "/"} & set("".join(row[1:]))]


def har() -> bytes:
    """A recording with every secret in each place that a recorder writes to."""
    entries = [_entry(before + secret + after, secret) for _, before, secret, after in SEEDED]
    log = {
        "version": "1.2",
        "creator": {"name": LINES, "version": LINES},
        "pages": [{"id": LINES, "title": LINES, "startedDateTime": LINES, "comment": LINES}],
        "entries": entries,
        "_consoleMessages": [{"level": "error", "text": b + s + a} for _, b, s, a in SEEDED],
        "comment": LINES,
    }
    return json.dumps({"log": log}).encode()


def _entry(words: str, secret: str) -> dict[str, Any]:
    header = [
        {"name": name, "value": words} for name in ("Authorization", "Cookie", "X-Key", "Via", "Server")
    ]
    message: dict[str, Any] = {
        "headers": header,
        "cookies": [{"name": "session", "value": secret}],
        "postData": {"text": words, "params": [{"name": "p", "value": secret}]},
        "content": {"text": words, "mimeType": words, "size": 1},
        "httpVersion": words,
        "comment": words,
    }
    asked = {
        "method": words,
        "url": f"https://app.example.com/x?token={secret}#{secret}",
        "queryString": header,
    }
    answered = {"status": 503, "statusText": words, "redirectURL": f"https://u:{secret}@app.example.com/"}
    return {
        "startedDateTime": words,
        "time": 3,
        "request": message | asked,
        "response": message | answered | {"_error": words},
        "_webSocketMessages": [{"data": words}],
        "comment": words,
    }


def png() -> bytes:
    """A picture with every secret in its text blocks, and once more behind its end."""
    said = PngImagePlugin.PngInfo()
    for place, (kind, before, secret, after) in enumerate(SEEDED):
        said.add_text(f"c{place}", f"{kind} {before}{secret}{after}", zip=bool(place % 2))
        said.add_itxt(f"i{place}", before + secret + after)
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "PNG", pnginfo=said)
    return out.getvalue() + LINES.encode()


def jpeg() -> bytes:
    """The same in a photograph's comment and in what its camera wrote."""
    exif = Image.Exif()
    exif[0x010E] = LINES
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "JPEG", exif=exif, comment=LINES.encode())
    return out.getvalue() + LINES.encode()


def give(page, draft: Handoff, *files: tuple[str, bytes]) -> str:
    given = [SimpleUploadedFile(name, body) for name, body in files]
    fields = fields_of(page, draft) | {"do": "add_files", "files": given}
    return page.post(f"/handoffs/{draft.pk}/edit", fields, follow=True).content.decode()


def kept() -> str:
    """Everything that the database holds of the files and of what they led to."""
    rows = [(each.name, each.stripped, each.body.decode("latin-1")) for each in Attachment.objects.all()]
    texts = [each.body.decode(errors="replace") for each in Attachment.objects.all()]
    return "\n".join([str(rows), *texts, str(list(Handoff.objects.values_list("state", "summary")))])


FILES = [
    pytest.param("gateway.log", LINES.encode(), id="log"),
    pytest.param("windows.log", LINES.encode("utf-16"), id="log of Windows"),
    pytest.param("notes.json", json.dumps({"said": SAID}, indent=1).encode(), id="JSON"),
    pytest.param(
        "lines.log",
        "\n".join(json.dumps({"m": each}) for each in SAID).encode(),
        id="JSON lines",
    ),
    pytest.param("dash.har", har(), id="recording"),
    pytest.param("screen.png", png(), id="screenshot"),
    pytest.param("photo.jpg", jpeg(), id="photograph"),
]


@pytest.mark.parametrize(("name", "body"), FILES)
def test_the_file_is_kept_and_no_secret_of_it_is(page, draft, name, body, caplog):
    html = give(page, draft, (name, body))

    assert Attachment.objects.count() == 1
    assert leaked(kept()) == []
    assert leaked(html) == []
    assert leaked(caplog.text) == []


def test_what_is_sent_of_all_of_them_holds_none(page, draft):
    give(page, draft, *(each.values for each in FILES))
    assert Attachment.objects.count() == len(FILES)

    assert confirm(page, draft).status_code == 302

    sent = [bytes(each.body).decode() for each in Delivery.objects.all()]
    assert len(sent) == 1 + len(FILES)
    assert leaked("\n".join(sent)) == []
    assert leaked(str(list(Snapshot.objects.values()))) == []
    assert leaked(str(list(Entry.objects.values()))) == []
    for row in Attachment.objects.all():
        given_out = page.get(f"/handoffs/{draft.pk}/files/{row.pk}")
        assert leaked(b"".join(given_out).decode("latin-1")) == []


@pytest.mark.parametrize("row", SHORT, ids=lambda row: row[0])
def test_a_name_made_of_a_secret_is_masked_too(row):
    _, before, secret, after = row
    name = f"{before}{secret}{after}"

    kept = look_into(name=f"{name} .png", body=picture("PNG"))
    log = look_into(name=f"{name}.log", body=b"INFO start")
    with pytest.raises(NotTaken) as refused:
        look_into(name=f"{name} .exe", body=b"MZ\x00")

    assert leaked(f"{kept.name} {log.name} {refused.value}") == []
    assert kept.name.endswith(".png")
    assert log.name.endswith(".log")


def test_the_masked_name_is_what_the_page_and_the_record_say(page, draft):
    _, before, secret, after = next(row for row in SHORT if row[0] == "password")

    html = give(page, draft, (f"{before}{secret}{after}.log", b"INFO start"))

    assert "redacted" in Attachment.objects.get().name
    assert leaked(html + kept()) == []
