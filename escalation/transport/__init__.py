"""The only door to the network: a guarded requests session for each connection."""
