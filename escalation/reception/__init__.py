"""Level Two's side: see, accept, read back, start, resolve."""
