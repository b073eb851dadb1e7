"""What does the customer's business rule post to Baton when an incident changes.

The vendor has no webhooks: this plays the script that a customer installs. Note text is never sent, only
which fields changed; whoever listens reads the record again. Signature: `X-Baton-Signature: sha256=<hex>`,
HMAC-SHA256 of `<timestamp>.<body>` with the shared secret, and `X-Baton-Timestamp` in Unix seconds.
"""

import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from escalation.practice.kinds import Surroundings
from escalation.practice.outgoing import Message
from escalation.practice.servicenow.records import Change

_TOLD: Final = ("sys_id", "number", "correlation_id", "state", "sys_mod_count", "sys_updated_on")
# The script tries twice more where nobody answers; then only a poll will tell.
_WAITS: Final = (1.0, 5.0)


def announcer(surroundings: Surroundings) -> Callable[[Change], None]:
    """Give the function that posts an incident's change to every registered listener."""

    def announce(change: Change) -> None:
        if change.table != "incident":
            return
        for listener in surroundings.store.all("webhook"):
            event_id = surroundings.new_id()
            told = {name: change.row.get(name, "") for name in _TOLD}
            event = {"event_id": event_id, "table": change.table, **told, "changed": list(change.changed)}
            body = json.dumps(event, ensure_ascii=False).encode()
            surroundings.outgoing.enqueue(
                Message(
                    url=listener["url"],
                    body=body,
                    event_id=event_id,
                    sign=_signer(listener["secret"], body),
                    waits=_WAITS,
                )
            )

    return announce


def _signer(secret: str, body: bytes) -> Callable[[datetime], Mapping[str, str]]:
    def sign(moment: datetime) -> Mapping[str, str]:
        timestamp = str(int(moment.timestamp()))
        digest = hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()
        return {
            "Content-Type": "application/json",
            "X-Baton-Timestamp": timestamp,
            "X-Baton-Signature": f"sha256={digest}",
        }

    return sign


def listeners(surroundings: Surroundings) -> Blueprint:
    """Make `/practice/webhooks`: where a listener's URL and secret are entered, as an administrator would."""
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
        # The same address again means a new secret, not a second post for each change.
        known = next((one["id"] for one in store.all("webhook") if one["url"] == given["url"]), None)
        listener = {"id": known or surroundings.new_id(), "url": given["url"], "secret": given["secret"]}
        store.put("webhook", listener["id"], listener)
        return jsonify({"webhook": {"id": listener["id"], "url": listener["url"]}}), 201

    @blueprint.delete("/<key>")
    def remove_listener(key: str) -> ResponseReturnValue:
        store.remove("webhook", key)
        return "", 204

    return blueprint
