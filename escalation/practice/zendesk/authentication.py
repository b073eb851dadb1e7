"""Who is calling Zendesk: `email/token` with the account's API token, or a bearer token."""

from typing import Any, Final

from flask import Blueprint, Request, current_app, g, jsonify, request
from flask.typing import ResponseReturnValue

from escalation.practice.credentials import (
    ZENDESK_API_TOKEN,
    ZENDESK_INTEGRATION_EMAIL,
    ZENDESK_OAUTH_CLIENT,
    ZENDESK_OAUTH_SECRET,
)
from escalation.practice.store import Document, Store
from escalation.practice.zendesk.desk import Desk

_TOKEN_LIFE_S: Final = 1800
_REFRESH_LIFE_S: Final = 30 * 24 * 3600


def desk() -> Desk:
    """Give the stand-in that answers the running request."""
    found: Desk = current_app.extensions["zendesk"]
    return found


def authenticate() -> ResponseReturnValue | None:
    """Let an agent in, before each API call. A wrong log-in is 401, an end user 403."""
    given = request.authorization
    user = _caller(desk().store, request)
    if user is None and given is not None and given.type == "bearer":
        why = "The access token provided is expired, revoked, malformed or invalid for other reasons."
        return jsonify({"error": "invalid_token", "error_description": why}), 401
    if user is None:
        return jsonify({"error": "Couldn't authenticate you"}), 401
    if user["role"] == "end-user":
        return jsonify(
            {"error": {"title": "Forbidden", "message": "You do not have access to this page."}}
        ), 403
    g.user = user
    return None


def user_by_email(store: Store, email: str) -> Document | None:
    """Find a user by address, without case."""
    wanted = email.lower()
    return next((user for user in store.all("user") if (user["email"] or "").lower() == wanted), None)


def _caller(store: Store, call: Request) -> Document | None:
    given = call.authorization
    if given is None:
        return None
    if given.type == "basic":
        email, _, kind = (given.username or "").rpartition("/")
        known = kind == "token" and given.password == ZENDESK_API_TOKEN
        return user_by_email(store, email) if known else None
    token = store.get("oauth_token", given.token or "") if given.type == "bearer" else None
    if token is None or token["expires_at"] < desk().clock().timestamp():
        return None
    return user_by_email(store, token["email"])


oauth = Blueprint("oauth", __name__)


@oauth.post("/oauth/tokens")
def grant() -> ResponseReturnValue:
    """Give an access and a refresh token. A refresh ends both old ones."""
    sent: dict[str, Any] = request.get_json(force=True, silent=True) or request.form.to_dict()
    store, kind = desk().store, sent.get("grant_type")
    client = (sent.get("client_id"), sent.get("client_secret"))
    if client != (ZENDESK_OAUTH_CLIENT, ZENDESK_OAUTH_SECRET):
        return _refused("invalid_client")
    with store.transaction():
        if kind == "refresh_token":
            old = store.get("oauth_refresh", sent.get("refresh_token", ""))
            if old is None:
                return _refused("invalid_grant")
            store.remove("oauth_refresh", sent["refresh_token"])
            store.remove("oauth_token", old["access_token"])
        elif kind != "client_credentials":
            return _refused("unsupported_grant_type", status=400)
        access, refresh = desk().new_id(), desk().new_id()
        expires_at = desk().clock().timestamp() + _TOKEN_LIFE_S
        store.put("oauth_token", access, {"email": ZENDESK_INTEGRATION_EMAIL, "expires_at": expires_at})
        store.put("oauth_refresh", refresh, {"access_token": access})
    answer: dict[str, Any] = {"access_token": access, "refresh_token": refresh, "token_type": "bearer"}
    answer |= {"scope": sent.get("scope", "read write"), "expires_in": _TOKEN_LIFE_S}
    return jsonify({**answer, "refresh_token_expires_in": _REFRESH_LIFE_S})


def _refused(error: str, *, status: int = 401) -> ResponseReturnValue:
    return jsonify({"error": error, "error_description": "The client or grant is not valid."}), status
