"""The knowledge state: what is known, in six typed parts, neutral of any tool. Pure."""
