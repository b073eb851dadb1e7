"""Stand-in Zendesk and ServiceNow on loopback, for the demo and the tests. Knows nothing of the rest."""
