"""The contract between a state and a tool: draft, losses, questions; and the way back. Pure."""
