"""What do the addresses below /api/v2/webhooks answer: who listens, and with which secret.

Webhooks for triggers (`conditional_ticket_events`) are kept and never called: this stand-in has no triggers.
"""

from typing import Any, Final

from flask import Blueprint, current_app, jsonify, request
from flask.typing import ResponseReturnValue

from escalation.practice.kinds import Surroundings
from escalation.practice.store import Document
from escalation.practice.zendesk.answers import listed, not_found
from escalation.practice.zendesk.authentication import authenticate, desk
from escalation.practice.zendesk.desk import Change
from escalation.practice.zendesk.events import TEST_SECRET, message, written
from escalation.practice.zendesk.shapes import iso, ticket

webhook_api = Blueprint("webhook_api", __name__, url_prefix="/api/v2/webhooks")
webhook_api.before_request(authenticate)
_NEEDED: Final = ("name", "endpoint", "http_method", "request_format", "status", "subscriptions")
_HIDDEN: Final = frozenset({"secret", "authentication"})


def _shown(hook: Document) -> dict[str, Any]:
    return {name: value for name, value in hook.items() if name not in _HIDDEN}


def _sent() -> dict[str, Any]:
    body = request.get_json(force=True, silent=True)
    sent = body.get("webhook") if isinstance(body, dict) else None
    return sent if isinstance(sent, dict) else {}


@webhook_api.get("")
def list_webhooks() -> ResponseReturnValue:
    """Answer who listens, without secrets."""
    return listed("webhooks", desk().store.all("webhook"), _shown)


@webhook_api.post("")
def create_webhook() -> ResponseReturnValue:
    """Register a listener; it gets a secret of its own."""
    sent = _sent()
    missing = [name for name in _NEEDED if not sent.get(name)]
    if missing:
        errors = [{"code": "InvalidParameter", "title": f"{name} is required"} for name in missing]
        return jsonify({"errors": errors}), 400
    now = iso(desk().clock())
    hook = {
        "id": desk().new_id()[:26].upper(),
        **{name: sent[name] for name in (*_NEEDED, "description", "authentication") if name in sent},
        "created_at": now,
        "updated_at": now,
        "secret": desk().new_id(),
    }
    desk().store.put("webhook", hook["id"], hook)
    return jsonify({"webhook": _shown(hook)}), 201


@webhook_api.get("/<key>")
def show_webhook(key: str) -> ResponseReturnValue:
    """Answer one listener."""
    hook = desk().store.get("webhook", key)
    return not_found() if hook is None else jsonify({"webhook": _shown(hook)})


@webhook_api.route("/<key>", methods=["PUT", "PATCH"])
def change_webhook(key: str) -> ResponseReturnValue:
    """Change a listener: 204."""
    hook = desk().store.get("webhook", key)
    if hook is None:
        return not_found()
    changed = {name: value for name, value in _sent().items() if name in (*_NEEDED, "authentication")}
    desk().store.put("webhook", key, {**hook, **changed, "updated_at": iso(desk().clock())})
    return "", 204


@webhook_api.delete("/<key>")
def delete_webhook(key: str) -> ResponseReturnValue:
    """Forget a listener: 204."""
    if desk().store.get("webhook", key) is None:
        return not_found()
    desk().store.remove("webhook", key)
    return "", 204


@webhook_api.route("/<key>/signing_secret", methods=["GET", "POST"])
def signing_secret(key: str) -> ResponseReturnValue:
    """Answer the secret; POST makes a new one."""
    hook = desk().store.get("webhook", key)
    if hook is None:
        return not_found()
    if request.method == "POST":
        hook = {**hook, "secret": desk().new_id()}
        desk().store.put("webhook", key, hook)
    answer = {"signing_secret": {"algorithm": "SHA256", "secret": hook["secret"]}}
    return jsonify(answer), 201 if request.method == "POST" else 200


@webhook_api.post("/test")
def test_webhook() -> ResponseReturnValue:
    """Send a made-up event to a listener, signed with the published test secret."""
    hook = desk().store.get("webhook", request.args.get("webhook_id", ""))
    if hook is None:
        return not_found()
    surroundings: Surroundings = current_app.extensions["surroundings"]
    made_up = ticket({"id": 1, "subject": "Test", "requester_id": 1}, now=desk().clock())
    change = Change(before=None, ticket=made_up, audit={"author_id": 1, "events": []}, comment=None)
    body = written(surroundings, change, "created", {})
    surroundings.outgoing.enqueue(message(surroundings, hook, body, secret=TEST_SECRET))
    return jsonify({"response": {"status": 200, "headers": [], "payload": ""}})
