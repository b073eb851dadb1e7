"""What the tools know by name, synced here and indexed for linking."""
