"""The few things a template cannot say by itself."""
