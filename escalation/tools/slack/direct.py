"""How is one person told something in Slack? By a direct message of the app, as plain text."""

from collections.abc import Mapping

from escalation.tools.slack.source import refusal
from escalation.transport.door import Door
from escalation.transport.errors import Unavailable

LONGEST = 3000


def tell_person(door: Door, *, member: str, text: str) -> None:
    """This will write to a member by id; raises the errors of ``transport.errors``.

    The text is nobody's markup: its signs are written as themselves and no link is unfolded.
    """
    body = {
        "channel": member,
        "text": _plain(text),
        "mrkdwn": False,
        "parse": "none",
        "unfurl_links": False,
        "unfurl_media": False,
    }
    answer = door.session.ask("POST", f"{door.base_url}/api/chat.postMessage", body=body).json
    if not isinstance(answer, Mapping):
        raise Unavailable("Slack's answer could not be understood.")
    if answer.get("ok") is not True:
        raise refusal(str(answer.get("error") or "unknown"), answer)


def _plain(text: str) -> str:
    """Slack takes three signs as markup; written so they stand as they are."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")[:LONGEST]
