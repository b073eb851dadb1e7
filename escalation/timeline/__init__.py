"""Record, read, stream and describe the entries of a handoff."""
