"""What is owed to a tool, carried out exactly once: owe, deliver, retry, and look for the stuck."""
