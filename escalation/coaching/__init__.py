"""Which handoffs do leads read again, what do they think of them, and what do others learn from it?"""
