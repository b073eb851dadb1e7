"""The REST API: HTTP in, one action, JSON out."""
