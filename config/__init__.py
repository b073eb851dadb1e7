"""Settings, URLs and entry points. Nothing in escalation imports this."""
