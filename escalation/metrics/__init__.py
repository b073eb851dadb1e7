"""Where context is lost, in figures: definitions over entries, and the same in SQL."""
