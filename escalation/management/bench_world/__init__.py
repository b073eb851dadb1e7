"""A company with a long past, for the benches: its teams, its words, the course of each case, by COPY."""
