"""What the company's own programs are told: signed messages to addresses that owners entered."""
