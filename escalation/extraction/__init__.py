"""Conversation text to technical entities and candidate items, each with its source span. Pure."""
