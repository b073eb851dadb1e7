"""What do Zendesk, ServiceNow, Jira and Slack do when nobody has an account: small stand-ins on loopback that
keep what they are told.

The practice tools know nothing of Baton. They import no other package of this project, so that the tests
which drive our connectors against them prove something.
"""
