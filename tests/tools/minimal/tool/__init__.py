"""Minimal, a help desk that does not exist: the smallest tool that keeps the whole contract."""
