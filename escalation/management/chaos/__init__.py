"""The people of the chaos trial: they hand off over two hops, answer in the tools, and count at the end."""
