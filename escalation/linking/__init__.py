"""Text to ranked catalog entries, learned from history, with the words that led to each. Pure."""
