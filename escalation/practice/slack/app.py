"""How is the practice Slack put together: four Web API methods over the threads of the practice world.

The trap to know: a refusal is HTTP 200 with `"ok": false`.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from flask import Flask, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from escalation.practice.credentials import SLACK_BOT_TOKEN
from escalation.practice.kinds import Surroundings, ToolKind, new_flask
from escalation.practice.pages import page_blueprint
from escalation.practice.store import Document, Store
from escalation.practice.world.links import TEAM_ID, WORKSPACE, permalink

_MOST: Final = 1000
_BOT: Final = {"user": "baton", "user_id": "U04BATON001", "bot_id": "B04BATON001"}
Method = Callable[[Store, Mapping[str, str]], dict[str, Any]]


def create(surroundings: Surroundings) -> Flask:
    """Make the application."""
    flask, store = new_flask("practice_slack"), surroundings.store
    pages = page_blueprint("pages")

    @flask.route("/api/<method>", methods=["GET", "POST"])
    def call(method: str) -> ResponseReturnValue:
        sent = {**request.args.to_dict(), **request.form.to_dict(), **_json()}
        token = _token(sent)
        if token != SLACK_BOT_TOKEN:
            return jsonify(_no("invalid_auth" if token else "not_authed"))
        known = _METHODS.get(method)
        return jsonify(known(store, sent) if known else _no("unknown_method"))

    @pages.get("/")
    @pages.get("/archives/<channel>/<place>")
    def show_threads(channel: str = "", place: str = "") -> ResponseReturnValue:  # noqa: ARG001
        threads = [one for one in store.all("message") if one["message"]["ts"] == one["message"]["thread_ts"]]
        shown = [_thread_page(store, one) for one in threads if not channel or one["channel"] == channel]
        return render_template("slack/threads.html", threads=shown)

    flask.register_blueprint(pages)
    return flask


def _json() -> dict[str, str]:
    body = request.get_json(silent=True)
    return {name: str(value) for name, value in body.items()} if isinstance(body, dict) else {}


def _token(sent: Mapping[str, str]) -> str:
    given = request.authorization
    return (given.token or "") if given is not None and given.type == "bearer" else sent.get("token", "")


def _no(error: str) -> dict[str, Any]:
    return {"ok": False, "error": error}


def _replies(store: Store, sent: Mapping[str, str]) -> dict[str, Any]:
    """Give a thread by the `ts` of its parent or of any reply, paged by `cursor`."""
    if store.get("channel", sent.get("channel", "")) is None:
        return _no("channel_not_found")
    asked = store.get("message", f"{sent['channel']}:{sent.get('ts', '')}")
    if asked is None:
        return _no("thread_not_found")
    parent_ts = asked["message"]["thread_ts"]
    thread = [
        one["message"] for one in _channel(store, sent["channel"]) if one["message"]["thread_ts"] == parent_ts
    ]
    oldest, latest = sent.get("oldest", "0"), sent.get("latest") or "9"
    thread = [one for one in thread if one is thread[0] or oldest <= one["ts"] <= latest]
    start = int(sent["cursor"]) if sent.get("cursor", "").isdigit() else 0
    limit = int(sent["limit"]) if sent.get("limit", "").isdigit() else _MOST
    end = start + min(max(limit, 1), _MOST)
    more = end < len(thread)
    cursor = {"next_cursor": str(end) if more else ""}
    return {"ok": True, "messages": thread[start:end], "has_more": more, "response_metadata": cursor}


def _channel(store: Store, channel: str) -> list[Document]:
    return [one for one in store.all("message") if one["channel"] == channel]


def _user(store: Store, sent: Mapping[str, str]) -> dict[str, Any]:
    user = store.get("user", sent.get("user", ""))
    if user is None:
        return _no("user_not_found")
    hidden = set() if sent.get("include_locale", "").lower() in {"true", "1"} else {"locale"}
    return {"ok": True, "user": {name: value for name, value in user.items() if name not in hidden}}


def _permalink(store: Store, sent: Mapping[str, str]) -> dict[str, Any]:
    channel, ts = sent.get("channel", ""), sent.get("message_ts", "")
    if store.get("channel", channel) is None:
        return _no("channel_not_found")
    found = store.get("message", f"{channel}:{ts}")
    if found is None:
        return _no("message_not_found")
    address = permalink(channel, ts, thread_ts=found["message"]["thread_ts"])
    return {"ok": True, "channel": channel, "permalink": address}


def _who(_store: Store, _sent: Mapping[str, str]) -> dict[str, Any]:
    url = f"https://{WORKSPACE}.slack.com/"
    return {
        "ok": True,
        "url": url,
        "team": "Halden",
        "team_id": TEAM_ID,
        **_BOT,
        "is_enterprise_install": False,
    }


_METHODS: Final[dict[str, Method]] = {
    "conversations.replies": _replies,
    "users.info": _user,
    "chat.getPermalink": _permalink,
    "auth.test": _who,
}


def _thread_page(store: Store, parent: Document) -> dict[str, Any]:
    channel = store.get("channel", parent["channel"]) or {}
    messages = _replies(store, {"channel": parent["channel"], "ts": parent["message"]["ts"]})["messages"]
    lines = [
        {
            "who": (store.get("user", one["user"]) or {}).get("real_name", one["user"]),
            "at": datetime.fromtimestamp(int(one["ts"].partition(".")[0]), tz=UTC).strftime("%a %d %b %H:%M"),
            "text": one["text"],
            "edited": "edited" in one,
        }
        for one in messages
    ]
    return {
        "channel": channel.get("name", ""),
        "lines": lines,
        "link": permalink(parent["channel"], messages[0]["ts"]),
    }


def install(_store: Store, _now: datetime) -> None:
    """A new workspace has nothing that Baton reads."""


def refusal(_status: int) -> Mapping[str, Any]:
    """Give the body of a refused call."""
    return _no("ratelimited")


SLACK: Final = ToolKind(name="slack", create=create, install=install, refusal=refusal)
