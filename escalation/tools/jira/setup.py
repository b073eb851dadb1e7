"""What does an owner do in Jira to connect it, on Cloud and on Data Center?"""

from typing import Final

from escalation.tools.jira.vocabulary import Flavour
from escalation.tools.setting_up import Ask, Setup, Step, Way

_RIGHTS: Final = Step(
    text="In each project's permission scheme give it Browse projects, Create issues, Add comments, "
    "Create attachments and Link issues; Modify reporter, if the user shall be the reporter; Transition "
    "issues, if what is resolved in Baton shall be resolved there; Edit issues and the role of an agent, "
    "where requests are raised in a service desk."
)

SETUP: Final = Setup(
    plays="Issues are created, commented and followed; components, versions and their dates are known.",
    address="https://acme.atlassian.net",
    user=Ask(
        name="our_user", label="Display name of Baton's user", hint="As comments show it, for example Baton."
    ),
    ways=(
        Way(
            name="cloud",
            label="Cloud: e-mail address and API token",
            scheme="basic",
            steps=(
                Step(
                    text="Make a user for Baton and let it see the projects.",
                    link="https://admin.atlassian.com",
                ),
                _RIGHTS,
                Step(
                    text="Logged in as that user, create an API token, without scopes. It lives a year "
                    "at most: note the day.",
                    link="https://id.atlassian.com/manage-profile/security/api-tokens",
                ),
            ),
            asks=(
                Ask(name="user", label="E-mail address"),
                Ask(name="password", label="API token", secret=True),
            ),
        ),
        Way(
            name="data-center",
            label="Data Center: personal access token",
            scheme="bearer",
            steps=(
                Step(text="Make a user for Baton.", link="{address}/secure/admin/user/UserBrowser.jspa"),
                _RIGHTS,
                Step(
                    text="Logged in as that user, create a token under Profile, Personal Access Tokens.",
                    link="{address}/secure/ViewProfile.jspa",
                ),
            ),
            asks=(Ask(name="token", label="Personal access token", secret=True),),
        ),
    ),
    settings=(
        Ask(
            name="flavour",
            label="Which Jira it is",
            choices=((Flavour.CLOUD, "Cloud"), (Flavour.DATA_CENTER, "Data Center")),
            given=Flavour.CLOUD,
        ),
        Ask(name="project", label="Project keys", hint="The first is the usual one, as PLAT, WEB."),
        Ask(name="issuetype", label="Issue type", hint="As Jira names it.", given="Bug"),
        Ask(
            name="not_fixed",
            label="Your names for “not fixed”",
            hint="Statuses and resolutions that end without a fix, separated by commas.",
            required=False,
        ),
        Ask(
            name="note_role",
            label="Role that alone reads Baton's comments",
            hint="A project role, as Developers; empty for everybody who sees the issue.",
            required=False,
        ),
        Ask(
            name="restricted_shown",
            label="Roles and groups whose comments are read like any other",
            hint="Separated by commas. Of other restricted comments Baton says that there is one, and no "
            "word of it.",
            required=False,
        ),
        Ask(
            name="filled_by_rules",
            label="Required fields that the routes' rules fill",
            hint="Their ids, as customfield_10010; the test then asks for them no more.",
            required=False,
        ),
    ),
    hosts=("api.media.atlassian.com",),
    can_be_told=True,
    calls=(
        Step(
            text="Press “Have Jira call Baton” if Baton's user is a Jira administrator. By hand it is "
            "System, WebHooks: the address above, a secret made here, the issue and comment events and "
            "the filter “labels = baton”.",
            link="{address}/plugins/servlet/webhooks",
        ),
    ),
)
