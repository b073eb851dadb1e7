"""What does a person see of the practice Slack: its threads, and a line to answer in each."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from escalation.practice.pages import page_blueprint
from escalation.practice.slack.reading import history, replies
from escalation.practice.slack.writing import CannotWrite, Desk, write
from escalation.practice.world.links import permalink


def pages(desk: Desk) -> Blueprint:
    """Make the pages of one workspace."""
    blueprint = page_blueprint("pages")

    @blueprint.get("/")
    @blueprint.get("/archives/<channel>/<place>")
    def show_threads(channel: str = "", place: str = "") -> ResponseReturnValue:  # noqa: ARG001
        channels = [str(one["id"]) for one in desk.store.all("channel") if channel in {"", one["id"]}]
        people = [one for one in desk.store.all("user") if not one["is_bot"]]
        return render_template(
            "slack/threads.html",
            threads=[thread for one in channels for thread in _threads(desk, one)],
            people=sorted((one["real_name"], one["id"]) for one in people),
        )

    @blueprint.post("/archives/<channel>/<ts>")
    def answer(channel: str, ts: str) -> ResponseReturnValue:
        by, text = request.form.get("by", ""), request.form.get("text", "").replace("\r\n", "\n").strip()
        if not text or desk.store.get("user", by) is None:
            abort(422)
        try:
            write(desk, channel=channel, message={"user": by, "text": text}, thread_ts=ts)
        except CannotWrite:
            abort(404)
        return redirect(
            url_for("pages.show_threads", channel=channel, place=f"p{ts.replace('.', '')}"), code=303
        )

    return blueprint


def _threads(desk: Desk, channel: str) -> list[dict[str, Any]]:
    """Give the threads of a channel, the oldest first."""
    found = history(desk.store, {"channel": channel, "limit": "1000"})["messages"]
    return [_thread(desk, channel, str(one["ts"])) for one in reversed(found)]


def _thread(desk: Desk, channel: str, ts: str) -> dict[str, Any]:
    store = desk.store
    messages = replies(store, {"channel": channel, "ts": ts})["messages"]
    lines = [
        {
            "who": (store.get("user", one["user"]) or {}).get("real_name", one["user"]),
            "at": datetime.fromtimestamp(int(one["ts"].partition(".")[0]), tz=UTC).strftime("%a %d %b %H:%M"),
            "text": one["text"],
            "edited": "edited" in one,
        }
        for one in messages
    ]
    name = (store.get("channel", channel) or {}).get("name", "")
    return {"channel": name, "id": channel, "ts": ts, "lines": lines, "link": permalink(channel, ts)}
