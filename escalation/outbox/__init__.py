"""What is owed to a tool: rows made in the caller's transaction, and the worker woken at commit."""
