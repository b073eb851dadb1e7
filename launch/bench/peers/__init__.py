"""Baton beside another product of its kind, on the same machine and in the same run."""
