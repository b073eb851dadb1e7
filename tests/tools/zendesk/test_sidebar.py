"""Zendesk's app: who looks is believed only where the app's own key says so, here, and now."""

import base64
import hashlib
import hmac
import json
import zipfile
from datetime import timedelta
from io import BytesIO

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from escalation.tools.embedded import BadKey
from escalation.tools.updates import BadSignature
from escalation.tools.zendesk import sidebar
from tests.builders import NOW

SITE = "https://acme.zendesk.com"
PRIVATE = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def pem(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> str:
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_key().public_bytes(serialization.Encoding.PEM, form).decode()


KEY = pem(PRIVATE)


def token(*, key: object = PRIVATE, algorithm: str = "RS256", **changed: object) -> str:
    said = {
        "iss": "acme.zendesk.com",
        "aud": f"{SITE}/api/v2/apps/installations/40.json",
        "sub": f"{SITE}/api/v2/users/8447388090494.json",
        "iat": int(NOW.timestamp()),
        "nbf": int(NOW.timestamp()),
        "exp": int((NOW + timedelta(minutes=5)).timestamp()),
        "context": {"product": "support", "location": "ticket_sidebar"},
    }
    given_ = {name: value for name, value in (said | changed).items() if value is not None}
    return jwt.encode(given_, key, algorithm=algorithm)


def asked(signed: str, *, key: str = KEY, minutes: float = 0) -> str:
    return sidebar.viewer_id(signed, key=key, site=SITE, now=NOW + timedelta(minutes=minutes))


def test_what_the_app_signed_names_who_looks() -> None:
    assert asked(token()) == "8447388090494"
    assert asked(token(), minutes=5.5) == "8447388090494"  # a minute of drift between two clocks


@pytest.mark.parametrize(
    "changed",
    [
        {"aud": "https://other.zendesk.com/api/v2/apps/installations/40.json"},
        {"aud": "https://acme.zendesk.com.example/api/v2/apps/installations/40.json"},
        {"aud": f"{SITE}/api/v2/users/1.json"},
        {"aud": f"{SITE}/elsewhere"},
        {"aud": [f"{SITE}/api/v2/apps/installations/40.json"]},
        {"aud": None},
        {"sub": "https://other.zendesk.com/api/v2/users/1.json"},
        {"sub": f"{SITE}/api/v2/users/me.json"},
        {"sub": None},
        {"exp": None},
        {"iat": None},
        {"exp": int((NOW - timedelta(minutes=2)).timestamp())},
        {"nbf": int((NOW + timedelta(minutes=2)).timestamp())},
        {"iat": int((NOW + timedelta(minutes=2)).timestamp())},
    ],
    ids=str,
)
def test_a_request_of_another_place_person_or_time_is_refused(changed: dict[str, object]) -> None:
    with pytest.raises(BadSignature):
        asked(token(**changed))


def test_another_key_no_key_and_another_kind_of_signature_are_refused() -> None:
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    for signed in (
        token(key=other),
        # The public key is no secret: signed with it as if it were one, anybody could be anybody.
        _by_hand(KEY),
        token(key=None, algorithm="none"),
        "",
        "a.b.c",
        "x" * 9_000,
    ):
        with pytest.raises(BadSignature):
            asked(signed)
    with pytest.raises(BadSignature):
        asked(token(), key="")


def _by_hand(secret: str) -> str:
    """A token whose header says HS256, signed with the public key's text."""

    def part(value: bytes) -> str:
        return base64.urlsafe_b64encode(value).rstrip(b"=").decode()

    head = part(json.dumps({"alg": "HS256", "typ": "JWT"}).encode())
    body = token().split(".")[1]
    proof = hmac.new(secret.encode(), f"{head}.{body}".encode(), hashlib.sha256).digest()
    return f"{head}.{body}.{part(proof)}"


@given(place=st.integers(min_value=0), bit=st.integers(min_value=0, max_value=7))
def test_one_flipped_bit_of_what_was_signed_is_refused(place: int, bit: int) -> None:
    head, body, proof = token().split(".")
    raw = bytearray(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    raw[place % len(raw)] ^= 1 << bit
    changed = base64.urlsafe_b64encode(bytes(raw)).rstrip(b"=").decode()

    with pytest.raises(BadSignature):
        asked(f"{head}.{changed}.{proof}")


def test_a_key_is_kept_as_zendesk_serves_it_and_nothing_else_is_one() -> None:
    assert sidebar.public_key(f"\n{KEY}  ") == KEY
    for text in (
        "",
        "no key",
        KEY[:-40],
        pem(ec.generate_private_key(ec.SECP256R1())),
        pem(rsa.generate_private_key(public_exponent=65537, key_size=1024)),
    ):
        with pytest.raises(BadKey):
            sidebar.public_key(text)


def test_the_app_is_what_zendesk_asks_of_one_and_opens_our_page_signed() -> None:
    page = "https://baton.example/embedded/1"

    made = sidebar.package(name="Baton", page=page, contact="baton@example.com")

    assert made == sidebar.package(name="Baton", page=page, contact="baton@example.com")
    packed = zipfile.ZipFile(BytesIO(made))
    manifest = json.loads(packed.read("manifest.json"))
    assert manifest["location"]["support"]["ticket_sidebar"]["url"] == page
    assert manifest["signedUrls"] is True
    assert manifest["private"] is True
    assert manifest["frameworkVersion"] == "2.0"
    assert manifest["defaultLocale"] == "en"
    assert {"name", "email"} <= set(manifest["author"])
    assert json.loads(packed.read("translations/en.json"))["app"]["name"] == "Baton"
    sizes = {
        name: Image.open(BytesIO(packed.read(f"assets/{name}"))).size
        for name in ("logo.png", "logo-small.png")
    }
    assert sizes == {"logo.png": (320, 320), "logo-small.png": (128, 128)}


def test_a_ticket_that_is_not_saved_has_no_address() -> None:
    assert sidebar.ticket_address(SITE, "41897") == f"{SITE}/agent/tickets/41897"
    for reference in ("", "new", "12/../admin", "²", "1" * 30):
        assert sidebar.ticket_address(SITE, reference) == ""
