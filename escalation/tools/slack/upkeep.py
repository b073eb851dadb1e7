"""Is a Slack connection able to do its work, and does Slack call us?"""

from typing import Final, NoReturn

from escalation.tools.health import Lack
from escalation.tools.slack.calls import scopes
from escalation.tools.slack.chat import channels
from escalation.transport.door import Door
from escalation.transport.errors import NotFound, Refused, Unauthorised

# Scope, what it is needed for.
SCOPES: Final = {
    "channels:history": "to read threads in public channels",
    "groups:history": "to read threads in private channels it was invited to",
    "users:read": "to say who wrote",
    "channels:read": "to list the public channels a team can choose from",
    "groups:read": "to list the private ones",
    "chat:write": "to post what becomes of a handoff",
}
_INSTALL: Final = "Add it in the app's settings under OAuth & Permissions, then install the app anew."


def check(door: Door) -> tuple[Lack, ...]:
    """This will name each scope that the app lacks, and whether it is in any channel."""
    try:
        _, held = scopes(door)
    except Unauthorised as error:
        fix = "Copy the Bot User OAuth Token, which begins with xoxb-, from OAuth & Permissions."
        return (Lack(what=str(error), fix=fix),)
    lacks = tuple(
        Lack(what=f"The app lacks the scope {name} ({why}).", fix=_INSTALL)
        for name, why in SCOPES.items()
        if held and name not in held
    )
    return lacks or _without_a_channel(door)


def listen(door: Door, *, url: str, secret: str) -> NoReturn:  # noqa: ARG001 - Slack draws the secret itself
    """This will raise ``Refused``: only a person can enter the address in the app's settings."""
    raise Refused(
        "Slack is told by hand: copy the Signing Secret from Basic Information into Baton, then enter this "
        "address under Event Subscriptions with the bot events message.channels and message.groups."
    )


def _without_a_channel(door: Door) -> tuple[Lack, ...]:
    try:
        found = channels(door)
    except (Unauthorised, NotFound, Refused) as error:
        return (Lack(what=f"It cannot list the channels: {error}", fix=_INSTALL),)
    if found:
        return ()
    fix = "Type /invite @Baton in each channel where users ask for help and where a team reads its handoffs."
    return (Lack(what="The app is in no channel, so it can read and write nowhere.", fix=fix),)
