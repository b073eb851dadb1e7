"""What is the practice world: one company's tickets, threads, systems and changes, told as of today."""
