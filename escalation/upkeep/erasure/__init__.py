"""One person's data goes, and the figures stay: who is meant, where they stand, and taking them out."""
