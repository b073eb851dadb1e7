"""The pages: HTTP in, one action, a template out."""
