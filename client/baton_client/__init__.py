"""A typed client for Baton's API: begin, fill in, look, send, correct, follow, take in."""

from baton_client.calls import Baton
from baton_client.values import (
    Amendment,
    Consult,
    Draft,
    File,
    Handoff,
    Line,
    Preview,
    Refused,
    Route,
    Ticket,
)

__all__ = [
    "Amendment",
    "Baton",
    "Consult",
    "Draft",
    "File",
    "Handoff",
    "Line",
    "Preview",
    "Refused",
    "Route",
    "Ticket",
]
