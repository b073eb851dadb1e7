"""Who is told of a new message, and how is it signed: the Events API of the practice Slack.

Entering an address at `/practice/webhooks` posts `url_verification` to it first, as the vendor does; the
status of the answer is in `/practice/deliveries`, its echo is not compared. Signature: `v0=` and the hex
HMAC-SHA256 of `v0:<timestamp>:<body>`.
"""

import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from escalation.practice.kinds import Surroundings
from escalation.practice.outgoing import Message
from escalation.practice.slack.workspace import APP_ID, BOT
from escalation.practice.store import Document
from escalation.practice.world.links import TEAM_ID

# The vendor tries again at once, after a minute, after five.
_WAITS: Final = (0.0, 60.0, 300.0)


def teller(surroundings: Surroundings) -> Callable[[str, Mapping[str, Any]], None]:
    """Give the function that posts a new message to every listener. Metadata is not told."""

    def tell(channel: str, message: Mapping[str, Any]) -> None:
        told = {name: value for name, value in message.items() if name != "metadata"}
        event = {**told, "channel": channel, "channel_type": "channel", "event_ts": message["ts"]}
        for listener in surroundings.store.all("webhook"):
            event_id = f"Ev{surroundings.new_id()[:9].upper()}"
            body = {
                "token": "",
                "team_id": TEAM_ID,
                "api_app_id": APP_ID,
                "event": event,
                "type": "event_callback",
                "event_id": event_id,
                "event_time": int(message["ts"].partition(".")[0]),
                "authorizations": [_authorization()],
                "is_ext_shared_channel": False,
            }
            _enqueue(surroundings, listener, body, event_id=event_id)

    return tell


def listeners(surroundings: Surroundings) -> Blueprint:
    """Make `/practice/webhooks`: where an app's request URL and signing secret are entered."""
    blueprint = Blueprint("listeners", __name__, url_prefix="/practice/webhooks")
    store = surroundings.store

    @blueprint.get("")
    def list_listeners() -> ResponseReturnValue:
        return jsonify({"webhooks": [{"id": one["id"], "url": one["url"]} for one in store.all("webhook")]})

    @blueprint.post("")
    def add_listener() -> ResponseReturnValue:
        given = request.get_json(force=True, silent=True) or {}
        if not given.get("url") or not given.get("secret"):
            return jsonify({"error": "url and secret are needed"}), 400
        # The same address again means a new secret, not a second post for each message.
        known = next((one["id"] for one in store.all("webhook") if one["url"] == given["url"]), None)
        listener = {"id": known or surroundings.new_id(), "url": given["url"], "secret": given["secret"]}
        store.put("webhook", listener["id"], listener)
        challenge = {"token": "", "challenge": surroundings.new_id(), "type": "url_verification"}
        _enqueue(surroundings, listener, challenge, event_id="url_verification")
        return jsonify({"webhook": {"id": listener["id"], "url": listener["url"]}}), 201

    @blueprint.delete("/<key>")
    def remove_listener(key: str) -> ResponseReturnValue:
        store.remove("webhook", key)
        return "", 204

    return blueprint


def _authorization() -> dict[str, Any]:
    team = {"enterprise_id": None, "team_id": TEAM_ID, "is_enterprise_install": False}
    return {**team, "user_id": BOT["user_id"], "is_bot": True}


def _enqueue(
    surroundings: Surroundings, listener: Document, body: Mapping[str, Any], *, event_id: str
) -> None:
    written = json.dumps(body, ensure_ascii=False).encode()
    sign = _signer(listener["secret"], written)
    surroundings.outgoing.enqueue(
        Message(url=listener["url"], body=written, event_id=event_id, sign=sign, waits=_WAITS)
    )


def _signer(secret: str, body: bytes) -> Callable[[datetime], Mapping[str, str]]:
    tries = iter(range(len(_WAITS) * 2 + 2))

    def sign(moment: datetime) -> Mapping[str, str]:
        timestamp, again = str(int(moment.timestamp())), next(tries, 0)
        digest = hmac.new(secret.encode(), f"v0:{timestamp}:".encode() + body, hashlib.sha256).hexdigest()
        retry = {"X-Slack-Retry-Num": str(again), "X-Slack-Retry-Reason": "http_error"} if again else {}
        return {
            "Content-Type": "application/json",
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": f"v0={digest}",
            **retry,
        }

    return sign
