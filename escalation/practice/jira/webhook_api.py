"""Where is it entered who listens: the vendor's address for administrators, and `/practice/webhooks`."""

from datetime import UTC
from typing import Any, Final

from flask import Blueprint, g, jsonify, request
from flask.typing import ResponseReturnValue

from escalation.practice.jira.answers import refused, sent
from escalation.practice.jira.authentication import authenticate, site
from escalation.practice.jira.jql import parse
from escalation.practice.jira.webhooks import EVENTS
from escalation.practice.store import Document

webhook_api: Final = Blueprint("webhook", __name__, url_prefix="/rest")
webhook_api.before_request(authenticate)
# Cloud kept the old address; a Data Center answers 404 there from release 10 on.
_CLOUD: Final = "/webhooks/1.0/webhook"
_DATA_CENTER: Final = "/jira-webhook/1.0/webhooks"
listeners: Final = Blueprint("listeners", __name__, url_prefix="/practice/webhooks")
_JQL: Final = "issue-related-events-section"


@webhook_api.before_request
def _refuse_the_others_address() -> ResponseReturnValue | None:
    own = _CLOUD if g.cloud else _DATA_CENTER
    return None if request.path.startswith(f"/rest{own}") else refused(404, "HTTP 404 Not Found")


@webhook_api.get(_CLOUD)
@webhook_api.get(_DATA_CENTER)
def list_webhooks() -> ResponseReturnValue:
    """List who listens, without secrets."""
    return jsonify([_shown(one) for one in site().store.all("webhook")])


@webhook_api.post(_CLOUD)
@webhook_api.post(_DATA_CENTER)
def create_webhook() -> ResponseReturnValue:
    """Register a listener: 201. Its bodies are those of the deployment that the caller speaks to."""
    return _entered(sent() or {}, status=201)


@webhook_api.put(f"{_CLOUD}/<key>")
@webhook_api.put(f"{_DATA_CENTER}/<key>")
def change_webhook(key: str) -> ResponseReturnValue:
    """Enter a listener anew, secret and all: 200."""
    known = site().store.get("webhook", key)
    if known is None:
        return refused(404, "The webhook does not exist.")
    return _entered({**(sent() or {}), "url": known["url"]}, status=200)


def _entered(body: dict[str, Any], *, status: int) -> ResponseReturnValue:
    missing = [name for name in ("name", "url", "events") if not body.get(name)]
    if missing:
        return jsonify({"messages": [{"key": f"{name} is required"} for name in missing]}), 400
    unknown = sorted(set(body["events"]) - set(EVENTS))
    if unknown:
        return refused(400, f"Unknown events: {', '.join(unknown)}")
    jql = str((body.get("filters") or {}).get(_JQL) or "")
    parse(jql, store=site().store, now=site().clock(), zone=UTC)  # or BadQuery, which is answered 400
    return jsonify(_shown(_keep({**body, "jql": jql}, cloud=g.cloud, by_rest=True))), status


@webhook_api.delete(f"{_CLOUD}/<key>")
@webhook_api.delete(f"{_DATA_CENTER}/<key>")
def delete_webhook(key: str) -> ResponseReturnValue:
    """Forget a listener: 204."""
    if site().store.get("webhook", key) is None:
        return refused(404, "The webhook does not exist.")
    site().store.remove("webhook", key)
    return "", 204


@listeners.get("")
def list_listeners() -> ResponseReturnValue:
    """List who listens."""
    return jsonify(
        {"webhooks": [{"id": one["id"], "url": one["url"]} for one in site().store.all("webhook")]}
    )


@listeners.post("")
def add_listener() -> ResponseReturnValue:
    """Enter `{url, secret}`, and `"deployment": "Server"` for the bodies of a Data Center."""
    given = request.get_json(force=True, silent=True) or {}
    if not given.get("url") or not given.get("secret"):
        return jsonify({"error": "url and secret are needed"}), 400
    cloud = given.get("deployment", "Cloud") == "Cloud"
    hook = _keep({**given, "name": "Practice", "events": list(EVENTS)}, cloud=cloud, by_rest=False)
    return jsonify({"webhook": {"id": hook["id"], "url": hook["url"]}}), 201


@listeners.delete("/<key>")
def remove_listener(key: str) -> ResponseReturnValue:
    """Forget a listener: 204."""
    site().store.remove("webhook", key)
    return "", 204


def _keep(given: dict[str, Any], *, cloud: bool, by_rest: bool) -> Document:
    # The same address again means a new secret, not a second post for each change.
    known = next((one["id"] for one in site().store.all("webhook") if one["url"] == given["url"]), None)
    hook = {
        "id": known or site().next_id("webhook"),
        "name": given["name"],
        "url": given["url"],
        "secret": str(given.get("secret") or ""),
        "events": list(given["events"]),
        "jql": given.get("jql", ""),
        "cloud": cloud,
        "by_rest": by_rest,
    }
    site().store.put("webhook", hook["id"], hook)
    return hook


def _shown(hook: Document) -> dict[str, Any]:
    return {
        "name": hook["name"],
        "url": hook["url"],
        "events": hook["events"],
        "filters": {_JQL: hook["jql"]},
        "excludeBody": False,
        "enabled": True,
        "self": f"{request.host_url}rest{_CLOUD if g.cloud else _DATA_CENTER}/{hook['id']}",
    }
