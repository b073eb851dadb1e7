"""One module per command; each calls one action."""
