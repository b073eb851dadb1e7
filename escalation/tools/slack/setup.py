"""What does an owner do in Slack to connect it? Makes an app of the company's own, from a manifest."""

import json
from typing import Final

from escalation.tools.setting_up import Ask, Setup, Step, Way
from escalation.tools.slack.upkeep import SCOPES

_MANIFEST: Final = {
    "display_information": {"name": "Baton", "description": "Follows escalations and reads their threads"},
    "features": {"bot_user": {"display_name": "Baton", "always_online": True}},
    "oauth_config": {"scopes": {"bot": sorted(SCOPES)}},
    "settings": {"org_deploy_enabled": False, "socket_mode_enabled": False, "token_rotation_enabled": False},
}

SETUP: Final = Setup(
    plays=(
        "Threads are read beside a ticket; a team follows its handoffs in a channel, and replies come back."
    ),
    address="https://acme.slack.com",
    user=Ask(name="our_user", label="Display name of Baton's app", given="Baton"),
    ways=(
        Way(
            name="bot",
            label="Bot token of an app of your own",
            scheme="bearer",
            steps=(
                Step(
                    text="Create an app from a manifest, in your workspace: an app of your own keeps "
                    "Slack's usual limits, one that is distributed may ask once a minute.",
                    link="https://api.slack.com/apps?new_app=1",
                    copy=json.dumps(_MANIFEST, indent=2),
                ),
                Step(text="Under Install App install it, and copy the Bot User OAuth Token."),
                Step(
                    text="Type /invite @Baton in each channel where users ask for help and where a team "
                    "reads."
                ),
            ),
            asks=(
                Ask(name="token", label="Bot User OAuth Token", hint="It begins with xoxb-.", secret=True),
            ),
        ),
    ),
    hosts=("files.slack.com",),
    calls=(
        Step(
            text="Copy the Signing Secret from Basic Information, App Credentials, and enter it here "
            "first: Slack tries the address at once, and Baton answers only what is signed.",
            link="https://api.slack.com/apps",
        ),
        Step(
            text="Under Event Subscriptions switch events on, paste the address above as Request URL, "
            "and subscribe to the bot events message.channels and message.groups."
        ),
    ),
    theirs="Signing Secret",
)
