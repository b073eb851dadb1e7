"""How do the threads become Slack's records: users, channels and messages."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from escalation.practice.store import Store
from escalation.practice.world.links import TEAM_ID, slack_ts, slack_user_id, written_out
from escalation.practice.world.people import PEOPLE, RAILS_ZONES
from escalation.practice.world.stories import threads
from escalation.practice.world.story import Thread

# Where the Service Desk reads what becomes of its handoffs; empty until the first one.
DESK_CHANNEL, DESK_CHANNEL_NAME = "C04DESK001", "service-desk"


def load_slack(store: Store, now: datetime) -> None:
    """Write the people and what they said beside the tickets."""
    for key in PEOPLE:
        user = _user(key, now)
        store.put("user", user["id"], user)
    store.put("channel", DESK_CHANNEL, {"id": DESK_CHANNEL, "name": DESK_CHANNEL_NAME})
    for thread in threads():
        store.put("channel", thread.channel, {"id": thread.channel, "name": thread.channel_name})
        for place in range(len(thread.lines)):
            message = _message(thread, place, now)
            store.put(
                "message",
                f"{thread.channel}:{message['ts']}",
                {"channel": thread.channel, "message": message},
            )


def _user(key: str, now: datetime) -> dict[str, Any]:
    person = PEOPLE[key]
    offset = ZoneInfo(person.zone).utcoffset(now.replace(tzinfo=None))
    return {
        "id": slack_user_id(key),
        "team_id": TEAM_ID,
        "name": person.email.partition("@")[0],
        "deleted": False,
        "real_name": person.name,
        "tz": person.zone,
        "tz_label": RAILS_ZONES.get(person.zone, person.zone),
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "locale": person.locale if "-" in person.locale else f"{person.locale}-{person.locale.upper()}",
        "is_admin": False,
        "is_bot": False,
        "is_restricted": False,
        "profile": {
            "real_name": person.name,
            "display_name": key,
            "email": person.email,
            "title": person.title,
        },
    }


def _message(thread: Thread, place: int, now: datetime) -> dict[str, Any]:
    line, ts, parent_ts = thread.lines[place], slack_ts(thread, place, now=now), slack_ts(thread, 0, now=now)
    message: dict[str, Any] = {
        "type": "message",
        "user": slack_user_id(line.by),
        "text": written_out(line.text, now=now),
        "ts": ts,
        "thread_ts": parent_ts,
        "team": TEAM_ID,
    }
    if line.edited:
        message["edited"] = {"user": message["user"], "ts": f"{int(ts.partition('.')[0]) + 40}.000000"}
    if place:
        return {**message, "parent_user_id": slack_user_id(thread.lines[0].by)}
    replies = len(thread.lines) - 1
    writers = list(dict.fromkeys(slack_user_id(one.by) for one in thread.lines[1:]))
    latest = slack_ts(thread, replies, now=now) if replies else ts
    summary = {"reply_count": replies, "reply_users": writers, "reply_users_count": len(writers)}
    return {**message, **summary, "latest_reply": latest, "is_locked": False}
