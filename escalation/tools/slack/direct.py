"""How is one person told something in Slack? By a direct message of the app, as plain text."""

from escalation.tools.slack.calls import written
from escalation.transport.door import Door

LONGEST = 3000


def tell_person(door: Door, *, member: str, text: str) -> None:
    """This will write to a member by id; raises the errors of ``transport.errors``.

    The text is nobody's markup: its signs are written as themselves and no link is unfolded.
    """
    body = {
        "channel": member,
        "text": plain(text),
        "mrkdwn": False,
        "parse": "none",
        "unfurl_links": False,
        "unfurl_media": False,
    }
    written(door, "chat.postMessage", body)


def plain(text: str) -> str:
    """This will write the three signs that Slack takes as markup so that they stand as they are."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")[:LONGEST]
