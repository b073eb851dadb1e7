"""Who may log in to the practice tools: made-up accounts, valid nowhere else."""

from typing import Final

# Zendesk: the token belongs to the account, so any agent's address may stand in front of it.
ZENDESK_AGENT_EMAIL: Final = "agent@practice.example"
# The technician of the practice company, by the address that her account in Baton has.
ZENDESK_TECHNICIAN_EMAIL: Final = "level-one@example.com"
ZENDESK_INTEGRATION_EMAIL: Final = "baton@practice.example"
ZENDESK_API_TOKEN: Final = "practice-zendesk-token"  # noqa: S105
ZENDESK_OAUTH_CLIENT: Final = "baton"
ZENDESK_OAUTH_SECRET: Final = "practice-zendesk-secret"  # noqa: S105

# ServiceNow: the integration user reads and writes everything Baton needs.
SERVICENOW_USER: Final = "baton.integration"
SERVICENOW_PASSWORD: Final = "practice-servicenow-password"  # noqa: S105
# Plain `itil`: cannot read sys_journal_field, as on current releases.
SERVICENOW_ITIL_USER: Final = "baton.itil"
# May read and not write: every write is answered 403.
SERVICENOW_READER: Final = "baton.reader"
# No time zone of its own: query times are read in the instance's zone (US/Pacific).
SERVICENOW_ZONELESS_USER: Final = "baton.zoneless"
SERVICENOW_PASSWORDS: Final = {
    SERVICENOW_USER: SERVICENOW_PASSWORD,
    SERVICENOW_ITIL_USER: SERVICENOW_PASSWORD,
    SERVICENOW_READER: SERVICENOW_PASSWORD,
    SERVICENOW_ZONELESS_USER: SERVICENOW_PASSWORD,
}
SERVICENOW_OAUTH_CLIENT: Final = "baton"
SERVICENOW_OAUTH_SECRET: Final = "practice-servicenow-secret"  # noqa: S105

# Jira: one account, by its address and API token on Cloud, by a personal access token on a Data Center.
JIRA_EMAIL: Final = "baton@practice.example"
JIRA_API_TOKEN: Final = "practice-jira-token"  # noqa: S105
JIRA_USER_NAME: Final = "baton"
JIRA_PERSONAL_TOKEN: Final = "practice-jira-personal-token"  # noqa: S105

SLACK_BOT_TOKEN: Final = "xoxb-practice-slack-token"  # noqa: S105

LANGUAGE_MODEL_KEY: Final = "practice-language-model-key"
