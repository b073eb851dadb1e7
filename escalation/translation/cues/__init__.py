"""The words by which people say how far a problem is: one table per language. Pure data and matching."""
