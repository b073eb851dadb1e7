"""Which private apps are installed, and how does a ticket's page open one in its sidebar?

An app is uploaded as a zip file and refused in words where the vendor would refuse it. Its frame is opened by
a POST whose `token` is signed with the app's own key (RS256), as with `signedUrls`.
"""

import io
import json
import zipfile
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from flask import Blueprint, Response, abort, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from escalation.practice.pages import page_blueprint
from escalation.practice.store import Document
from escalation.practice.zendesk.authentication import authenticate, desk

MOST_BYTES: Final = 2_000_000
_FIRST_APP: Final = 1_120_400
_GOOD_FOR_S: Final = 300
_NEEDED: Final = ("name", "author", "defaultLocale", "location", "version", "frameworkVersion")
_PICTURES: Final = ("assets/logo.png", "assets/logo-small.png")
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost"})

app_pages: Final[Blueprint] = page_blueprint("app_pages")
app_api: Final[Blueprint] = Blueprint("app_api", __name__)


class NoApp(Exception):
    """The file is no app that could be installed; the text is for whoever uploaded it."""


@app_pages.get("/admin/apps")
def list_apps() -> ResponseReturnValue:
    """Show what is installed, with the keys, and the form to upload an app."""
    return _listed()


@app_pages.post("/admin/apps")
def upload_app() -> ResponseReturnValue:
    """Install an uploaded app, or say what is wrong with it."""
    file = request.files.get("app")
    try:
        install(file.stream.read(MOST_BYTES + 1) if file else b"")
    except NoApp as why:
        return _listed(refused=str(why))
    return redirect(url_for("app_pages.list_apps"), code=303)


@app_pages.get("/api/v2/apps/<int:app_id>/public_key.pem")
def public_key(app_id: int) -> ResponseReturnValue:
    """Answer the key that an app's requests are signed with."""
    app = desk().store.get("app", app_id)
    if app is None:
        abort(404)
    return Response(_public(app), mimetype="application/x-pem-file")


@app_api.post("/practice/apps")
def install_by_script() -> ResponseReturnValue:
    """Install the app in the body, as an admin would on the page; answer its number and key."""
    if (refused := authenticate()) is not None:
        return refused
    try:
        app = install(request.get_data())
    except NoApp as why:
        return jsonify({"error": "RecordInvalid", "description": str(why)}), 422
    return jsonify({"id": app["id"], "public_key": _public(app)}), 201


def install(packed: bytes) -> Document:
    """Keep an app; one of the same name takes the place of the older one and keeps its number and key."""
    manifest = _manifest_of(packed)
    store = desk().store
    with store.transaction():
        older = next((one for one in store.all("app") if one["name"] == manifest["name"]), None)
        app: dict[str, Any] = {
            "id": older["id"] if older else store.next_number("app", first=_FIRST_APP),
            "name": manifest["name"],
            "guid": older["guid"] if older else desk().new_id(),
            "url": manifest["location"]["support"]["ticket_sidebar"]["url"],
            "key": older["key"] if older else _new_key(),
        }
        store.put("app", app["id"], app)
    return app


def frames(*, looking: Document | None) -> list[dict[str, Any]]:
    """Give what opens each app beside a ticket; the page's policy lets these be framed from here on."""
    site, now = request.host_url.rstrip("/"), int(desk().clock().timestamp())
    opened = []
    for app in desk().store.all("app") if looking else ():
        claims = {
            "iss": request.host,
            "aud": f"{site}/api/v2/apps/installations/{app['id']}.json",
            "sub": f"{site}/api/v2/users/{looking['id']}.json" if looking else "",
            "iat": now,
            "nbf": now,
            "exp": now + _GOOD_FOR_S,
            "context": {"product": "support", "location": "ticket_sidebar"},
        }
        address = f"{app['url']}?{urlencode({'origin': site, 'app_guid': app['guid']})}"
        token = jwt.encode(claims, app["key"], algorithm="RS256")
        opened.append({"name": app["name"], "guid": app["guid"], "address": address, "token": token})
    g.frames = sorted({"{0.scheme}://{0.netloc}".format(urlsplit(one["address"])) for one in opened})
    return opened


def _listed(*, refused: str = "") -> ResponseReturnValue:
    apps = [{**one, "public_key": _public(one)} for one in desk().store.all("app")]
    return render_template("zendesk/apps.html", apps=apps, refused=refused), 422 if refused else 200


def _manifest_of(packed: bytes) -> dict[str, Any]:
    if not packed or len(packed) > MOST_BYTES:
        raise NoApp("Choose the zip file of an app.")
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as inside:
            names = set(inside.namelist())
            manifest = json.loads(inside.read("manifest.json"))
            words = json.loads(inside.read(f"translations/{manifest['defaultLocale']}.json"))
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError) as why:
        raise NoApp(f"The file is no app: {why}") from None
    for name in _NEEDED:
        if not manifest.get(name):
            raise NoApp(f"The manifest has no {name}.")
    missing = [one for one in _PICTURES if one not in names]
    if missing or not words.get("app"):
        raise NoApp(f"The app lacks {missing[0] if missing else 'its words'}.")
    _check_place(manifest)
    return dict(manifest)


def _check_place(manifest: dict[str, Any]) -> None:
    try:
        parts = urlsplit(manifest["location"]["support"]["ticket_sidebar"]["url"])
    except (KeyError, TypeError, ValueError):
        raise NoApp("The app stands in no ticket's sidebar.") from None
    if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
        raise NoApp("The address of the sidebar does not begin with https.")
    if manifest["frameworkVersion"] != "2.0" or manifest.get("signedUrls") is not True:
        raise NoApp("The app is not one of framework 2.0 whose requests are signed.")


def _new_key() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    form = serialization.PrivateFormat.PKCS8
    return key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()).decode()


def _public(app: Document) -> str:
    key = serialization.load_pem_private_key(app["key"].encode(), password=None).public_key()
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_bytes(serialization.Encoding.PEM, form).decode()
