"""What do Zendesk, ServiceNow and Slack do when nobody has an account: small stateful stand-ins on loopback.

The practice tools know nothing of Baton. They import no other package of this project, so that the tests
which drive our connectors against them prove something.
"""
