"""What does an owner do in Zendesk to connect it, in the words of its Admin Center?"""

import json
from typing import Final

from escalation.tools.setting_up import Ask, Setup, Step, Way
from escalation.tools.zendesk.ratings import KIND_FIELD
from escalation.tools.zendesk.vocabulary import RATED_MARK, TRIGGER_MARK

SCOPES: Final = "tickets:read tickets:write users:read organizations:read webhooks:write"
_ADMIN: Final = "{address}/admin"
TRIGGER_BODY: Final = {
    "baton": TRIGGER_MARK,
    "ticket": "{{ticket.id}}",
    "updated": "{{ticket.updated_at_with_timestamp}}",
}
RATED_BODY: Final = {
    "baton": RATED_MARK,
    "ticket": "{{ticket.id}}",
    "updated": "{{ticket.updated_at_with_timestamp}}",
}
_CLIENT: Final = (
    Ask(name="client_id", label="Unique identifier", hint="Of the OAuth client."),
    Ask(name="client_secret", label="Secret", hint="Shown once, when the client is made.", secret=True),
    Ask(
        name="scope",
        label="Scopes",
        hint="webhooks:write is for the set-up alone; without it the webhook is made by hand.",
        given=SCOPES,
    ),
)
_TOKEN_URL: Final = {"token_url": "{address}/oauth/tokens"}

SETUP: Final = Setup(
    plays="Tickets are read with their conversation; notes go back, and a reply when a person sends one.",
    address="https://acme.zendesk.com",
    user=Ask(
        name="our_user",
        label="Name of Baton's user in Zendesk",
        hint="As comments show it: whoever made the OAuth client or the token.",
    ),
    ways=(
        Way(
            name="client",
            label="OAuth client, with client credentials",
            scheme="client_credentials",
            steps=(
                Step(
                    text="Log in as the user whose name Baton's notes shall carry: an admin, because "
                    "only admins may read the incremental export that makes up for lost webhooks.",
                    link=_ADMIN,
                ),
                Step(
                    text="Under Apps and integrations, APIs, OAuth clients choose Add OAuth client, of "
                    "the kind Confidential.",
                    link=_ADMIN,
                ),
                Step(text="Save, and copy the unique identifier and the secret."),
            ),
            asks=_CLIENT,
            made=_TOKEN_URL,
        ),
        Way(
            name="refresh",
            label="OAuth client, with a refresh token",
            scheme="client_credentials",
            steps=(
                Step(
                    text="For a client that a user has granted access to. Baton renews the pair and "
                    "keeps the new one each time; nobody else may use the same refresh token.",
                    link=_ADMIN,
                ),
            ),
            asks=(*_CLIENT, Ask(name="refresh_token", label="Refresh token", secret=True)),
            made=_TOKEN_URL,
        ),
        Way(
            name="token",
            label="API token (ends on 30 April 2027)",
            scheme="basic",
            steps=(
                Step(
                    text="Only where a token is in use already: Zendesk makes no new ones, and all of "
                    "them stop on 30 April 2027. They are under Apps and integrations, APIs, API tokens.",
                    link=_ADMIN,
                ),
            ),
            asks=(
                Ask(name="email", label="E-mail address of the token's user"),
                Ask(name="password", label="API token", secret=True),
            ),
            made={"user": "{email}/token"},
        ),
    ),
    settings=(
        Ask(
            name=KIND_FIELD,
            label="Ticket field that says what a ticket is about",
            hint="A drop-down's id: how satisfied users were is compared by it. Empty: the ticket's type.",
            required=False,
        ),
    ),
    hosts=(".zdusercontent.com",),
    can_be_told=True,
    calls=(
        Step(
            text="Press “Have Zendesk call Baton”. By hand it is Apps and integrations, Webhooks, Create "
            "webhook, of Zendesk events on tickets, with the address above; then reveal its signing "
            "secret and enter it.",
            link=_ADMIN,
        ),
        Step(
            text="A trigger can call, too: a webhook of the kind “Trigger or automation” to the same "
            "address, and in the trigger's action this JSON body. Baton then reads the ticket again.",
            copy=json.dumps(TRIGGER_BODY, indent=2),
        ),
        Step(
            text="How content users are is read every quarter of an hour, and at once after a survey's "
            "answer. For the older ratings a trigger on “Satisfaction” brings it at once, with this body.",
            copy=json.dumps(RATED_BODY, indent=2),
        ),
    ),
    inside=(
        Step(
            text="Download the app, and under Apps and integrations, Apps, Zendesk Support apps choose "
            "Upload private app.",
            link=_ADMIN,
        ),
        Step(
            text="Install it, for the agents who hand tickets off. Its number stands in the address of its "
            "page.",
        ),
        Step(
            text="As an admin open {address}/api/v2/apps/NUMBER/public_key.pem with that number, and copy "
            "what it shows to the field below.",
        ),
    ),
    theirs="signing secret",
)
