"""Slack: threads beside a ticket are read as context."""
