"""A private app is uploaded, its key is shown, and a ticket's page opens it with a signed request."""

import html
import io
import json
import re
import zipfile

import jwt
import pytest

from escalation.practice.tool import Plan, build
from escalation.tools.zendesk import sidebar

PAGE = "https://baton.example/embedded/1"


@pytest.fixture
def client():
    tool = build("zendesk", Plan(send=lambda *_: 200, say=lambda _: None))
    yield tool.flask.test_client()
    tool.close()


def app(**changed) -> bytes:
    made = zipfile.ZipFile(io.BytesIO(sidebar.package(name="Baton", page=PAGE, contact="a@example.com")))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as out:
        for name in made.namelist():
            content = made.read(name)
            if name == "manifest.json":
                content = json.dumps(json.loads(content) | changed).encode()
            out.writestr(name, content)
    return packed.getvalue()


def upload(client, packed: bytes):
    return client.post("/admin/apps", data={"app": (io.BytesIO(packed), "app.zip")})


def ticket(client) -> str:
    number = re.findall(r'href="/agent/tickets/(\d+)"', client.get("/").text)[0]
    return client.get(f"/agent/tickets/{number}")


def test_an_installed_app_is_opened_beside_every_ticket_signed_with_its_key(client):
    assert upload(client, app()).status_code == 303

    answer = ticket(client)
    (address,) = re.findall(r'action="(https://baton\.example[^"]+)"', answer.text)
    (token,) = re.findall(r'name="token" value="([^"]+)"', answer.text)
    key = client.get(
        re.findall(r'href="(/api/v2/apps/\d+/public_key.pem)"', client.get("/admin/apps").text)[0]
    )

    said = jwt.decode(
        token,
        key.text,
        algorithms=["RS256"],
        audience=jwt.decode(token, options={"verify_signature": False})["aud"],
    )
    assert said["aud"].startswith("http://localhost/api/v2/apps/installations/")
    assert re.fullmatch(r"http://localhost/api/v2/users/\d+\.json", said["sub"])
    assert html.unescape(address).startswith(f"{PAGE}?origin=http%3A%2F%2Flocalhost&app_guid=")
    policy = answer.headers["Content-Security-Policy"]
    assert "frame-src https://baton.example" in policy
    assert "form-action 'self' https://baton.example" in policy


def test_without_an_app_a_page_frames_nothing_and_runs_no_script(client):
    answer = ticket(client)

    assert "<script" not in answer.text
    assert "frame-src" not in answer.headers["Content-Security-Policy"]
    assert "script-src" not in answer.headers["Content-Security-Policy"]


def test_a_newer_version_takes_the_place_and_keeps_the_key(client):
    upload(client, app())
    before = client.get("/admin/apps").text
    upload(client, app(version="1.1"))

    assert client.get("/admin/apps").text == before


@pytest.mark.parametrize(
    "packed",
    [
        b"",
        b"no zip",
        app(signedUrls=False),
        app(frameworkVersion="1.0"),
        app(author=None),
        app(location={"support": {}}),
        app(location={"support": {"ticket_sidebar": {"url": "http://baton.example/"}}}),
        app(defaultLocale="fr"),
    ],
    ids=["empty", "text", "unsigned", "old", "nobodys", "nowhere", "plain", "wordless"],
)
def test_what_the_vendor_would_refuse_is_refused(client, packed):
    answer = upload(client, packed)

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert "No app is installed" in answer.text
