"""How do the tools of the practice world point at each other: the ids and addresses both sides must agree
on.
"""

import hashlib
import re
from datetime import datetime
from typing import Final

from escalation.practice.world.people import PEOPLE
from escalation.practice.world.stories import threads
from escalation.practice.world.story import Thread
from escalation.practice.world.times import moment, told

WORKSPACE: Final = "halden"
TEAM_ID: Final = "T04HALDEN1"
_THREAD = re.compile(r"\{\{thread:(\w+)\}\}")
_MENTION = re.compile(r"<@([a-z]+)>")


def slack_user_id(key: str) -> str:
    """Give the Slack id of a person."""
    return "U04" + hashlib.sha256(key.encode()).hexdigest()[:8].upper()


def slack_ts(thread: Thread, place: int, *, now: datetime) -> str:
    """Give the `ts` of a message: the vendor's clock and id in one string, never a float."""
    micros = int(hashlib.sha256(f"{thread.key}:{place}".encode()).hexdigest(), 16) % 1_000_000
    return f"{int(moment(thread.lines[place].at, now=now).timestamp())}.{micros:06}"


def permalink(channel: str, ts: str, *, thread_ts: str = "") -> str:
    """Give the address of a message; a reply names its thread."""
    address = f"https://{WORKSPACE}.slack.com/archives/{channel}/p{ts.replace('.', '')}"
    return f"{address}?thread_ts={thread_ts}&cid={channel}" if thread_ts and thread_ts != ts else address


def written_out(text: str, *, now: datetime) -> str:
    """Write out the moments, thread links and mentions inside a text."""

    def link(found: re.Match[str]) -> str:
        thread = next(one for one in threads() if one.key == found[1])
        return permalink(thread.channel, slack_ts(thread, 0, now=now))

    def mention(found: re.Match[str]) -> str:
        return f"<@{slack_user_id(found[1])}>" if found[1] in PEOPLE else found[0]

    return told(_MENTION.sub(mention, _THREAD.sub(link, text)), now=now)
