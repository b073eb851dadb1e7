"""What deserves a second look before sending: gaps, empty phrases, secrets. Pure, and advice only."""
