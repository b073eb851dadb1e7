"""What tools tell us, taken in exactly once: receive and answer, apply, poll for what was lost."""
