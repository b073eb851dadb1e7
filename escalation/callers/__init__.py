"""From where does a call come, and which calls are kept in the audit? For pages and API alike."""
