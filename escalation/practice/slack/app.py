"""How is the practice Slack put together: its Web API methods, its events, its pages, its refusals."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from flask import Flask, jsonify, request
from flask.typing import ResponseReturnValue

from escalation.practice.credentials import SLACK_BOT_TOKEN
from escalation.practice.kinds import Surroundings, ToolKind, new_flask
from escalation.practice.slack import reading
from escalation.practice.slack.events import listeners, teller
from escalation.practice.slack.pages import pages
from escalation.practice.slack.workspace import BOT, SCOPES, Sent, refused
from escalation.practice.slack.writing import Desk, post_message
from escalation.practice.store import Store

_READING: Final[dict[str, Callable[[Store, Sent], dict[str, Any]]]] = {
    "conversations.replies": reading.replies,
    "conversations.history": reading.history,
    "conversations.list": reading.channels,
    "users.info": reading.user,
    "chat.getPermalink": reading.link,
    "auth.test": reading.who,
}


def create(surroundings: Surroundings) -> Flask:
    """Make the application."""
    flask = new_flask("practice_slack")
    desk = Desk(store=surroundings.store, clock=surroundings.clock, tell=teller(surroundings))

    @flask.route("/api/<method>", methods=["GET", "POST"])
    def call(method: str) -> ResponseReturnValue:
        sent = {**request.args.to_dict(), **request.form.to_dict(), **_json()}
        token = _token(sent)
        if token != SLACK_BOT_TOKEN:
            return jsonify(refused("invalid_auth" if token else "not_authed"))
        if method == "chat.postMessage":
            return jsonify(post_message(desk, sent)), {"X-OAuth-Scopes": ",".join(SCOPES)}
        known = _READING.get(method)
        answer = known(surroundings.store, sent) if known else refused("unknown_method")
        return jsonify(answer), {"X-OAuth-Scopes": ",".join(SCOPES)}

    flask.register_blueprint(pages(desk))
    flask.register_blueprint(listeners(surroundings))
    return flask


def _json() -> dict[str, str]:
    """Give a JSON body as a form would hold it: what is no text stays JSON."""
    body = request.get_json(silent=True)
    given = body if isinstance(body, dict) else {}
    return {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in given.items()
        if value is not None
    }


def _token(sent: Mapping[str, str]) -> str:
    given = request.authorization
    return (given.token or "") if given is not None and given.type == "bearer" else sent.get("token", "")


def install(store: Store, _now: datetime) -> None:
    """Write what installing the app brings: its bot."""
    bot = {"name": BOT["user"], "real_name": "Baton", "is_bot": True, "deleted": False}
    more = {"tz": "Etc/UTC", "locale": "en-US", "profile": {"real_name": "Baton"}}
    store.put("user", BOT["user_id"], {"id": BOT["user_id"], **bot, **more})


def refusal(_status: int) -> Mapping[str, Any]:
    """Give the body of a refused call."""
    return refused("ratelimited")


SLACK: Final = ToolKind(name="slack", create=create, install=install, refusal=refusal)
