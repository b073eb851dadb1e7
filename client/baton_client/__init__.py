"""A typed client for Baton's API: begin, fill in, look, send, follow, take in."""

from baton_client.calls import Baton
from baton_client.values import Draft, Handoff, Line, Preview, Refused, Route

__all__ = ["Baton", "Draft", "Handoff", "Line", "Preview", "Refused", "Route"]
