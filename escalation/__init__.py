"""Baton: escalations that survive the boundary between two support teams."""
