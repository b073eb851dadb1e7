"""Who is calling ServiceNow: Basic or a bearer token from /oauth_token.do, and what that user may do."""

from typing import Any, Final

from flask import Blueprint, Request, current_app, g, jsonify, request
from flask.typing import ResponseReturnValue

from escalation.practice.credentials import (
    SERVICENOW_ITIL_USER,
    SERVICENOW_OAUTH_CLIENT,
    SERVICENOW_OAUTH_SECRET,
    SERVICENOW_PASSWORDS,
    SERVICENOW_READER,
    SERVICENOW_USER,
)
from escalation.practice.servicenow.records import Instance
from escalation.practice.store import Document, Store

_TOKEN_LIFE_S: Final = 1799


def instance() -> Instance:
    """Give the stand-in that answers the running request."""
    found: Instance = current_app.extensions["servicenow"]
    return found


def failure(status: int, message: str, detail: str | None = None) -> ResponseReturnValue:
    """Answer in the shape of every ServiceNow error."""
    return jsonify({"error": {"message": message, "detail": detail}, "status": "failure"}), status


def authenticate() -> ResponseReturnValue | None:
    """Let a known user in, before each API call; anyone else is answered 401."""
    user = _caller(instance().store, request)
    if user is None:
        answer = failure(401, "User Not Authenticated", "Required to provide Auth information")
        return (
            (*answer, {"WWW-Authenticate": 'Basic realm="Service-now"'})
            if isinstance(answer, tuple)
            else answer
        )
    g.user = user
    return None


def may(action: str, table: str) -> bool:
    """Say whether the caller's roles allow "read", "write" or "delete" on a table."""
    name = g.user["user_name"]
    if action == "delete":
        return bool(name not in {SERVICENOW_READER, SERVICENOW_ITIL_USER})
    if action == "write":
        return bool(name != SERVICENOW_READER)
    return not (name == SERVICENOW_ITIL_USER and table == "sys_journal_field")


def user_named(store: Store, user_name: str) -> Document | None:
    """Find a user row by user name."""
    return next((user for user in store.all("sys_user") if user["user_name"] == user_name), None)


def _caller(store: Store, call: Request) -> Document | None:
    given = call.authorization
    if given is None:
        return None
    if given.type == "basic":
        known = SERVICENOW_PASSWORDS.get(given.username or "")
        return user_named(store, given.username or "") if known and known == given.password else None
    token = store.get("oauth_token", given.token or "") if given.type == "bearer" else None
    if token is None or token["expires_at"] < instance().clock().timestamp():
        return None
    return user_named(store, token["user_name"])


oauth = Blueprint("oauth", __name__)


@oauth.post("/oauth_token.do")
def grant() -> ResponseReturnValue:
    """Give a bearer token for client credentials, a password, or a refresh token."""
    form = request.form
    client = (form.get("client_id"), form.get("client_secret"))
    user_name = _granted(form)
    if client != (SERVICENOW_OAUTH_CLIENT, SERVICENOW_OAUTH_SECRET) or user_name is None:
        return jsonify({"error": "access_denied", "error_description": "access_denied"}), 401
    here = instance()
    access, refresh = here.new_id(), here.new_id()
    expires_at = here.clock().timestamp() + _TOKEN_LIFE_S
    with here.store.transaction():
        here.store.put("oauth_token", access, {"user_name": user_name, "expires_at": expires_at})
        here.store.put("oauth_refresh", refresh, {"user_name": user_name})
    answer: dict[str, Any] = {"access_token": access, "refresh_token": refresh, "scope": "useraccount"}
    return jsonify({**answer, "token_type": "Bearer", "expires_in": _TOKEN_LIFE_S})


def _granted(form: Any) -> str | None:
    if form.get("grant_type") == "client_credentials":
        return SERVICENOW_USER
    if form.get("grant_type") == "password":
        user_name = str(form.get("username"))
        return user_name if SERVICENOW_PASSWORDS.get(user_name) == form.get("password") else None
    refresh = instance().store.get("oauth_refresh", form.get("refresh_token", ""))
    return None if refresh is None else str(refresh["user_name"])
