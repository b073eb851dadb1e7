"""What do the methods of the practice Slack share: how they are called, how they refuse, who the bot is.

The trap to know: a refusal is HTTP 200 with `"ok": false`.
"""

from collections.abc import Mapping
from typing import Any, Final

from escalation.practice.store import Document, Store

Sent = Mapping[str, str]

BOT: Final = {"user": "baton", "user_id": "U04BATON001", "bot_id": "B04BATON001"}
APP_ID: Final = "A04BATON001"
# What the app was given when it was installed; told with every answer.
SCOPES: Final = (
    *("channels:history", "groups:history", "channels:read", "groups:read"),
    *("chat:write", "users:read", "users:read.email"),
)


def refused(error: str) -> dict[str, Any]:
    """Give the body of a refusal."""
    return {"ok": False, "error": error}


def asked(sent: Sent, name: str) -> bool:
    """Say whether a flag was set; clients write it as true or as 1."""
    return sent.get(name, "").lower() in {"true", "1"}


def channel_messages(store: Store, channel: str) -> list[Document]:
    """List the messages of a channel, with those in its threads."""
    return [one for one in store.all("message") if one["channel"] == channel]
