"""The statuses of a handoff and the one table that says which move leads where. Pure."""
