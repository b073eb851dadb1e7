"""The sentences said to the user: one table per language, editable by the owner. Pure data."""
