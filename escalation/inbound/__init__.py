"""What the tools tell us: receive and store raw, then apply; poll for what was lost."""
