"""An identity provider on loopback: OpenID Connect's code flow with PKCE and signed tokens."""

import base64
import hashlib
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from flask import Flask, Response, jsonify, redirect, request
from werkzeug.serving import make_server

CLIENT, SECRET = "baton", "a-client-secret"
LENA = {
    "sub": "u-1",
    "email": "lena@example.com",
    "email_verified": True,
    "preferred_username": "lena",
    "given_name": "Lena",
    "family_name": "Okafor",
}


class Provider:
    """What it says about whoever comes; tests change it."""

    def __init__(self) -> None:
        self.person: dict[str, Any] = dict(LENA)
        self.token: dict[str, Any] = {}  # claims of the token that are to differ
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.signs_with = self.key
        self.says_no = False
        self.codes: dict[str, dict[str, str]] = {}
        self.issuer = ""

    def app(self) -> Flask:
        app = Flask("identity")
        app.add_url_rule("/.well-known/openid-configuration", view_func=self.configuration)
        app.add_url_rule("/authorize", view_func=self.authorize)
        app.add_url_rule("/token", view_func=self.give_token, methods=["POST"])
        app.add_url_rule("/userinfo", view_func=self.userinfo)
        app.add_url_rule("/jwks", view_func=self.jwks)
        return app

    def configuration(self) -> Response:
        ends = {"authorization_endpoint": "authorize", "token_endpoint": "token"}
        ends |= {"userinfo_endpoint": "userinfo", "jwks_uri": "jwks"}
        urls = {name: f"{self.issuer}/{path}" for name, path in ends.items()}
        return jsonify(
            urls | {"issuer": self.issuer, "token_endpoint_auth_methods_supported": ["client_secret_post"]}
        )

    def authorize(self) -> Any:
        asked = request.args
        assert (asked["client_id"], asked["response_type"]) == (CLIENT, "code")
        assert asked["code_challenge_method"] == "S256"
        if self.says_no:
            answer = {"error": "access_denied", "state": asked["state"]}
        else:
            code = f"code-{len(self.codes)}"
            self.codes[code] = {"challenge": asked["code_challenge"], "redirect_uri": asked["redirect_uri"]}
            answer = {"code": code, "state": asked["state"]}
        return redirect(f"{asked['redirect_uri']}?{urlencode(answer)}")

    def give_token(self) -> Any:
        asked = request.form
        kept = self.codes.pop(asked["code"], None)
        verifier = hashlib.sha256(asked.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(verifier).rstrip(b"=").decode()
        client = (asked["client_id"], asked["client_secret"])
        if kept != {"challenge": challenge, "redirect_uri": asked["redirect_uri"]} or client != (
            CLIENT,
            SECRET,
        ):
            return jsonify({"error": "invalid_grant"}), 400
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 60, "sub": self.person["sub"]}
        signed = jwt.encode(claims | self.token, self.signs_with, algorithm="RS256", headers={"kid": "k1"})
        return jsonify({"access_token": "at", "token_type": "Bearer", "expires_in": 60, "id_token": signed})

    def userinfo(self) -> Any:
        return jsonify(self.person) if request.headers["Authorization"] == "Bearer at" else ("", 401)

    def jwks(self) -> Response:
        public = jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        return jsonify({"keys": [public | {"kid": "k1", "alg": "RS256", "use": "sig"}]})


@contextmanager
def standing() -> Iterator[Provider]:
    """It stands on a free port for as long as this lasts."""
    provider = Provider()
    server = make_server("127.0.0.1", 0, provider.app(), threaded=True)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join(5)
        server.server_close()
