"""What does an owner do in ServiceNow to connect it, in the words of its navigator?"""

from typing import Final

from escalation.tools.setting_up import Ask, Setup, Step, Way

_USER: Final = (
    Step(
        text="Under User Administration, Users make a user with “Web service access only” and the role "
        "itil, and set its time zone to GMT: ServiceNow reads the times in a search in that zone.",
        link="{address}/nav_to.do?uri=sys_user_list.do",
    ),
    Step(
        text="Let it read incident, sys_user, sys_user_group, cmdb_ci, cmdb_rel_ci, change_request and "
        "task_ci, and if possible sys_journal_field, sys_dictionary and sys_choice. The test names what "
        "is missing."
    ),
)

SETUP: Final = Setup(
    plays="Incidents are created, annotated and followed; configuration items, groups and changes are known.",
    address="https://acme.service-now.com",
    user=Ask(
        name="our_user",
        label="User ID of Baton's user",
        hint="As sys_created_by shows it, for example baton.integration.",
    ),
    ways=(
        Way(
            name="client",
            label="OAuth, with client credentials",
            scheme="client_credentials",
            steps=(
                *_USER,
                Step(
                    text="Under System OAuth, Application Registry make an OAuth API endpoint for "
                    "external clients with the grant Client Credentials and Baton's user as its OAuth "
                    "application user.",
                    link="{address}/nav_to.do?uri=oauth_entity_list.do",
                ),
            ),
            asks=(
                Ask(name="client_id", label="Client ID"),
                Ask(name="client_secret", label="Client Secret", secret=True),
            ),
            made={"token_url": "{address}/oauth_token.do", "form": "yes"},
        ),
        Way(
            name="basic",
            label="User ID and password",
            scheme="basic",
            steps=_USER,
            asks=(
                Ask(name="user", label="User ID"),
                Ask(name="password", label="Password", secret=True),
            ),
        ),
    ),
    settings=(
        Ask(
            name="alias_field",
            label="Field with other names of an item",
            hint="A field of your own on configuration items, as u_aliases; names are separated by commas.",
            required=False,
        ),
    ),
)
